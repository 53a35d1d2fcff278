package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The softmax of each sample's features: probabilities from logits.
///
/// | what | formula | shapes |
/// |------|---------|--------|
/// | value     | y_c = e^(a_c) / Σ e^(a_c′), row by row | `[batch, n]` |
/// | residuals | p = y | `[batch, n]` |
/// | tangent   | ẏ = p ⊙ (ȧ − 1·⟨p, ȧ⟩) | `[chunk, batch, n]` |
/// | cotangent | ā = p ⊙ (ȳ − 1·⟨p, ȳ⟩) | `[chunk, batch, n]` |
/// | its tangent | ā̇ = p ⊙ (ȳ̇ − 1·⟨p, ȳ̇⟩) + s − p·Σs, s = ṗ ⊙ (ȳ − 1·⟨p, ȳ⟩), ṗ = ẏ | `[chunk, batch, n]` |
///
/// Stable for any finite logits: the maximum is subtracted first. O(n) per direction; the n × n Jacobian is never
/// built. Slides, equation [47].
///
/// [47]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-47
public record Softmax() implements Layer {

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != 2 || input.dim(1) < 1) {
      throw new IllegalArgumentException(this + ": input has shape " + input + ", expected [batch, features]");
    }
    return input;
  }

  @Override
  public ParameterSpec parameters() {
    return ParameterSpec.none();
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.implicit(2L * n).keeping(n);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    outputShape(x.shape());
    theta.require(0, x.precision(), 1, this, "theta");
    Tensor y = ws.tensor(x.precision(), x.shape());
    RowOps.softmax(x, y);
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    outputShape(x.shape());
    theta.require(0, x.precision(), 1, this, "theta");
    At at = ws.object(At.class, At::new);
    Tensor y = ws.tensor(x.precision(), x.shape());
    RowOps.softmax(x, y);
    at.p = y;
    at.y = y;
    at.ws = ws;
    return at;
  }

  private static final class At implements Linearization {

    private static final Softmax LAYER = new Softmax();
    private Tensor p;
    private Tensor y;
    private Workspace ws;

    @Override
    public Tensor output() {
      return y;
    }

    @Override
    public void jvp(Tensor xDot, Parameters thetaDot, Tensor yDot) {
      Linearization.requirePush(LAYER, y.shape(), Parameters.none(), y, xDot, thetaDot, yDot);
      if (xDot.isNone()) {
        yDot.fill(0);
        return;
      }
      RowOps.softmaxDerivative(p, xDot, yDot);
    }

    @Override
    public void vjp(Tensor yBar, Tensor xBar, Parameters thetaBar) {
      Linearization.requirePull(LAYER, y.shape(), Parameters.none(), y, yBar, xBar, thetaBar);
      if (!xBar.isNone()) {
        RowOps.softmaxDerivative(p, yBar, xBar);
      }
    }

    /// Σs is ⟨ṗ, ȳ⟩, as Σṗ = 0.
    @Override
    public void vjpDot(
        Tensor xDot, Parameters thetaDot, Tensor yBar, Tensor yBarDot, Tensor xBarDot, Parameters thetaBarDot) {
      int chunk = Linearization.requirePullDot(
          LAYER, y.shape(), Parameters.none(), y, xDot, thetaDot, yBar, yBarDot, xBarDot, thetaBarDot);
      if (xBarDot.isNone()) {
        return;
      }
      RowOps.softmaxDerivative(p, yBarDot, xBarDot);
      if (!xDot.isNone()) {
        int mark = ws.mark();
        Tensor centered = ws.tensor(y.precision(), 1, y.shape());
        Tensor s = ws.tensor(y.precision(), chunk, y.shape());
        RowOps.logSoftmaxPush(p, yBar, centered);
        RowOps.softmaxDerivative(p, xDot, s);
        PointwiseOps.multiply(centered, s);
        RowOps.logSoftmaxPull(p, s, s);
        PointwiseOps.add(s, xBarDot);
        ws.release(mark);
      }
    }
  }
}
