package dev.lanewise.autodiff.plan;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// y = x, whose Jacobian is the identity.
public record Skip() implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    return new JacobianStructure(JacobianStructure.Kind.DIAGONAL, 0, 0, 0);
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    At at = ws.object(At.class, At::new);
    at.x = x;
    return at;
  }

  private static final class At implements Linearization {

    private Tensor x;

    @Override
    public Tensor output() {
      return x;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      yDot.copyFrom(xDot);
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      xBar.copyFrom(yBar);
    }

    @Override
    public Tensor slope() {
      return Tensor.none();
    }
  }

  @Override
  public String toString() {
    return "Skip";
  }
}
