package dev.lanewise.graph.primitive.function;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.PiecewiseFunction;
import dev.lanewise.ops.expression.ChoiceOps;

/// |a|: y′ = 1, 0 or −1 where a is above, at or below 0, as in PyTorch. Its rules are those of a [PiecewiseFunction].
public record Abs() implements PiecewiseFunction {

  @Override
  public void function(Tensor a, Tensor y) {
    ChoiceOps.abs(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ChoiceOps.sign(a, s);
  }
}
