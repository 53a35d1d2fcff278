package dev.lanewise.kernel;

/// The standard normal's distribution Φ and density, in `float`, by the arithmetic that [FloatVectorNormal] repeats.
///
/// | function  | formula                                                                      | largest error seen |
/// |-----------|------------------------------------------------------------------------------|--------------------|
/// | normalCdf | Φ(−a) = e^(−a²/2)·G(a) for a ≥ 0, Φ(a) = 1 − Φ(−a)                           | 1.5 ulp            |
/// | normalPdf | e^(−x²/2)/√(2π)                                                              | 1.2 ulp            |
/// | gelu      | x Φ(x), rounded together                                                     | 1.6 ulp            |
///
/// G(a) = ½ e^(a²/2) erfc(a/√2) falls slowly, like 1/(a√(2π)), so that the tail keeps its relative accuracy: it is
/// v·P(2v − 1) with v = 1/(1 + a/4) and P of degree 9, a minimax fit of this project by Remez exchange over 0 ≤ a ≤ 14.6
/// (relative error 0.15·2⁻²⁴). Mapping the half-line by such a v is M. M. Shepherd and J. G. Laframboise's idea,
/// *Mathematics of Computation* 36 (1981).
final class FloatNormal {

  /// Φ(−14.5) is below the smallest `float`.
  static final float TAIL_END = 14.5f;
  static final float INVERSE_SQRT_2PI = 0.3989423f;

  /// A hair off 1/4: with it T0 is a `float` but for 5 % of half its last place.
  static final float MAP = 0.25000018f;
  static final float T0 = 0.18882140517234802f;
  static final float T1 = 0.15197420120239258f;
  static final float T2 = 0.09678420424461365f;
  static final float T3 = 0.04663080722093582f;
  static final float T4 = 0.015100883319973946f;
  static final float T5 = 0.0018812227062880993f;
  static final float T6 = -0.0008780253701843321f;
  static final float T7 = -0.0003923949843738228f;
  static final float T8 = 4.4594635255634785e-05f;
  static final float T9 = 3.310770262032747e-05f;

  private FloatNormal() {}

  static float normalCdf(float x) {
    float shifted = gaussianShifted(x);
    return timesCdf(1, x, shifted, gaussianFraction(x, shifted)) * tailScale(x, shifted);
  }

  static float gelu(float x) {
    float shifted = gaussianShifted(x);
    return gelu(x, shifted, gaussianFraction(x, shifted));
  }

  static float gelu(float x, float shifted, float fraction) {
    return timesCdf(x, x, shifted, fraction) * tailScale(x, shifted);
  }

  /// gelu′(−a) = e^(−a²/2)(G(a) − a/√(2π)) for a ≥ 0, where what cancels is not yet rounded, and gelu′(a) = 1 − gelu′(−a).
  static float geluSlope(float x, float shifted, float fraction) {
    float a = tailArgument(x);
    float g = tail(a);
    float level = Math.fma(-a, INVERSE_SQRT_2PI, g) + correction(a, g);
    float least = Math.fma(fraction, level, level) * FloatMath.power(shifted) * (x < -TAIL_END ? 0.0f : FloatMath.rest(shifted));
    return x < 0 ? least : 1 - least;
  }

  static float normalPdf(float x) {
    float shifted = gaussianShifted(x);
    return normalPdf(shifted, gaussianFraction(x, shifted));
  }

  /// SHIFT + k with k = round(−4x²/ln 2), see [FloatMath#shifted].
  static float gaussianShifted(float x) {
    float a = tailArgument(x);
    return FloatMath.shifted(-0.5f * a * a);
  }

