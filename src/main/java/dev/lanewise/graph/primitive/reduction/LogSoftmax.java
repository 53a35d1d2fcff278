package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.PointwiseOps;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Primitive;
import java.util.List;

/// Logarithms of the probabilities of logits, row by row, by the same kernels as the layer `nn.LogSoftmax`.
///
/// | what | formula, row by row |
/// |------|---------|
/// | value       | y = log softmax(a) |
/// | residuals   | p = e^y |
/// | tangent     | ẏ = ȧ − ⟨p, ȧ⟩ |
/// | cotangent   | ā = ȳ − p·Σȳ |
/// | its tangent | ā̇ = ȳ̇ − p·Σȳ̇ − ṗ·Σȳ, ṗ = p ⊙ (ȧ − ⟨p, ȧ⟩) |
public record LogSoftmax() implements Primitive {

  @Override
  public Shape outputShape(List<Shape> operands) {
    return operands.getFirst();
  }

  @Override
  public long multiplyAdds(List<Shape> operands) {
    return 2L * operands.getFirst().size();
  }

  @Override
  public long kept(List<Shape> operands) {
    return operands.getFirst().size();
  }

  @Override
  public void value(Point at, boolean keep) {
    RowOps.logSoftmax(at.in[0], at.y);
    if (keep) {
      at.kept = at.ws.tensor(at.y.precision(), at.y.shape());
      PointwiseOps.exp(at.y, at.kept);
    }
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    RowOps.logSoftmaxPush(at.kept, dots[0], yDot);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    RowOps.logSoftmaxPull(at.kept, yBar, bar);
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    int mark = at.ws.mark();
    Tensor minusSum = at.ws.tensor(at.y.precision(), 1, at.y.shape());
    Tensor pDot = at.ws.tensor(at.y.precision(), dots[0].shape());
    RowOps.minusSum(yBar, minusSum);
    RowOps.softmaxDerivative(at.kept, dots[0], pDot);
    PointwiseOps.multiply(minusSum, pDot);
    PointwiseOps.add(pDot, barDot);
    at.ws.release(mark);
  }
}
