package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;
import dev.lanewise.ops.ElementaryOps;

/// The natural logarithm of 1 and each element, right for small ones too.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = log(1 + a) |
/// | residuals   | s = 1/(1 + a) |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ − s² ⊙ ȧ ⊙ ȳ |
public record Log1p() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.log1p(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ArithmeticOps.shift(1, a, s);
    ArithmeticOps.reciprocal(s, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    slope(a, y, c);
    PointwiseOps.multiply(c, c, c);
    PointwiseOps.scale(-1, c, c);
  }
}
