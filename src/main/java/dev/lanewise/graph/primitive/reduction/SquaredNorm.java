package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;

/// The sum of squares of each row.
///
/// | what | formula, row by row |
/// |------|---------|
/// | value       | y = Σ a_i² |
/// | tangent     | ẏ = 2 Σ a_i·ȧ_i |
/// | cotangent   | ā_i = 2ȳ·a_i |
/// | its tangent | ā̇_i = 2ȳ̇·a_i + 2ȳ·ȧ_i |
public record SquaredNorm() implements Reduction {

  @Override
  public void value(Point at, boolean keep) {
    ReductionOps.dots(1, at.in[0], at.in[0], at.y, false);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    ReductionOps.dots(2, at.in[0], dots[0], yDot, false);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ReductionOps.scaleRows(2, yBar, at.in[0], bar);
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    ReductionOps.addScaledRows(2, yBar, dots[0], barDot);
  }
}
