package dev.lanewise.autodiff.chain;

import dev.lanewise.Layer;
import dev.lanewise.Matrix;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The steps by which a prepared Jacobian multiplies out its chain, each by itself.
public final class ProductCalls {

  private final Tensor x;
  private final Tensor jacobian;
  private final Bracket bracket;
  private final Blocks blocks;
  private final Chain chain;
  private final Workspace ws = new Workspace();
  private final Step.Scene scene;
  private final boolean[] sloped;
  /// The products in order, and the other steps.
  private final List<Runnable> products = new ArrayList<>();
  private final List<Runnable> others = new ArrayList<>();

  /// @param bracket of a prepared Jacobian's plan, as its blocks
  public ProductCalls(Layer network, Parameters theta, Tensor x, Bracket bracket, Blocks blocks) {
    this.x = x;
    this.bracket = bracket;
    this.blocks = blocks;
    chain = new Chain(network, theta, x.shape());
    scene = new Step.Scene(chain.size());
    sloped = new boolean[chain.size()];
    value();
    scene.computeIn(ws);
    jacobian = Tensor.zeros(x.precision(), chain.outputShape().size(), x.size());
    JacobianProgram all = program();
    all.run(scene, jacobian);
    for (int step = 0; step < all.once.size(); step++) {
      add(only(step, -1));
    }
    for (int step = 0; step < Math.max(all.full.size(), all.rest.size()); step++) {
      add(only(-1, step));
    }
  }

  private void add(JacobianProgram one) {
    Step step = Stream.of(one.once, one.full, one.rest).flatMap(List::stream).findFirst().orElseThrow();
    boolean isProduct = step instanceof Step.Times || step instanceof Step.TimesScaled;
    (isProduct ? products : others).add(() -> one.run(scene, jacobian));
  }

  private JacobianProgram program() {
    JacobianProgram program =
        JacobianProgram.of(chain, bracket, Wanted.all(chain), blocks, sloped, x.precision(), false);
    for (Factor factor : chain.factors()) {
      program.point(factor.number(), factor.weight(ws));
    }
    return program;
  }

  /// A program of one step, of those done once or for each block, with the moving matrices that it reads or writes.
  /// Each such program has separate memory.
  private JacobianProgram only(int once, int block) {
    JacobianProgram program = program();
    keep(program.once, once);
    keep(program.full, block);
    keep(program.rest, block);
    List<Step> kept = Stream.of(program.once, program.full, program.rest).flatMap(List::stream).toList();
    program.moving.removeIf(moving -> kept.stream().noneMatch(step -> uses(step, moving.matrix())));
    return program;
  }

  private static void keep(List<Step> steps, int index) {
    List<Step> kept = index >= 0 && index < steps.size() ? List.of(steps.get(index)) : List.of();
    steps.clear();
    steps.addAll(kept);
  }

  private static boolean uses(Step step, Matrix matrix) {
    return switch (step) {
      case Step.Times(Matrix a, int _, Matrix b, Matrix c) -> a == matrix || b == matrix || c == matrix;
      case Step.TimesScaled(int _, Matrix a, Matrix b, Matrix c) -> a == matrix || b == matrix || c == matrix;
      case Step.Transpose(Matrix a, Matrix b) -> a == matrix || b == matrix;
      case Step.ScaleRows(int _, Matrix a, Matrix b) -> a == matrix || b == matrix;
      case Step.ScaleColumns(Matrix a, int _, Matrix b) -> a == matrix || b == matrix;
      default -> throw new IllegalStateException(step + ", expected products, transpositions and scalings");
    };
  }

  /// The layers' values and slopes.
  public void value() {
    ws.reset();
    chain.linearize(x, ws);
    for (Factor factor : chain.factors()) {
      Tensor slope = factor.slope(ws);
      scene.setSlope(factor.number(), slope);
      sloped[factor.number()] = !slope.isNone();
    }
  }

  /// Each product, for all directions of a Jacobian.
  public List<Runnable> products() {
    return products;
  }

  /// All other steps, for all directions of a Jacobian.
  public void others() {
    for (Runnable other : others) {
      other.run();
    }
  }

  public long multiplyAdds() {
    return ws.multiplyAdds();
  }
}
