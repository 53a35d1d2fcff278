package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.PointwiseOps;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Primitive;
import java.util.List;

/// Probabilities from logits, row by row, by the same kernels as the layer `nn.Softmax`.
///
/// | what | formula, row by row |
/// |------|---------|
/// | value       | y = softmax(a) |
/// | residuals   | y |
/// | tangent     | ẏ = y ⊙ (ȧ − ⟨y, ȧ⟩) |
/// | cotangent   | ā = y ⊙ (ȳ − ⟨y, ȳ⟩) |
/// | its tangent | ā̇ = y ⊙ (ȳ̇ − ⟨y, ȳ̇⟩) + s − y·Σs, s = ẏ ⊙ (ȳ − ⟨y, ȳ⟩) |
public record Softmax() implements Primitive {

  @Override
  public Shape outputShape(List<Shape> operands) {
    return operands.getFirst();
  }

  @Override
  public long multiplyAdds(List<Shape> operands) {
    return 2L * operands.getFirst().size();
  }

  @Override
  public void value(Point at, boolean keep) {
    RowOps.softmax(at.in[0], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    RowOps.softmaxDerivative(at.y, dots[0], yDot);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    RowOps.softmaxDerivative(at.y, yBar, bar);
  }

  /// Σs is ⟨ẏ, ȳ⟩, as Σẏ = 0.
  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    int mark = at.ws.mark();
    Tensor centered = at.ws.tensor(at.y.precision(), 1, at.y.shape());
    Tensor s = at.ws.tensor(at.y.precision(), dots[0].shape());
    RowOps.logSoftmaxPush(at.y, yBar, centered);
    RowOps.softmaxDerivative(at.y, dots[0], s);
    PointwiseOps.multiply(centered, s);
    RowOps.logSoftmaxPull(at.y, s, s);
    PointwiseOps.add(s, barDot);
    at.ws.release(mark);
  }
}
