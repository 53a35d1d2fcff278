package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// gelu(x) = x Φ(x) and its slope, in `double`, by the arithmetic that [DoubleVectorNormal] repeats. Largest error seen
/// of gelu: 1.9 ulp.
///
/// Φ is the standard normal's distribution: Φ(−a) = e^(−a²/2)·G(a) for a ≥ 0, Φ(a) = 1 − Φ(−a).
///
/// G(a) = ½ e^(a²/2) erfc(a/√2) falls slowly, like 1/(a√(2π)), so that the tail keeps its relative accuracy: it is
/// v·P(2v − 1) with v = 1/(1 + a/5) and P of degree 21, a minimax fit of this project by Remez exchange over 0 ≤ a ≤ 39
/// (relative error 0.12·2⁻⁵³). Mapping the half-line by such a v is M. M. Shepherd and J. G. Laframboise's idea,
/// *Mathematics of Computation* 36 (1981).
public final class DoubleNormal {

  /// Φ(−39) is below the smallest `double`.
  public static final double TAIL_END = 39;
  /// Up to this all intermediate values are normal.
  static final double GELU_NEAR = 16;
  public static final double INVERSE_SQRT_2PI = 0.3989422804014327;

  /// Slightly more than 1/5, so that T0 is a `double` to within 6 % of half its last place.
  static final double MAP = 0.20000000000000046;
  static final double T0 = 0.15383860995001292;
  static final double T1 = 0.13307650057801151;
  static final double T2 = 0.09906112319399542;
  static final double T3 = 0.06270663133426303;
  static final double T4 = 0.03300407323407213;
  static final double T5 = 0.013823727741190265;
  static final double T6 = 0.004159013360048478;
  static final double T7 = 0.000598675355139093;
  static final double T8 = -0.00015957388029669807;
  static final double T9 = -0.00010897982117357623;
  static final double T10 = -1.1875142253147852e-05;
  static final double T11 = 9.952602047780745e-06;
  static final double T12 = 3.336228957432212e-06;
  static final double T13 = -7.962982485711846e-07;
  static final double T14 = -5.53811022046705e-07;
  static final double T15 = 6.754862700489043e-08;
  static final double T16 = 8.653726106101957e-08;
  static final double T17 = -8.722466985933796e-09;
  static final double T18 = -1.306394684631417e-08;
  static final double T19 = 2.04217507206128e-09;
  static final double T20 = 1.436387419581977e-09;
  static final double T21 = -4.0278075386958194e-10;

  private DoubleNormal() {}

  public static double gelu(double x) {
    double shifted = gaussianShifted(x);
    return timesCdf(x, x, shifted, gaussianFraction(x, shifted)) * tailScale(x, shifted);
  }

  /// gelu′(−a) = e^(−a²/2)(G(a) − a/√(2π)) for a ≥ 0, where what cancels is not yet rounded, and gelu′(a) = 1 −
  /// gelu′(−a).
  public static double geluSlope(double x) {
    double shifted = gaussianShifted(x);
    double fraction = gaussianFraction(x, shifted);
    double a = tailArgument(x);
    double g = tail(a);
    double level = exact(-a, INVERSE_SQRT_2PI, g) + correction(a, g);
    double least = fast(fraction, level, level) * DoubleMath.power(shifted)
        * (x < -TAIL_END ? 0.0 : DoubleMath.rest(shifted));
    return x < 0 ? least : 1 - least;
  }

  /// SHIFT + k with k = round(−x²/(2 ln 2)), see [DoubleMath#shifted].
  static double gaussianShifted(double x) {
    double a = tailArgument(x);
    return DoubleMath.shifted(-0.5 * a * a);
  }

