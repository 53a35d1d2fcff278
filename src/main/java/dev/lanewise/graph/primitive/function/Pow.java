package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ElementaryOps;

/// Each element to one power, as `Math.pow`: NaN for a fraction of a negative number.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = aᵖ |
/// | residuals   | s = p·aᵖ⁻¹ |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ + p(p − 1)·aᵖ⁻² ⊙ ȧ ⊙ ȳ |
///
/// @param exponent p
public record Pow(double exponent) implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.pow(a, exponent, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    power(exponent, exponent - 1, a, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    power(exponent * (exponent - 1), exponent - 2, a, c);
  }

  /// v = factor·a^power, and 0 for a factor of 0, at 0 too.
  private static void power(double factor, double power, Tensor a, Tensor v) {
    if (factor == 0) {
      v.fill(0);
    } else {
      ElementaryOps.pow(a, power, v);
      PointwiseOps.scale(factor, v, v);
    }
  }
}
