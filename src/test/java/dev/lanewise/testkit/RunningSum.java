package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// y_t = Σ_{s ≤ t} x_s along one axis of three, for sequences that have their time there. Sound for axis 1, as axis 0
/// is the batch.
record RunningSum(int time) implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected three axes");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ws.tensor(x.precision(), outputShape(x.shape()));
    theta.require(0, x.precision(), 1, this, "theta");
    sum(x, y, true);
    return new At(this, y);
  }

  private void sum(Tensor in, Tensor out, boolean forward) {
    int rank = in.shape().rank();
    int axis = rank - 3 + time;
    int steps = in.shape().dim(axis);
    int inner = 1;
    for (int after = axis + 1; after < rank; after++) {
      inner *= in.shape().dim(after);
    }
    for (int line = 0; line < in.size() / steps; line++) {
      int first = line / inner * steps * inner + line % inner;
      double sum = 0;
      for (int step = 0; step < steps; step++) {
        int at = first + (forward ? step : steps - 1 - step) * inner;
        sum += in.get(at);
        out.set(at, sum);
      }
    }
  }

  private record At(RunningSum layer, Tensor output) implements Linearization {

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(layer, output.shape(), Parameters.none(), output, xDot, thetaDot, yDot);
      if (xDot.isNone()) {
        yDot.fill(0);
      } else {
        layer.sum(xDot, yDot, true);
      }
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      Linearization.requirePull(layer, output.shape(), Parameters.none(), output, yBar, xBar, thetaBar);
      if (!xBar.isNone()) {
        layer.sum(yBar, xBar, false);
      }
    }
  }
}
