package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;
import dev.lanewise.ops.ElementaryOps;

/// The natural logarithm of each element: −∞ of 0, NaN below.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = log a |
/// | residuals   | s = 1/a |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ − ȧ ⊙ ȳ / a² |
public record Log() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.log(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ArithmeticOps.reciprocal(a, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.multiply(a, a, c);
    ArithmeticOps.reciprocal(c, c);
    PointwiseOps.scale(-1, c, c);
  }
}
