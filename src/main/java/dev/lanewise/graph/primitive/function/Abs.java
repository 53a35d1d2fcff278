package dev.lanewise.graph.primitive.function;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.PiecewiseFunction;
import dev.lanewise.ops.expression.ChoiceOps;

/// The size of each element; its derivative at 0 is 0, as in PyTorch.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = abs(a) |
/// | residuals   | s = 1, 0 or −1 as a is above, at or below 0 |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ |
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
