package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.ops.PoolOps;

/// The mean of each channel of an image or a sequence, wherever in it something is.
///
/// | what        | formula                             | shapes                                    |
/// |-------------|-------------------------------------|-------------------------------------------|
/// | value       | y_c = Σ x_ci / n over all places i  | X `[batch, channel, …]`, Y `[batch, channel]` |
/// | residuals   | none                                |                                           |
/// | tangent     | ẏ_c = Σ ẋ_ci / n                    | as X, Y, with a chunk before              |
/// | cotangent   | x̄_ci = ȳ_c / n                      | as the tangents                           |
/// | its tangent | x̄̇_ci = ȳ̇_c / n                      | as the tangents                           |
///
/// Lin, Chen & Yan 2013, *Network in network*, section 3.2.
public record GlobalAvgPool() implements Parameterless {

  /// @throws IllegalArgumentException if the input has no places besides batch and channel
  @Override
  public Shape outputShape(Shape input) {
    require(input);
    return Shape.of(input.dim(0), input.dim(1));
  }

  private void require(Shape input) {
    boolean places = input.rank() >= 3;
    for (int axis = 2; places && axis < input.rank(); axis++) {
      places = input.dim(axis) > 0;
    }
    if (!places) {
      throw new IllegalArgumentException(this + ": input has shape " + input
          + ", expected [batch, channel, …] with a place to average");
    }
  }

  /// Implicit: a push or pull is an addition for each input.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    return JacobianStructure.implicit(input.size()).keeping(outputShape(input).size());
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    require(x.shape());
    theta.require(0, x.precision(), 1, this, "theta");
    Tensor y = ws.matrix(x.precision(), x.shape().dim(0), x.shape().dim(1));
    PoolOps.mean(x, y);
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    At at = ws.object(At.class, At::new);
    at.set(this, x.shape(), forward(x, theta, ws), ws);
    return at;
  }

  private static final class At extends ParameterlessLinearization {

    @Override
    void push(Tensor xDot, Tensor yDot) {
      PoolOps.mean(xDot, yDot);
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      PoolOps.meanPull(yBar, xBar);
    }
  }
}
