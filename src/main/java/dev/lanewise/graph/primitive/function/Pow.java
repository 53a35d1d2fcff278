package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ElementaryOps;

/// aᵖ as `Math.pow` computes it, NaN for a fractional power of a negative number: y′ = p·aᵖ⁻¹, y″ = p(p − 1)·aᵖ⁻². Its
/// rules are those of [Pointwise].
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
