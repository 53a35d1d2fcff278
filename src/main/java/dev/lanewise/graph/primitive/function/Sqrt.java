package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;

/// The square root of each element: NaN below 0.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = √a |
/// | residuals   | s = 1/(2y), ∞ at 0 |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ − ȧ ⊙ ȳ / (4y³) |
public record Sqrt() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ArithmeticOps.sqrt(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    PointwiseOps.scale(2, y, s);
    ArithmeticOps.reciprocal(s, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.scale(-4, a, c);
    PointwiseOps.multiply(c, y, c);
    ArithmeticOps.reciprocal(c, c);
  }
}
