package dev.lanewise.nn.block;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.ArithmeticOps;
import java.util.List;
import java.util.Objects;

/// A residual block: its input, and what a layer makes of it.
///
/// | what        | formula                                        | shapes                     |
/// |-------------|------------------------------------------------|----------------------------|
/// | value       | Y = X + f(X, θ)                                | X, Y `[batch, …]`          |
/// | parameters  | f's under the names `inner.name`               |                            |
/// | residuals   | f's                                            |                            |
/// | tangent     | Ẏ = Ẋ + J_x·Ẋ + J_θ·θ̇, J of f                  | with a chunk before        |
/// | cotangent   | X̄ = Ȳ + J_xᵀ·Ȳ, θ̄ += J_θᵀ·Ȳ                    | as the tangents            |
/// | its tangent | X̄̇ = Ȳ̇ + f's, θ̄̇ += f's                         | as the tangents; Ȳ of one direction |
///
/// For planners it is a sum of two branches, of which the first is the identity. He, Zhang, Ren & Sun 2016, *Deep
/// residual learning for image recognition*, equation 1.
public final class Residual implements Layer {

  private final Layer inner;
  private final ParameterSpec spec;
  private final List<Layer> branches;

  /// @param inner f, which keeps the shape of its input; alone it is asked when there is one
  public Residual(Layer inner) {
    this.inner = Objects.requireNonNull(inner, "inner");
    this.spec = ParameterSpec.join(List.of("", "inner"), List.of(ParameterSpec.none(), inner.parameters()));
    this.branches = List.of(new Identity(), inner);
  }

  /// {@return f}
  public Layer inner() {
    return inner;
  }

  /// @throws IllegalArgumentException if the inner layer cannot take the input, or makes another shape of it
  @Override
  public Shape outputShape(Shape input) {
    requireSame(input, inner.outputShape(input));
    return input;
  }

  private void requireSame(Shape input, Shape output) {
    if (!output.equals(input)) {
      throw new IllegalArgumentException(
          this + ": input has shape " + input + ", and the inner layer makes " + output + " of it, expected the same");
    }
  }

  @Override
  public ParameterSpec parameters() {
    return spec;
  }

  @Override
  public List<Layer> branches() {
    return branches;
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    requireSame(input, inner.outputShape(input));
    JacobianStructure structure = inner.jacobianStructure(input);
    return JacobianStructure.implicit(structure.multiplyAdds()).keeping(structure.kept() + input.size())
        .recomputing(structure.recomputed());
  }

  @Override
  public boolean mixesSamples() {
    return inner.mixesSamples();
  }

  @Override
  public boolean mixesSamplesInTraining() {
    return inner.mixesSamplesInTraining();
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    theta.requireOf(this, "theta");
    Tensor y = ws.tensor(x.precision(), x.shape());
    int mark = ws.mark();
    Tensor change = inner.forward(x, theta.part(1), ws);
    requireSame(x.shape(), change.shape());
    ArithmeticOps.add(x, change, y);
    ws.release(mark);
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    theta.requireOf(this, "theta");
    ResidualLinearization at = ws.object(ResidualLinearization.class, ResidualLinearization::new);
    Linearization change = inner.linearize(x, theta.part(1), ws);
    requireSame(x.shape(), change.output().shape());
    Tensor y = ws.tensor(x.precision(), x.shape());
    ArithmeticOps.add(x, change.output(), y);
    at.begin(this, x, theta, change, y);
    return at;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Residual that && inner.equals(that.inner);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Residual.class, inner);
  }

  /// For example `Residual[Dense[in=64, out=64, TANH]]`.
  @Override
  public String toString() {
    return "Residual[" + inner + "]";
  }
}
