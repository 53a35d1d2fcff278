package dev.lanewise.nn;

import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
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
public record Softmax() implements Parameterless {

  @Override
  public Shape outputShape(Shape input) {
    return requireFeatures(input, this);
  }

  static Shape requireFeatures(Shape input, Layer layer) {
    if (input.rank() != 2 || input.dim(1) < 1) {
      throw new IllegalArgumentException(layer + ": input has shape " + input + ", expected [batch, features]");
    }
    return input;
  }

  @Override
  public JacobianStructure jacobianStructure(Shape input) {
    int n = outputShape(input).size();
    return JacobianStructure.implicit(2L * n).keeping(n);
  }

  @Override
  public Tensor forward(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    RowOps.softmax(x, y);
    return y;
  }

  @Override
  public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
    Tensor y = ParameterlessLinearization.outputLike(this, x, theta, ws);
    At at = ws.object(At.class, At::new);
    RowOps.softmax(x, y);
    at.set(this, x.shape(), y, ws);
    return at;
  }

  /// The residual p is the output y.
  private static final class At extends ParameterlessLinearization {

    @Override
    void push(Tensor xDot, Tensor yDot) {
      RowOps.softmaxDerivative(y, xDot, yDot);
    }

    @Override
    void pull(Tensor yBar, Tensor xBar) {
      RowOps.softmaxDerivative(y, yBar, xBar);
    }

    /// Σs is ⟨ṗ, ȳ⟩, as Σṗ = 0.
    @Override
    void addCurvature(int chunk, Tensor xDot, Tensor yBar, Tensor xBarDot) {
      int mark = ws.mark();
      Tensor centered = ws.tensor(y.precision(), 1, y.shape());
      Tensor s = ws.tensor(y.precision(), chunk, y.shape());
      RowOps.logSoftmaxPush(y, yBar, centered);
      RowOps.softmaxDerivative(y, xDot, s);
      PointwiseOps.multiply(centered, s);
      RowOps.logSoftmaxPull(y, s, s);
      PointwiseOps.add(s, xBarDot);
      ws.release(mark);
    }
  }
}
