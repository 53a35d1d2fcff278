package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatMath.*;

/// The logistic function σ and what is made of it, of one `float`, by the arithmetic that [FloatVectorLogistic] repeats.
///
/// | function  | formula                                                                        | largest error seen |
/// |-----------|--------------------------------------------------------------------------------|--------------------|
/// | sigmoid   | 1 − s, below 0 s, where s = E/(1 + E), E = exp(−\|x\|)                         | 0.94 ulp           |
/// | silu      | x/(1 + exp(−x))                                                                | 1.65 ulp           |
/// | softplus  | max(x, 0) + E + E·(H1 E + … + H9 E⁹)                                           | 1.95 ulp           |
/// | softplus′ | 1/(1 + E), below 0 E/(1 + E)                                                   | 2⁻²⁴ and 1.5 ulp   |
///
/// What rounding took from E, from 1 + E and from the quotient is made good as far as the bounds ask for it: without that sigmoid is
/// off by 2.4 ulp, silu by 2.3. H are a minimax fit of this project to log1p(E)/E − 1 over 0 ≤ E ≤ 1. The largest errors are those
/// of `mvn -Pexhaustive verify`.
///
/// Piecewise polynomials without a division, their coefficients picked from tables of eight numbers by round(\|x\|/ln 2), were as accurate
/// and with 8 lanes took 1.3 to 1.8 × the time: seven or more look-ups of two operations each. (No command repeats it.)
final class FloatLogistic {

  /// Above FAR x/(1 + exp(−x)) is x, below −END it is an underflow; in between both powers of two in [#silu] are normal.
  static final float FAR = 60;
  static final float END = 114;
  /// The biased exponents of a power of two and of its inverse add up to 254.
  static final int BACK_BITS = 254 << 23;

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

  static float sigmoid(float x) {
    float argument = -Math.abs(x);
    float shifted = Math.fma(argument, LOG2_E, SHIFT_LIFTED);
    float r = reduced(argument, shifted - SHIFT_LIFTED);
    float inner = Math.fma(series(r), r, 1.0f);
    float e = Math.fma(inner, r, 1.0f);
    float power = wholePower(shifted);
    float decay = e * power;
    float lost = Math.fma(inner, r, 1 - e) * power;
    float divisor = Math.fma(decay, LOWERED, 1.0f);
    float excess = Math.fma(decay, LOWERED, 1 - divisor);
    float inverse = 1 / divisor;
    float bare = decay * inverse;
    float remainder = Math.fma(-bare, divisor, decay) + Math.fma(-bare, excess, lost);
    float least = argument < EXP_MIN ? 0.0f : Math.fma(remainder, inverse, bare) * LOWERED;
    return x < 0 ? least : 1 - least;
  }

  /// x·2^−⌈k/2⌉/(2^⌊k/2⌋·eʳ + 2^−⌈k/2⌉): where exp(−x) is ∞, x·σ(x) may still be a normal number.
  static float silu(float x) {
    float shifted = Math.fma(-x, LOG2_E, SHIFT);
    float e = expOfReduced(reduced(-x, shifted - SHIFT));
    float power = power(shifted);
    float back = back(shifted);
    float divisor = Math.fma(e, power, back);
    float excess = Math.fma(e, power, -divisor) + back;
    float inverse = 1 / divisor;
    float bare = x * inverse;
    // Signs so that −0 stays −0.
    float surplus = Math.fma(bare, excess, Math.fma(bare, divisor, -x));
    float silu = Math.fma(-surplus, inverse, bare) * back;
    return x > FAR ? x : x < -END ? x * 0.0f : silu;
  }

  /// silu′(x) = σ(1 + x(1 − σ)), so NaN of ±∞.
  static float siluSlope(float x) {
    float shifted = Math.fma(-x, LOG2_E, SHIFT);
    float e = expOfReduced(reduced(-x, shifted - SHIFT));
    float power = power(shifted);
    float back = back(shifted);
    float inverse = 1 / Math.fma(e, power, back);
    float slope = inverse * Math.fma(x, e * power * inverse, 1.0f) * back;
    return x > FAR ? x * 0.0f + 1 : x < -END ? x * 0.0f : slope;
  }

  static float softplus(float x) {
    float argument = -Math.abs(x);
    float decay = lifted(argument);
    float small = decay * LOWERED;
    float series = Math.fma(Math.fma(Math.fma(Math.fma(H9, small, H8), small, H7), small, H6), small, H5);
    series = Math.fma(Math.fma(Math.fma(Math.fma(series, small, H4), small, H3), small, H2), small, H1);
    float logarithm = argument < EXP_MIN ? 0.0f : Math.fma(series * small, decay, decay) * LOWERED;
    return (x > 0 ? x : 0.0f) + logarithm;
  }

  static float softplusSlope(float x) {
    float argument = -Math.abs(x);
    float decay = argument < EXP_MIN ? 0.0f : lifted(argument) * LOWERED;
    return (x < 0 ? decay : 1.0f) / (1 + decay);
  }

  /// 2¹⁰⁰ exp(x) for x not above 0.
  private static float lifted(float x) {
    float shifted = Math.fma(x, LOG2_E, SHIFT_LIFTED);
    return expOfReduced(reduced(x, shifted - SHIFT_LIFTED)) * wholePower(shifted);
  }

  /// 2^−⌈k/2⌉: what [FloatMath#power] lacks of 2^k, turned round.
  private static float back(float shifted) {
    int bits = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat(((bits >>> 1) - bits << 23) + BACK_BITS);
  }
}
