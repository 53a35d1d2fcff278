package dev.lanewise.kernel.elementwise;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;

import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.math.DoubleLogistic;
import dev.lanewise.kernel.math.DoubleMath;
import dev.lanewise.kernel.math.DoubleNormal;
import dev.lanewise.kernel.math.DoubleTanh;

/// φ″ of one `double`, by the arithmetic that [DoubleVectorCurvature] repeats.
///
/// | kind                        | φ″(x), with ℓ = σ(−\|x\|)                | at ±∞ |
/// |-----------------------------|---------------------------------------|-------|
/// | IDENTITY, RELU, LEAKY_RELU  | 0, at 0 too                           | 0     |
/// | SIGMOID                     | −sign(x)·ℓ(1 − ℓ)(1 − 2ℓ)             | ∓0    |
/// | TANH                        | −2y(1 − y²), y = tanh x               | ∓0    |
/// | GELU                        | (2 − x²)·e^(−x²/2)/√(2π)              | −0    |
/// | SOFTPLUS                    | ℓ(1 − ℓ)                              | 0     |
/// | ELU                         | eˣ below 0, else 0                    | 0     |
/// | SILU                        | ℓ(1 − ℓ)(2 − \|x\|(1 − 2ℓ))             | −0    |
/// | MISH, x < 0                 | ζ²d(2 + 2d − \|x\|ζ(1 + d − 1.5d² − d³)) | −0    |
/// | MISH, x ≥ 0                 | ζ²d²(8 + 8d − 8\|x\|ζ(1 + 1.5d − d² − d³)) | −0    |
///
/// For mish d = e^(−\|x\|), ζ = 1/(1 + d + d²/2) below 0 and 1/(1 + 2d + 2d²) else. This avoids eˣ, which overflows
/// early, and the difference 1 − tanh². The rounding error of ζ, which is a factor three times, is corrected.
///
/// Where a factor cancels, the absolute error is at most two last places of 1. Elsewhere the error is some last places.
public final class DoubleCurvature {

  private DoubleCurvature() {}

  public static double of(Nonlinearity phi, double x) {
    return switch (phi) {
      case IDENTITY, RELU, LEAKY_RELU -> 0.0;
      case SIGMOID -> sigmoid(x);
      case TANH -> tanh(x);
      case GELU -> gelu(x);
      case SOFTPLUS -> softplus(x);
      case ELU -> elu(x);
      case SILU -> silu(x);
      case MISH -> mish(x);
    };
  }

  private static double sigmoid(double x) {
    double least = DoubleLogistic.sigmoid(-Math.abs(x));
    double product = least * (1 - least) * exact(least, -2.0, 1.0);
    return x < 0 ? product : -product;
  }

  private static double tanh(double x) {
    double y = DoubleTanh.tanh(x);
    return y * -2 * MultiplyAdd.oneLessSquare(y);
  }

  private static double gelu(double x) {
    double magnitude = Math.abs(x);
    double a = magnitude > DoubleNormal.TAIL_END ? DoubleNormal.TAIL_END : magnitude;
    double half = a * -0.5;
    double exp = DoubleMath.exp(half * a);
    double lost = exact(half, a, -(half * a));
    return exact(exp, lost, exp) * DoubleNormal.INVERSE_SQRT_2PI * exact(-a, a, 2.0);
  }

  private static double softplus(double x) {
    double least = DoubleLogistic.sigmoid(-Math.abs(x));
    return least * (1 - least);
  }

  private static double elu(double x) {
    double y = DoubleMath.elu(x);
    return y >= 0 ? 0.0 : y + 1;
  }

  private static double silu(double x) {
    double least = DoubleLogistic.sigmoid(-Math.abs(x));
    return least * (1 - least) * exact(Math.max(-Math.abs(x), DoubleMath.EXP_MIN), exact(least, -2.0, 1.0), 2.0);
  }

  private static double mish(double x) {
    double factor = x < 0 ? 1.0 : 2.0;
    double magnitude = Math.min(Math.abs(x), -DoubleMath.EXP_MIN);
    double decay = DoubleMath.exp(-magnitude);
    double d = decay * factor;
    double nu = exact(d * 0.5, d, d);
    double divisor = nu + 1;
    double minus = -1 / divisor;
    double minusZeta = exact(minus, exact(minus, nu - (divisor - 1), exact(minus, divisor, 1.0)), minus);
    double half = factor * 0.5;
    double minusQ = magnitude * minusZeta * half;
    double bend = exact(decay, exact(minusQ, exact(half - 2 - decay, decay, half + 0.5), 1.0), minusQ + 1);
    return minusZeta * 2 * minusZeta * bend * d * (x < 0 ? 1.0 : d);
  }
}
