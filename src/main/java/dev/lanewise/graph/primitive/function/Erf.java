package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.expression.ChoiceOps;

/// The error function: y = erf(a) = 2/√π ∫₀ᵃ e^(−t²) dt, y′ = 2/√π·e^(−a²), y″ = −2a·y′. At ±∞ all derivatives are 0.
/// Its rules are those of [Pointwise].
public record Erf() implements Pointwise {

  private static final double TWO_OVER_ROOT_PI = 1.1283791670955126;

  @Override
  public void function(Tensor a, Tensor y) {
    PointwiseOps.erf(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    PointwiseOps.multiply(a, a, s);
    PointwiseOps.scale(-1, s, s);
    PointwiseOps.exp(s, s);
    PointwiseOps.scale(TWO_OVER_ROOT_PI, s, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    slope(a, y, c);
    ChoiceOps.multiplyWhereNotZero(-2, a, c);
  }
}
