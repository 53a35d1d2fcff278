package dev.lanewise.nn.recurrent;

import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// A recurrent layer with lengths, as a layer of all of its input but the lengths: these are given for samples by
/// their place, over and over again. So what draws inputs at random, or moves them, draws and moves no length.
record OfLengths(Recurrent layer, int... lengths) implements Layer {

  private Shape whole(Shape input) {
    if (input.rank() != 2) {
      throw new IllegalArgumentException("OfLengths: input has shape " + input + ", expected [batch, …]");
    }
    return Shape.of(input.dim(0), input.dim(1) + 1);
  }

  @Override
  public Shape outputShape(Shape input) {
    return layer.outputShape(whole(input));
  }

  @Override
  public ParameterSpec parameters() {
    return layer.parameters();
  }

  /// A sample's length goes by its place in the batch.
  @Override
  public boolean mixesSamples() {
    return true;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor padded = Tensor.zeros(x.precision(), whole(x.shape()));
    int n = x.shape().last();
    for (int sample = 0; sample < x.shape().dim(0); sample++) {
      copy(x, sample, padded, sample, n);
      padded.set(sample * (n + 1) + n, lengths[sample % lengths.length]);
    }
    Linearization at = layer.linearize(padded, theta, ws);
    return new At(layer, x, theta, at);
  }

  private static void copy(Tensor from, int row, Tensor to, int place, int n) {
    for (int i = 0; i < n; i++) {
      to.set(place * to.shape().last() + i, from.get(row * from.shape().last() + i));
    }
  }

  /// The rows of a panel, each with a number more, 0.
  private static Tensor longer(Tensor panel) {
    if (panel.isNone()) {
      return panel;
    }
    int n = panel.shape().last();
    Tensor longer = Tensor.zeros(panel.precision(), panel.shape().dim(0), panel.shape().dim(1), n + 1);
    for (int row = 0; row < panel.shape().rows(); row++) {
      copy(panel, row, longer, row, n);
    }
    return longer;
  }

  private static void shorten(Tensor longer, Tensor panel) {
    int n = panel.isNone() ? 0 : panel.shape().last();
    for (int row = 0; n > 0 && row < panel.shape().rows(); row++) {
      copy(longer, row, panel, row, n);
      if (longer.get(row * (n + 1) + n) != 0) {
        throw new AssertionError("the derivative by a length is " + longer.get(row * (n + 1) + n));
      }
    }
  }

  private record At(Recurrent layer, Tensor x, Parameters theta, Linearization at) implements Linearization {

    @Override
    public Tensor output() {
      return at.output();
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(layer, x.shape(), theta, output(), xDot, thetaDot, yDot);
      at.jvp(longer(xDot), thetaDot, yDot);
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      Linearization.requirePull(layer, x.shape(), theta, output(), yBar, xBar, thetaBar);
      Tensor longer = longer(xBar);
      at.vjp(yBar, longer, thetaBar);
      shorten(longer, xBar);
    }

    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      Linearization.requirePullDot(
          layer, x.shape(), theta, output(), xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      Tensor longer = longer(xBarDot);
      at.vjpDot(longer(xDot), thetaDot, yBar, yBarDot, longer, thetaBarDot);
      shorten(longer, xBarDot);
    }
  }
}
