package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Linear;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;

/// The sum of each row: y = Σ a_i, ẏ = Σ ȧ_i, ā_i = ȳ.
public record Sum() implements Reduction, Linear {

  @Override
  public void value(Point at, boolean keep) {
    ReductionOps.sums(at.in[0], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    ReductionOps.sums(dots[0], yDot);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ReductionOps.spread(yBar, bar);
  }
}
