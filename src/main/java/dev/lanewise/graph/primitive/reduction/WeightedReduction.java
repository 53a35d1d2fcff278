package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;
import java.util.List;

/// A reduction with the gradient w in each row, which it keeps.
///
/// | what | formula, row by row |
/// |------|---------|
/// | residuals   | w_i = ∂y/∂a_i |
/// | tangent     | ẏ = Σ w_i·ȧ_i |
/// | cotangent   | ā_i = ȳ·w_i |
/// | its tangent | ā̇_i = ȳ̇·w_i + ȳ·ẇ_i |
interface WeightedReduction extends Reduction {

  @Override
  default long kept(List<Shape> operands) {
    return operands.getFirst().size();
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
