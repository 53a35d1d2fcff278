package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;

/// The product of each row: y = Π a_i. Its derivatives divide by nothing, so they are right where elements are 0:
/// w_i = Π a_j over j ≠ i, the product of those before times that of those after. Its other rules are those of a
/// [WeightedReduction].
public record Product() implements WeightedReduction {

  @Override
  public void value(Point at, boolean keep) {
    ReductionOps.products(at.in[0], at.y);
    if (keep) {
      at.kept = at.ws.tensor(at.y.precision(), at.in[0].shape());
      ReductionOps.productsOfOthers(at.in[0], at.kept);
    }
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
