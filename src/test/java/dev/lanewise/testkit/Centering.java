package dev.lanewise.testkit;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// y = x − the mean of x over the batch: a sound layer that mixes samples and has no parameters. J = I − 1·1ᵀ/batch =
/// Jᵀ.
record Centering() implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 2) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, features]");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public boolean mixesSamples() {
    return true;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ws.tensor(x.precision(), outputShape(x.shape()));
    center(x, y, x.shape());
    return new At(this, y);
  }

  private static void center(Tensor in, Tensor out, Shape batch) {
    int features = batch.last();
    for (int i = 0; i < in.size(); i++) {
      int first = i / batch.size() * batch.size() + i % features;
      double sum = 0;
      for (int sample = 0; sample < batch.dim(0); sample++) {
        sum += in.get(first + sample * features);
      }
      out.set(i, in.get(i) - sum / batch.dim(0));
    }
  }

  private record At(Centering layer, Tensor output) implements Linearization {

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(layer, output.shape(), Parameters.none(), output, xDot, thetaDot, yDot);
      if (xDot.isNone()) {
        yDot.fill(0);
        return;
      }
      center(xDot, yDot, output.shape());
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      Linearization.requirePull(layer, output.shape(), Parameters.none(), output, yBar, xBar, thetaBar);
      if (!xBar.isNone()) {
        center(yBar, xBar, output.shape());
      }
    }
  }
}
