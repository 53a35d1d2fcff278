package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;

/// One over each element.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = 1/a |
/// | residuals   | s = −y² |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ + 2y³ ⊙ ȧ ⊙ ȳ |
public record Reciprocal() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ArithmeticOps.reciprocal(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    PointwiseOps.scale(-1, y, s);
    PointwiseOps.multiply(s, y, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.scale(2, y, c);
    PointwiseOps.multiply(c, y, c);
    PointwiseOps.multiply(c, y, c);
  }
}
