package dev.lanewise.graph.primitive.function;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.PiecewiseFunction;
import dev.lanewise.ops.expression.ChoiceOps;

/// Each element, but no less than one number and no more than another; at both its derivative is 1, as in PyTorch.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = min(max(a, low), high) |
/// | residuals   | s = 1 where low ≤ a ≤ high, else 0 |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ |
///
/// @param low the least that comes out, or −∞
/// @param high the most that comes out, or ∞
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
