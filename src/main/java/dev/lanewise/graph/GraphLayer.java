package dev.lanewise.graph;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A layer that is an expression.
///
/// | what        | formula |
/// |-------------|---------|
/// | value       | y_v = f_v(y_a, …) of each value v, after its operands |
/// | parameters  | in order of use, by name; of a chain or a sum, part by part |
/// | residuals   | all values, and what operations keep |
/// | tangent     | ẏ_v = Σ_a J_va·ẏ_a, in order |
/// | cotangent   | ȳ_a = Σ_v J_vaᵀ·ȳ_v over the readers v of a, the last one first |
/// | its tangent | ȳ̇_a = Σ_v J_vaᵀ·ȳ̇_v + ∂(J_vaᵀ·ȳ_v)·ẏ, likewise |
///
/// Cut at its articulation values it is a [#chain()]; a sum has [#branches()].
final class GraphLayer implements Layer {

  private final Expression expression;
  private final List<Layer> chain = new ArrayList<>();
  private final List<Layer> branches = new ArrayList<>();
  private final ParameterSpec spec;
  /// Where in θ the parameters of a holder are: the index of a part, of a part of that, and so on.
  private final Map<String, int[]> paths = new HashMap<>();
  private final Program program;

  GraphLayer(Expression expression) {
    this.expression = expression;
    List<Vertex> cuts = Series.cuts(expression);
    List<Expression> parts = new ArrayList<>();
    List<Layer> layers = chain;
    if (cuts.size() > 2) {
      for (int cut = 1; cut < cuts.size(); cut++) {
        parts.add(Expression.between(cuts.get(cut - 1), cuts.get(cut)));
      }
    } else {
      parts = Parallel.branches(expression);
      layers = branches;
    }
    spec = parts.isEmpty() ? leaf() : join(parts, layers);
    program = new Program(expression, paths);
  }

  private ParameterSpec leaf() {
    List<Holder> holders = expression.holders();
    for (int index = 0; index < holders.size(); index++) {
      paths.put(holders.get(index).name(), new int[] {index});
    }
    if (expression.isOneLayer()) {
      chain.add(holders.getFirst().layer());
    }
    return holders.isEmpty() ? ParameterSpec.none()
        : ParameterSpec.join(holders.stream().map(Holder::name).toList(), holders.stream().map(Holder::spec).toList());
  }

  /// Adds the parts as layers, in order; a part that is one layer is added as that layer.
  private ParameterSpec join(List<Expression> parts, List<Layer> layers) {
    List<String> names = new ArrayList<>();
    for (Expression part : parts) {
      int index = layers.size();
      if (part.isOneLayer()) {
        Holder holder = part.output().holder;
        layers.add(holder.layer());
        names.add(holder.name());
        paths.put(holder.name(), new int[] {index});
      } else {
        GraphLayer layer = new GraphLayer(part);
        layers.add(layer);
        names.add("");
        layer.paths.forEach((name, path) -> paths.put(name, prepended(index, path)));
      }
    }
    return ParameterSpec.join(names, layers.stream().map(Layer::parameters).toList());
  }

  List<Step> steps() {
    return expression.order().stream().map(vertex -> new Step(source(vertex),
        vertex.operands.stream().map(expression::index).toList(), vertex.shape, vertex.batched)).toList();
  }

  private static Step.Source source(Vertex vertex) {
    return switch (vertex.kind) {
      case INPUT -> new Step.Source.Input();
      case CONSTANT -> new Step.Source.Constant(vertex.constant.at(Precision.DOUBLE).copy());
      case PARAMETER -> new Step.Source.Parameter(vertex.holder.name());
      case OPERATION -> new Step.Source.Operation((Record) vertex.primitive);
      case LAYER -> vertex.holder.layer() instanceof AffineLayer affine
          ? new Step.Source.Linear(vertex.holder.name(), affine.bias(), affine.activation())
          : new Step.Source.Applied(vertex.holder.name(), vertex.holder.layer());
    };
  }

  private static int[] prepended(int first, int[] path) {
    int[] longer = new int[path.length + 1];
    longer[0] = first;
    System.arraycopy(path, 0, longer, 1, path.length);
    return longer;
  }

  @Override
  public Shape outputShape(Shape input) {
    requireInput(input);
    return expression.output().shape.prepend(input.dim(0));
  }

  private void requireInput(Shape input) {
    requireInput(this, expression.input().shape, input);
  }

  /// Refuses an input that is no batch of such samples.
  static void requireInput(Layer layer, Shape sample, Shape input) {
    if (input.rank() == 0 || !input.is(input.dim(0), sample)) {
      throw new IllegalArgumentException(layer + ": input has shape " + input + ", expected [batch, …" + sample + "]");
    }
  }

  private void require(Tensor x, Parameters theta) {
    requireInput(x.shape());
    theta.require(spec.entries().size(), x.precision(), 1, this, "theta");
    theta.requireOf(this, "theta");
  }

  @Override
  public ParameterSpec parameters() {
    return spec;
  }

  @Override
  public List<Layer> chain() {
    return List.copyOf(chain);
  }

  @Override
  public List<Layer> branches() {
    return List.copyOf(branches);
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    requireInput(input);
    return program.structure(input.dim(0));
  }

  @Override
  public boolean mixesSamplesInTraining() {
    return program.mixesSamplesInTraining();
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    return Memory.in(ws).pass(program).run(x, theta, ws);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    return Memory.in(ws).linearization(program).at(this, x, theta, ws);
  }

  /// For example `Graph[x.plus(x.inner())]`.
  @Override
  public String toString() {
    return "Graph[" + expression + "]";
  }
}
