package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Tensor;
import dev.lanewise.ops.expression.ReductionOps;

/// The largest number of each row: y = max a_i. Its rules are those of an [Extremum].
public record Maximum() implements Extremum {

  @Override
  public void best(Tensor a, Tensor y) {
    ReductionOps.largest(a, y);
  }
}
