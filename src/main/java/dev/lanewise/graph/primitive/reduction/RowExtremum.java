package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Piecewise;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.expression.ReductionOps;
import java.util.List;

/// The largest or the smallest number of each row: y = max a_i or min a_i. Ties share the derivative evenly:
/// w_i = 1/(number of ties) where a_i = y, else 0. Its other rules are those of a [WeightedReduction] with ẇ = 0.
///
/// A NaN in the row makes the value and its derivatives NaN, as in PyTorch's `amax` and `amin`.
///
/// @param isLargest whether it is the largest
public record RowExtremum(boolean isLargest) implements WeightedReduction, Piecewise {

  /// The largest number.
  public static final RowExtremum MAX = new RowExtremum(true);
  /// The smallest number.
  public static final RowExtremum MIN = new RowExtremum(false);

  @Override
  public Shape outputShape(List<Shape> operands) {
    if (operands.getFirst().last() == 0) {
      throw new IllegalArgumentException(this + ": operand is " + operands.getFirst()
          + ", expected numbers in each row");
    }
    return WeightedReduction.super.outputShape(operands);
  }

  @Override
  public void value(Point at, boolean keep) {
    if (isLargest) {
      ReductionOps.largest(at.in[0], at.y);
    } else {
      ReductionOps.smallest(at.in[0], at.y);
    }
    if (keep) {
      at.kept = at.ws.tensor(at.y.precision(), at.in[0].shape());
      ReductionOps.tied(at.in[0], at.y, at.kept);
    }
  }
}
