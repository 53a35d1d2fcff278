package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// The logarithm of the softmax of each sample's features: log-probabilities from logits.
///
/// | what | formula | shapes |
/// |------|---------|--------|
/// | value     | y_c = a_c − log Σ e^(a_c′), by log-sum-exp, row by row | `[batch, n]` |
/// | residuals | p = e^y | `[batch, n]` |
/// | tangent   | ẏ = ȧ − 1·⟨p, ȧ⟩ | `[chunk, batch, n]` |
/// | cotangent | ā = ȳ − p·Σȳ | `[chunk, batch, n]` |
/// | its tangent | ā̇ = ȳ̇ − p·Σȳ̇ − ṗ·Σȳ, ṗ = p ⊙ (ȧ − 1·⟨p, ȧ⟩) | `[chunk, batch, n]` |
///
/// Stable for any finite logits: the maximum is subtracted first. O(n) per direction; the n × n Jacobian is never
/// built. Slides, equation [48].
///
/// [48]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-48
public record LogSoftmax() implements Parameterless {

  @Override
  public Shape outputShape(Shape input) {
    return Softmax.requireFeatures(input, this);
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.implicit(2L * n).keeping(2L * n);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    RowOps.logSoftmax(x, y);
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    At at = ws.object(At.class, At::new);
    Tensor p = ws.tensor(x.precision(), x.shape());
    RowOps.softmax(x, p);
    RowOps.logSoftmax(x, y);
    at.p = p;
    at.set(this, x.shape(), y, ws);
    return at;
  }

  private static final class At extends ParameterlessLinearization {

    private Tensor p;

    @Override
    void push(Tensor xDot, Tensor yDot) {
      RowOps.logSoftmaxPush(p, xDot, yDot);
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      RowOps.logSoftmaxPull(p, yBar, xBar);
    }

    @Override
    void addCurvature(int chunk, Tensor xDot, Tensor yBar, Tensor xBarDot) {
      int mark = ws.mark();
      Tensor minusSum = ws.tensor(y.precision(), 1, y.shape());
      Tensor pDot = ws.tensor(y.precision(), chunk, y.shape());
      RowOps.minusSum(yBar, minusSum);
      RowOps.softmaxDerivative(p, xDot, pDot);
      PointwiseOps.multiply(minusSum, pDot);
      PointwiseOps.add(pDot, xBarDot);
      ws.release(mark);
    }
  }
}
