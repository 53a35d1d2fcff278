package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// The error function in `double`, by the arithmetic that [DoubleVectorErf] repeats.
///
/// | x          | erf(x)                                                                     |
/// |------------|----------------------------------------------------------------------------|
/// | below 1    | C x + x(S0 + S2 x² + … + S26 x²⁶), C + S0 = 2/√π                            |
/// | to [#END]  | 1 − 2 e^(−x²) G(√2 x), G of [DoubleNormal]                                 |
/// | beyond     | 1                                                                          |
///
/// The coefficients are weighted least squares at Chebyshev nodes in 60 digits. Largest error ≤ 2 ulp.
public final class DoubleErf {

  static final double END = 6;
  static final double SMALL = 1;
  static final double SQRT_2 = 1.4142135623730951;
  static final double C = 1.1283791670955126;
  static final double S0 = 1.533545961316588e-17;
  static final double S2 = -0.37612638903183754;
  static final double S4 = 0.11283791670955191;
  static final double S6 = -0.026866170645143454;
  static final double S8 = 0.005223977625561068;
  static final double S10 = -0.0008548327030387061;
  static final double S12 = 0.00012055333240839783;
  static final double S14 = -1.4925656732028873e-05;
  static final double S16 = 1.6462217180156398e-06;
  static final double S18 = -1.6366868639373147e-07;
  static final double S20 = 1.4812010693358071e-08;
  static final double S22 = -1.2276555106428996e-09;
  static final double S24 = 9.08317415441224e-11;
  static final double S26 = -4.785902663161709e-12;

  private DoubleErf() {}

  public static double erf(double x) {
    double magnitude = Math.abs(x);
    double a = magnitude > END ? END : magnitude;
    double square = a * a;
    double erf = a < SMALL ? small(a, square) : lessTail(a, square);
    return DoubleMath.withSignOf(x, erf);
  }

  private static double small(double a, double square) {
    double fourth = square * square;
    double s = fast(square, S26, S24);
    s = fast(s, fourth, fast(square, S22, S20));
    s = fast(s, fourth, fast(square, S18, S16));
    s = fast(s, fourth, fast(square, S14, S12));
    s = fast(s, fourth, fast(square, S10, S8));
    s = fast(s, fourth, fast(square, S6, S4));
    s = fast(s, fourth, fast(square, S2, S0));
    return exact(a, C, a * s);
  }

  /// 1 − erfc(a) with erfc(a) = 2 Φ(−√2 a).
  private static double lessTail(double a, double square) {
    double shifted = DoubleMath.shifted(-square);
    double fraction = DoubleMath.fraction(-square, shifted - DoubleMath.SHIFT);
    double g = DoubleNormal.tail(a * SQRT_2);
    double power = DoubleMath.power(shifted) * DoubleMath.rest(shifted);
    return fast(-2.0 * power, fast(fraction, g, g), 1.0);
  }
}
