package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// y = x² elementwise, of samples of any shape. J = diag(2x) = Jᵀ.
record Elements() implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ws.tensor(x.precision(), x.shape());
    for (int i = 0; i < y.size(); i++) {
      y.set(i, x.get(i) * x.get(i));
    }
    return new At(x, y);
  }

  private record At(Tensor x, Tensor output) implements Linearization {

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      scale(xDot, yDot);
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      scale(yBar, xBar);
    }

    private void scale(Tensor from, Tensor to) {
      for (int i = 0; i < to.size() && !to.isNone(); i++) {
        to.set(i, 2 * x.get(i % x.size()) * from.get(i));
      }
    }
  }
}
