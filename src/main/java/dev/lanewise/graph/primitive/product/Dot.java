package dev.lanewise.graph.primitive.product;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.reduction.Reduction;
import dev.lanewise.ops.expression.ReductionOps;

/// The inner products of the rows of two operands of one shape.
///
/// | what | formula, row by row |
/// |------|---------|
/// | value       | y = Σ a_i·b_i |
/// | tangent     | ẏ = Σ b_i·ȧ_i + Σ a_i·ḃ_i |
/// | cotangent   | ā_i = ȳ·b_i, b̄_i = ȳ·a_i |
/// | its tangent | ā̇_i = ȳ̇·b_i + ȳ·ḃ_i, b̄̇_i = ȳ̇·a_i + ȳ·ȧ_i |
public record Dot() implements Reduction {

  @Override
  public void value(Point at, boolean keep) {
    ReductionOps.dots(1, at.in[0], at.in[1], at.y, false);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    boolean add = false;
    for (int operand = 0; operand < 2; operand++) {
      if (!dots[operand].isNone()) {
        ReductionOps.dots(1, at.in[1 - operand], dots[operand], yDot, add);
        add = true;
      }
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ReductionOps.scaleRows(1, yBar, at.in[1 - operand], bar);
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    if (!dots[1 - operand].isNone()) {
      ReductionOps.addScaledRows(1, yBar, dots[1 - operand], barDot);
    }
  }
}
