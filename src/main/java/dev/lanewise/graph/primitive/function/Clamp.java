package dev.lanewise.graph.primitive.function;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.PiecewiseFunction;
import dev.lanewise.ops.expression.ChoiceOps;

/// Each element within two bounds: y = min(max(a, low), high), y′ = 1 where low ≤ a ≤ high, as in PyTorch, else 0. Its
/// rules are those of a [PiecewiseFunction].
///
/// @param low the lower bound, or −∞
/// @param high the upper bound, or ∞
public record Clamp(double low, double high) implements PiecewiseFunction {

  /// @throws IllegalArgumentException unless low ≤ high
  public Clamp {
    if (!(low <= high)) {
      throw new IllegalArgumentException("Clamp: from " + low + " to " + high + ", expected a range");
    }
  }

  @Override
  public void function(Tensor a, Tensor y) {
    ChoiceOps.clamp(low, high, a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ChoiceOps.inside(low, high, a, s);
  }
}
