package dev.lanewise.nn.block;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// y = x, the skip connection of a residual block. Its output is its input and its Jacobian the identity.
public record Identity() implements Layer {

  /// @throws IllegalArgumentException if the input has no batch
  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() == 0) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, …]");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    outputShape(input);
    return JacobianStructure.identity();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    outputShape(x.shape());
    theta.require(0, x.precision(), 1, this, "theta");
    At at = ws.object(At.class, At::new);
    at.x = x;
    return at;
  }

  private static final class At implements Linearization {

    private static final Identity LAYER = new Identity();
    private Tensor x;

    @Override
    public Tensor output() {
      return x;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(LAYER, x.shape(), Parameters.none(), x, xDot, thetaDot, yDot);
      copy(xDot, yDot);
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      Linearization.requirePull(LAYER, x.shape(), Parameters.none(), x, yBar, xBar, thetaBar);
      copy(yBar, xBar);
    }

    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      Linearization.requirePullDot(
          LAYER, x.shape(), Parameters.none(), x, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      copy(yBarDot, xBarDot);
    }

    private static void copy(Tensor from, Tensor to) {
      if (from.isNone()) {
        to.fill(0);
      } else if (!to.isNone()) {
        to.copyFrom(from, 0);
      }
    }

    @Override
    public Tensor slope() {
      return Tensor.none();
    }
  }

  @Override
  public String toString() {
    return "Identity";
  }
}
