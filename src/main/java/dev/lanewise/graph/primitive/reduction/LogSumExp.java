package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.PointwiseOps;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;

/// The logarithm of the sum of exponentials of each row: y = log Σ e^a_i. The largest number is subtracted first, so
/// that none overflows. The weights are w = softmax(a), with ẇ_i = w_i·(ȧ_i − Σ w_j·ȧ_j); the other rules are those
/// of a [WeightedReduction].
///
/// Of nothing but −∞ it is −∞, with ∞ it is ∞; the derivatives are NaN there, as in PyTorch.
public record LogSumExp() implements WeightedReduction {

  @Override
  public void value(Point at, boolean keep) {
    int mark = at.ws.mark();
    Tensor logP = at.ws.tensor(at.y.precision(), at.in[0].shape());
    RowOps.logSoftmax(at.in[0], logP);
    ReductionOps.logSumExp(at.in[0], logP, at.y);
    if (keep) {
      PointwiseOps.exp(logP, logP);
      at.kept = logP;
    } else {
      at.ws.release(mark);
    }
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    int mark = at.ws.mark();
    Tensor wDot = at.ws.tensor(at.y.precision(), dots[0].shape());
    RowOps.softmaxDerivative(at.kept, dots[0], wDot);
    ReductionOps.addScaledRows(1, yBar, wDot, barDot);
    at.ws.release(mark);
  }
}
