package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Piecewise;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;
import java.util.List;

/// The largest or the smallest number of each row; equal ones share the derivative evenly.
///
/// | what | formula, row by row |
/// |------|---------|
/// | value       | y = max a_i or min a_i |
/// | residuals   | w_i = 1/(number of ties) where a_i = y, else 0 |
/// | tangent     | ẏ = Σ w_i·ȧ_i |
/// | cotangent   | ā_i = ȳ·w_i |
/// | its tangent | ā̇_i = ȳ̇·w_i |
///
/// A NaN in the row makes the value and the derivatives of it NaN, as in PyTorch's `amax` and `amin`.
public interface Extremum extends Reduction, Piecewise {

  /// y = the best number of each row.
  void best(Tensor a, Tensor y);

  @Override
  default Shape outputShape(List<Shape> operands) {
    if (operands.getFirst().last() == 0) {
      throw new IllegalArgumentException(this + ": operand is " + operands.getFirst()
          + ", expected numbers in each row");
    }
    return Reduction.super.outputShape(operands);
  }

  @Override
  default long kept(List<Shape> operands) {
    return operands.getFirst().size();
  }

  @Override
  default void value(Point at, boolean keep) {
    best(at.in[0], at.y);
    if (keep) {
      at.kept = at.ws.tensor(at.y.precision(), at.in[0].shape());
      ReductionOps.tied(at.in[0], at.y, at.kept);
    }
  }

  @Override
  default void push(Point at, Tensor[] dots, Tensor yDot) {
    ReductionOps.dots(1, at.kept, dots[0], yDot, false);
  }

  @Override
  default void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ReductionOps.scaleRows(1, yBar, at.kept, bar);
  }
}
