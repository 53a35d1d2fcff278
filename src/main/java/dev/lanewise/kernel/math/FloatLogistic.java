package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.math.FloatMath.*;

/// The logistic function σ and functions made of it, of one `float`, by the arithmetic that [FloatVectorLogistic]
/// repeats.
///
/// | function  | formula                                                                        | largest error seen |
/// |-----------|--------------------------------------------------------------------------------|--------------------|
/// | sigmoid   | 1/(1 + exp(−x))                                                                | 0.96 ulp           |
/// | silu      | x/(1 + exp(−x))                                                                | 1.70 ulp           |
/// | silu′     | σ + silu·(1 − σ)                                                               | 2⁻²⁴ and 2.2 ulp   |
/// | softplus  | max(x, 0) + E + E·(H1 E + … + H9 E⁹), E = exp(−\|x\|)                          | 1.97 ulp           |
/// | softplus′ | 1/(1 + E), below 0 E/(1 + E)                                                   | 2⁻²⁴ and 1.5 ulp   |
///
/// With exp(−x) = 2^k·(1 + m) and v near σ, σ = v + v·(1 − v − v·2^k − v·2^k·m) up to the square of v's error. This
/// corrects the rounding of 1 + 2^k + 2^k·m and of its inverse v; without it sigmoid is off by 2.3 ulp. H are a minimax
/// fit of this project to log1p(E)/E − 1 over 0 ≤ E ≤ 1. The largest errors are those of `mvn -Pexhaustive verify`.
public final class FloatLogistic {

  /// Above FAR 1/(1 + exp(−x)) is 1, below −END x/(1 + exp(−x)) is an underflow; in between 2^⌊k/2⌋ and 2^−⌈k/2⌉ are
  /// normal.
  static final float FAR = 60;
  static final float END = 114;
  /// Up to this E⁴ is a normal number.
  static final float SOFTPLUS_NEAR = 20;

  static final float H1 = -0.4999993f;
  static final float H2 = 0.33330464f;
  static final float H3 = -0.24958019f;
  static final float H4 = 0.19692102f;
  static final float H5 = -0.1534488f;
  static final float H6 = 0.10661127f;
  static final float H7 = -0.057457175f;
  static final float H8 = 0.020086173f;
  static final float H9 = -0.0032904407f;

  private FloatLogistic() {}

  public static float sigmoid(float x) {
    float shifted = exact(-x, LOG2_E, SHIFT);
    float r = reduced(-x, shifted - SHIFT);
    float square = r * r;
    float series = series(r);
    float power = power(shifted);
    float back = back(shifted);
    float inverse = 1 / exact(power, exact(square, series, r), back + power);
    float share = inverse * power;
    // r and r²·series one by one: their sum is rounded.
    float lost = exact(-share * square, series, exact(-share, r, excess(inverse * back, share)));
    float sigmoid = exact(inverse, lost, inverse) * back;
    return x > FAR ? 1.0f : x < -END ? 0.0f : sigmoid;
  }

  /// Where exp(−x) is ∞, x·σ(x) may still be a normal number.
  public static float silu(float x) {
    float shifted = exact(-x, LOG2_E, SHIFT);
    float m = expm1OfReduced(reduced(-x, shifted - SHIFT));
    float power = power(shifted);
    float back = back(shifted);
    float inverse = 1 / exact(power, m, back + power);
    float share = inverse * power;
    float bare = x * inverse;
    float silu = exact(bare, exact(-share, m, excess(inverse * back, share)), bare) * back;
    return x > FAR ? x : x < -END ? x * 0.0f : silu;
  }

  /// silu′(x) = σ + silu·(1 − σ); NaN at ±∞, as this formula gives.
  public static float siluSlope(float x) {
    float shifted = exact(-x, LOG2_E, SHIFT);
    float m = expm1OfReduced(reduced(-x, shifted - SHIFT));
    float power = power(shifted);
    float back = back(shifted);
    float inverse = 1 / exact(power, m, back + power);
    float share = inverse * power;
    float sigma = inverse * back;
    float bare = x * inverse;
    float silu = exact(bare, exact(-share, m, excess(sigma, share)), bare) * back;
    float slope = exact(silu, share + share * m, sigma);
    return x > FAR ? x * 0.0f + 1 : x < -END ? x * 0.0f : slope;
  }

  public static float softplus(float x) {
    float argument = -Math.abs(x);
    float decay = lifted(argument);
    float e = decay * LOWERED;
    float squared = e * e;
    float upper = exact(squared, exact(e, H9, H8), exact(e, H7, H6));
    float lower = exact(squared, exact(e, H5, H4), exact(e, H3, H2));
    float h = exact(e, exact(squared * squared, upper, lower), H1);
    float logarithm = argument < EXP_MIN ? 0.0f : exact(h * e, decay, decay) * LOWERED;
    return (x > 0 ? x : 0.0f) + logarithm;
  }

  public static float softplusSlope(float x) {
    float argument = -Math.abs(x);
    float decay = argument < EXP_MIN ? 0.0f : lifted(argument) * LOWERED;
    return (x < 0 ? decay : 1.0f) / (1 + decay);
  }

  /// 1 − σ − σ·2^k, given the rounded σ and σ·2^k. The differences are exact, except where one of the two is below ¼:
  /// then they are off by 2⁻²⁶.
  private static float excess(float sigma, float share) {
    return (0.5f - sigma) + (0.5f - share);
  }

  /// 2¹⁰⁰ exp(x) for x not above 0.
  private static float lifted(float x) {
    float shifted = exact(x, LOG2_E, SHIFT_LIFTED);
    return expOfReduced(reduced(x, shifted - SHIFT_LIFTED)) * wholePower(shifted);
  }

  /// 2^−⌈k/2⌉: the inverse of [FloatMath#rest], the factor of 2^k that [FloatMath#power] lacks.
  private static float back(float shifted) {
    int bits = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat(((bits >>> 1) - bits << 23) + BACK_BITS);
  }
}