  /// e^(−x²/2)/2^k − 1. What rounding −x²/2 loses is added after the reduction, where it still counts.
  static double gaussianFraction(double x, double shifted) {
    double a = tailArgument(x);
    double h = -0.5 * a;
    double exponent = h * a;
    double lost = exact(h, a, -exponent);
    double turns = shifted - DoubleMath.SHIFT;
    double low = fast(turns, -DoubleMath.LN2_LOW, lost);
    return DoubleMath.fractionFrom(fast(turns, -DoubleMath.LN2_HIGH, exponent), low);
  }

  /// factor·Φ(x) without [#tailScale], given both parts of e^(−x²/2): factor·([0 or 1] ± 2^k(1 + fraction)(g + …)),
  /// rounded once. What the sum has rounded away is multiplied by a clamped factor, so that ∞·0 makes no NaN. It is 0
  /// wherever the factor is clamped.
  static double timesCdf(double factor, double x, double shifted, double fraction) {
    double a = tailArgument(x);
    double g = tail(a);
    double correction = correction(a, g);
    double remainder = fast(fraction, g, fast(fraction, correction, correction));

    double part = DoubleMath.power(shifted);
    double base = x < 0 ? 0.0 : 1.0;
    double power = x < 0 ? part : -(part * DoubleMath.rest(shifted));
    double sum = fast(power, g, base);
    double carried = fast(power, remainder, fast(power, g, base - sum));
    return exact(factor, sum, (factor > TAIL_END ? TAIL_END : factor) * carried);
  }

  /// G(a), rounded.
  static double tail(double a) {
    double v = 1 / fast(a, MAP, 1.0);
    double t = fast(v, 2.0, -1.0);
    return v * fast(t, fast(t, polynomial(t), T1), T0);
  }

  /// The rounding error of G(a).
  private static double correction(double a, double g) {
    double divisor = fast(a, MAP, 1.0);
    double v = 1 / divisor;
    double excess = fast(-v, exact(a, MAP, 1 - divisor), exact(-v, divisor, 1.0));
    double t = fast(v, 2.0, -1.0);
    double inner = polynomial(t);
    double rest = fast(t, inner, T1);
    double p = fast(t, rest, T0);
    double lost = fast(t, exact(t, inner, T1 - rest), exact(t, rest, T0 - p));
    double low = fast(v, lost, exact(v, p, -g));
    // v belongs to an argument that is off by −excess·divisor/MAP; G′ = a·G − 1/√(2π) brings g back to a.
    double slope = fast(a, g, -INVERSE_SQRT_2PI);
    return fast(slope, excess * divisor * (-1 / MAP), low);
  }

  /// Below 0, the factor of half the exponent; 0 where the argument was clamped. It is applied last, so that a factor x
  /// comes before the result may become subnormal.
  static double tailScale(double x, double shifted) {
    double tail = x < -TAIL_END ? 0.0 : DoubleMath.rest(shifted);
    return x < 0 ? tail : 1.0;
  }

  /// (P(t) − T0 − T1 t)/t² by pairs of powers, every second pair in one sum, the others in another. So the chains are
  /// short, and half of the constants are factors, see `src/build/NearKernels.java`. T0 and T1 are left out because for
  /// t < 0 the largest terms cancel.
  private static double polynomial(double t) {
    double t2 = t * t;
    double t4 = t2 * t2;
    double upper = fast(t, T21, T20);
    upper = fast(upper, t4, fast(t, T17, T16));
    upper = fast(upper, t4, fast(t, T13, T12));
    upper = fast(upper, t4, fast(t, T9, T8));
    upper = fast(upper, t4, fast(t, T5, T4));
    double lower = fast(t, T19, T18);
    lower = fast(lower, t4, fast(t, T15, T14));
    lower = fast(lower, t4, fast(t, T11, T10));
    lower = fast(lower, t4, fast(t, T7, T6));
    lower = fast(lower, t4, fast(t, T3, T2));
    return fast(upper, t2, lower);
  }

  /// |x|, clamped where all results underflow, so that squaring infinity makes no NaN.
  private static double tailArgument(double x) {
    double a = Math.abs(x);
    return a > TAIL_END ? TAIL_END : a;
  }
}
