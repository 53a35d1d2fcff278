package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Tensor;
import dev.lanewise.ops.expression.ReductionOps;

/// The smallest number of each row: y = min a_i. Its rules are those of an [Extremum].
public record Minimum() implements Extremum {

  @Override
  public void best(Tensor a, Tensor y) {
    ReductionOps.smallest(a, y);
  }
}
