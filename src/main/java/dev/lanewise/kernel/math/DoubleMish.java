package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// Mish, x·tanh(log(1 + eˣ)), of one `double`, by the arithmetic that [DoubleVectorMish] repeats.
///
/// | function | formula                                                                        | largest error seen |
/// |----------|--------------------------------------------------------------------------------|--------------------|
/// | mish     | xν/(1 + ν), ν = e + e²/2, e = exp(x)                                           | ≤ 2 ulp            |
/// | mish′    | ζe((1 + q) + e(½ + q)) below 0, else 1 + ζ(q(e + e²) − 1), ζ = 1/(1 + ν), q = xζ | 2⁻⁵³ or 5 ulp |
///
/// tanh(log g) = (g² − 1)/(g² + 1), here with g = 1 + e and both divided by two. The rounding errors of e, of ν and of
/// the quotient are corrected. At the zero of mish′, −1.19, its two terms cancel in one factor: there 1 + q and ½ + q
/// are exact, so the relative error of that factor stays small.
///
/// D. Misra, *Mish: A Self Regularized Non-Monotonic Activation Function*, arXiv 1908.08681 (2019), equation 1. The
/// largest errors are those of `mvn -Pexhaustive verify`.
public final class DoubleMish {

  /// Above this tanh(log(1 + eˣ)) is 1. Between ± this e² and its inverse are normal numbers.
  static final double FAR = 40;
  /// Below −END x·eˣ underflows.
  static final double END = -DoubleMath.EXP_MIN;

  private DoubleMish() {}

  /// Where eˣ is subnormal, x·eˣ may still be a normal number: 2^⌈k/2⌉ is the last factor.
  public static double mish(double x) {
    double shifted = DoubleMath.shifted(x);
    double m = DoubleMath.fraction(x, shifted - DoubleMath.SHIFT);
    double power = DoubleMath.power(shifted);
    double rest = DoubleMath.rest(shifted);
    double high = fast(power, m, power);
    double low = fast(power, m, power - high);
    double e = high * rest;
    double half = e * 0.5;
    double nu = fast(half, high, high);
    double lost = fast(e + 1, low, exact(half, high, high - nu));
    double whole = nu * rest;
    double inverse = 1 / (whole + 1);
    double share = nu * inverse;
    double carried = inverse * fast(inverse, lost, exact(-share, whole, nu - share));
    // Where x is 0 the sum of both products may be the other zero.
    double mish = DoubleMath.withSignOf(x, fast(x, share, x * carried) * rest);
    return x > FAR ? x : x < -END ? x * 0.0 : mish;
  }

  /// mish′(x) = t + x(1 − t²)σ with t = tanh(log(1 + eˣ)); NaN at ±∞, as this formula gives.
  public static double mishSlope(double x) {
    double shifted = DoubleMath.shifted(x);
    double m = DoubleMath.fraction(x, shifted - DoubleMath.SHIFT);
    double power = DoubleMath.power(shifted);
    double rest = DoubleMath.rest(shifted);
    double high = fast(power, m, power);
    double low = fast(power, m, power - high);
    double e = high * rest;
    double half = e * 0.5;
    double nu = fast(half, high, high);
    double lost = fast(e + 1, low, exact(half, high, high - nu));
    double whole = nu * rest;
    double inverse = 1 / (whole + 1);
    double share = nu * inverse;
    double carried = inverse * fast(inverse, lost, exact(-share, whole, nu - share));
    double zeta = 1 - (share + carried) * rest;
    double q = x * zeta;
    double small = zeta * fast(e, q + 0.5, q + 1);
    double ofNegative = fast(small, high, small * low) * rest;
    double ofPositive = fast(inverse, fast(x * inverse, fast(e, e, e), -1.0), 1.0);
    double slope = x < 0 ? ofNegative : ofPositive;
    return x > FAR ? x * 0.0 + 1 : x < -END ? x * 0.0 : slope;
  }
}
