package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;
import java.util.List;

/// The product of each row, with derivatives that divide by nothing: they are right where elements are 0.
///
/// | what | formula, row by row |
/// |------|---------|
/// | value       | y = Π a_i |
/// | residuals   | w_i = Π a_j over j ≠ i, from the products of those before and of those behind |
/// | tangent     | ẏ = Σ w_i·ȧ_i |
/// | cotangent   | ā_i = ȳ·w_i |
/// | its tangent | ā̇_i = ȳ̇·w_i + ȳ·ẇ_i |
public record Product() implements Reduction {

  @Override
  public long kept(List<Shape> operands) {
    return operands.getFirst().size();
  }

  @Override
  public void value(Point at, boolean keep) {
    ReductionOps.products(at.in[0], at.y);
    if (keep) {
      at.kept = at.ws.tensor(at.y.precision(), at.in[0].shape());
      ReductionOps.productsOfOthers(at.in[0], at.kept);
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
    Tensor before = at.ws.tensor(at.y.precision(), at.in[0].shape());
    Tensor wDot = at.ws.tensor(at.y.precision(), dots[0].shape());
    ReductionOps.productsOfOthersPush(at.in[0], dots[0], before, wDot);
    ReductionOps.addScaledRows(1, yBar, wDot, barDot);
    at.ws.release(mark);
  }
}