  /// e^(−x²/2)/2^(k/8) − 1. What rounding −x²/2 loses is added after the reduction, where it still counts.
  static float gaussianFraction(float x, float shifted) {
    float a = tailArgument(x);
    float h = -0.5f * a;
    float exponent = h * a;
    float lost = Math.fma(h, a, -exponent);
    float turns = shifted - FloatMath.SHIFT;
    float low = Math.fma(turns, -FloatMath.LN2_8_LOW, FloatMath.lost(shifted) + lost);
    return FloatMath.fractionFrom(Math.fma(turns, -FloatMath.LN2_8_HIGH, exponent), low);
  }

  /// The density, given both parts of e^(−x²/2).
  static float normalPdf(float shifted, float fraction) {
    return Math.fma(fraction, INVERSE_SQRT_2PI, INVERSE_SQRT_2PI) * FloatMath.power(shifted) * FloatMath.rest(shifted);
  }

  /// factor·Φ(x) but for [#tailScale], given both parts of e^(−x²/2): factor·([0 or 1] ± 2^(k/8)(1 + fraction)(g + …)), rounded once.
  /// Where the factor is held, what sum has rounded away is 0; held so that ∞·0 makes no NaN.
  private static float timesCdf(float factor, float x, float shifted, float fraction) {
    float a = tailArgument(x);
    float g = tail(a);
    float correction = correction(a, g);
    float remainder = Math.fma(fraction, g, Math.fma(fraction, correction, correction));

    float part = FloatMath.power(shifted);
    float base = x < 0 ? 0.0f : 1.0f;
    float power = x < 0 ? part : -(part * FloatMath.rest(shifted));
    float sum = Math.fma(power, g, base);
    float carried = Math.fma(power, remainder, Math.fma(power, g, base - sum));
    return Math.fma(factor, sum, (factor > TAIL_END ? TAIL_END : factor) * carried);
  }

  /// G(a), rounded.
  private static float tail(float a) {
    float v = 1 / Math.fma(a, MAP, 1.0f);
    float t = Math.fma(v, 2.0f, -1.0f);
    return v * Math.fma(t, Math.fma(t, polynomial(t), T1), T0);
  }

  /// What rounding took from G(a).
  private static float correction(float a, float g) {
    float divisor = Math.fma(a, MAP, 1.0f);
    float v = 1 / divisor;
    float excess = Math.fma(-v, Math.fma(a, MAP, 1 - divisor), Math.fma(-v, divisor, 1.0f));
    float t = Math.fma(v, 2.0f, -1.0f);
    float inner = polynomial(t);
    float rest = Math.fma(t, inner, T1);
    float p = Math.fma(t, rest, T0);
    float lost = Math.fma(t, Math.fma(t, inner, T1 - rest), Math.fma(t, rest, T0 - p));
    float low = Math.fma(v, lost, Math.fma(v, p, -g));
    // v belongs to an argument that is off by −excess·divisor/MAP; G′ = a·G − 1/√(2π) brings g back to a.
    float slope = Math.fma(a, g, -INVERSE_SQRT_2PI);
    return Math.fma(slope, excess * divisor * (-1 / MAP), low);
  }

  /// Below 0 half of the exponent, kept back so that a factor x comes before the result may become subnormal; 0 where the
  /// argument was held.
  private static float tailScale(float x, float shifted) {
    float tail = x < -TAIL_END ? 0.0f : FloatMath.rest(shifted);
    return x < 0 ? tail : 1.0f;
  }

  /// (P(t) − T0 − T1 t)/t², by Estrin's scheme. T0 and T1 are left out because for t < 0 the largest terms cancel.
  private static float polynomial(float t) {
    float t2 = t * t;
    float t4 = t2 * t2;
    float a = Math.fma(Math.fma(T5, t, T4), t2, Math.fma(T3, t, T2));
    float b = Math.fma(Math.fma(T9, t, T8), t2, Math.fma(T7, t, T6));
    return Math.fma(b, t4, a);
  }

  /// |x|, held where all is underflow, so that squaring infinity makes no NaN.
  private static float tailArgument(float x) {
    float a = Math.abs(x);
    return a > TAIL_END ? TAIL_END : a;
  }
}
