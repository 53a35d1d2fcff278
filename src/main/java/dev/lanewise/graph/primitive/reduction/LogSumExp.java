package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.PointwiseOps;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;
import java.util.List;

/// The logarithm of the sum of exponentials of each row, from its largest number, so that none overflows.
///
/// | what | formula, row by row |
/// |------|---------|
/// | value       | y = log Σ e^a_i |
/// | residuals   | p = softmax(a) |
/// | tangent     | ẏ = Σ p_i·ȧ_i |
/// | cotangent   | ā_i = ȳ·p_i |
/// | its tangent | ā̇_i = ȳ̇·p_i + ȳ·p_i·(ȧ_i − Σ p_j·ȧ_j) |
///
/// Of nothing but −∞ it is −∞, with ∞ it is ∞; the derivatives are NaN there, as in PyTorch.
public record LogSumExp() implements Reduction {

  @Override
  public long kept(List<Shape> operands) {
    return operands.getFirst().size();
  }

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
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    ReductionOps.dots(1, at.kept, dots[0], yDot, false);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ReductionOps.scaleRows(1, yBar, at.kept, bar);
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    int mark = at.ws.mark();
    Tensor pDot = at.ws.tensor(at.y.precision(), dots[0].shape());
    RowOps.softmaxDerivative(at.kept, dots[0], pDot);
    ReductionOps.addScaledRows(1, yBar, pDot, barDot);
    at.ws.release(mark);
  }
}
