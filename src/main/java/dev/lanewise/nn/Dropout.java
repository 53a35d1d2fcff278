package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.random.SplitMix64;

/// Drops units at random in training, and scales those that are kept so that the expectation stays; the identity at
/// inference.
///
/// | what        | formula, in training                                   | at inference | shapes              |
/// |-------------|--------------------------------------------------------|--------------|---------------------|
/// | value       | Y = S ⊙ X, each s = 1/(1 − p) with probability 1 − p, else 0 | Y = X    | `[batch, …]`        |
/// | residuals   | S                                                      | none         | `[batch, …]`        |
/// | tangent     | Ẏ = S ⊙ Ẋ                                              | Ẏ = Ẋ        | `[chunk, batch, …]` |
/// | cotangent   | X̄ = S ⊙ Ȳ                                              | X̄ = Ȳ        | `[chunk, batch, …]` |
/// | its tangent | X̄̇ = S ⊙ Ȳ̇                                              | X̄̇ = Ȳ̇        | `[chunk, batch, …]` |
///
/// Units are dropped, each in each sample on its own, not connections. [Workspace#isTraining()] says which of the two
/// it is, and [Workspace#nextDraw()] is what the draw of each element follows from, together with its position in the
/// batch: the same on any number of threads. Slides, "Regularization", as corrected; Srivastava, Hinton, Krizhevsky,
/// Sutskever and Salakhutdinov, *Dropout*, 2014, section 10 ("inverted").
///
/// @param rate p, the probability that a unit is dropped, at least 0 and below 1
public record Dropout(double rate) implements Layer {

  /// @throws IllegalArgumentException for a rate that is none, or drops all
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("Dropout: rate is " + rate + ", expected at least 0 and below 1");
    }
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() < 2) {
      throw new IllegalArgumentException(this + ": input has shape " + input
          + ", expected [batch, features] or more axes");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  /// Diagonal. Kept is the output; in training S, of the same size, is kept too.
  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.diagonal(n).keeping(n);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    Tensor y = ws.tensor(x.precision(), x.shape());
    if (ws.isTraining()) {
      draw(ws.nextDraw(), y);
      PointwiseOps.multiply(x, y);
    } else {
      y.copyFrom(x);
    }
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    require(x, theta);
    At at = ws.object(At.class, At::new);
    Tensor y = ws.tensor(x.precision(), x.shape());
    y.copyFrom(x);
    Tensor scale = Tensor.none();
    if (ws.isTraining()) {
      scale = ws.tensor(x.precision(), x.shape());
      draw(ws.nextDraw(), scale);
      PointwiseOps.multiply(scale, y);
    }
    at.layer = this;
    at.y = y;
    at.scale = scale;
    return at;
  }

  private void require(Tensor x, Parameters theta) {
    outputShape(x.shape());
    theta.require(0, x.precision(), 1, this, "theta");
  }

  /// S: element i is dropped where the top 53 bits of SplitMix64's number i after `seed`, read as a fraction, are below
  /// p.
  private void draw(long seed, Tensor scale) {
    long threshold = (long) (rate * 0x1p53);
    double kept = 1 / (1 - rate);
    int n = scale.size();
    if (scale.precision() == Precision.FLOAT) {
      float[] values = scale.floats();
      int offset = scale.offset();
      for (int i = 0; i < n; i++) {
        values[offset + i] = bits(seed, i) < threshold ? 0 : (float) kept;
      }
    } else {
      double[] values = scale.doubles();
      int offset = scale.offset();
      for (int i = 0; i < n; i++) {
        values[offset + i] = bits(seed, i) < threshold ? 0 : kept;
      }
    }
  }

  private static long bits(long seed, int index) {
    return SplitMix64.number(seed, index + 1L) >>> 11;
  }

  private static final class At implements Linearization {

    private Dropout layer;
    private Tensor y;
    private Tensor scale;

    @Override
    public Tensor output() {
      return y;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(layer, y.shape(), Parameters.none(), y, xDot, thetaDot, yDot);
      if (xDot.isNone()) {
        yDot.fill(0);
        return;
      }
      timesScale(xDot, yDot);
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      Linearization.requirePull(layer, y.shape(), Parameters.none(), y, yBar, xBar, thetaBar);
      if (!xBar.isNone()) {
        timesScale(yBar, xBar);
      }
    }

    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      Linearization.requirePullDot(
          layer, y.shape(), Parameters.none(), y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      if (!xBarDot.isNone()) {
        timesScale(yBarDot, xBarDot);
      }
    }

    private void timesScale(Tensor u, Tensor v) {
      v.copyFrom(u);
      if (!scale.isNone()) {
        PointwiseOps.multiply(scale, v);
      }
    }

    @Override
    public Tensor slope() {
      return scale;
    }
  }
}
