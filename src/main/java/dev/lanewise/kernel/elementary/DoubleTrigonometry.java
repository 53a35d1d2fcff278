package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// Sine and cosine of one `double`: the arithmetic that [DoubleVectorTrigonometry] repeats, so with the same bits.
///
/// | \|x\|        | k and r + low = \|x\| − k·π/2                                                            |
/// |------------|----------------------------------------------------------------------------------------|
/// | up to MOST | k = round(2\|x\|/π), π/2 in three parts (Cody and Waite): the first product leaves no error |
/// | beyond     | [HugeAngle], number by number                                                          |
///
/// With |r| ≤ π/4, sin r = r + r³S(r²) and cos r = 1 − r²/2 + r⁴C(r²), both corrected for low as in fdlibm's `k_sin.c`
/// and `k_cos.c`; k modulo 4 decides which of the two, and its sign. The coefficients are minimax fits of this project.
/// The first product leaves no error because from π/4 on |x| and k·PI_1 are multiples of 2⁻⁵³ and differ by less than
/// 1. Largest errors 0.8 ulp.
public final class DoubleTrigonometry {

  /// Up to here k has so few bits that r is right to its last place, however near a multiple of π/2 the argument is.
  static final double MOST = 0x1p30;
  /// 1.5·2⁵² rounds a number added to it to an integer.
  static final double SHIFT = 0x1.8p52;
  static final double TWO_OVER_PI = 0.6366197723675814;
  static final double PI_1 = 0x1.921fb54442d18p0;
  static final double PI_2 = 0x1.1a62633145c07p-54;
  static final double PI_3 = -0x1.f1976b7ed8fbcp-110;

  static final double S1 = -0x1.5555555555549p-3;
  static final double S2 = 0x1.111111110f880p-7;
  static final double S3 = -0x1.a01a019c125bbp-13;
  static final double S4 = 0x1.71de357868c36p-19;
  static final double S5 = -0x1.ae5e66ccb8956p-26;
  static final double S6 = 0x1.5d932d1d620eep-33;
  static final double C1 = 0x1.555555555554cp-5;
  static final double C2 = -0x1.6c16c16c15183p-10;
  static final double C3 = 0x1.a01a019cb2583p-16;
  static final double C4 = -0x1.27e4f80a675f8p-22;
  static final double C5 = 0x1.1ee9ec3e4d4fdp-29;
  static final double C6 = -0x1.8faecaa583509p-37;

  private DoubleTrigonometry() {}

  public static double sin(double x) {
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(sinOfSum(Math.abs(x), 0)) ^ Double.doubleToRawLongBits(x) & Long.MIN_VALUE);
  }

  public static double cos(double x) {
    return sinOfSum(Math.abs(x), 1);
  }

  /// sin(a + quarters·π/2), a ≥ 0.
  private static double sinOfSum(double a, int quarters) {
    if (!(a <= MOST)) {
      return HugeAngle.sin(a, quarters);
    }
    double shifted = exact(a, TWO_OVER_PI, SHIFT);
    double k = shifted - SHIFT;
    double first = exact(k, -PI_1, a);
    double second = k * PI_2;
    double r = first - second;
    double low = exact(k, -PI_3, first - r - second - exact(k, PI_2, -second));
    return ofReduced(r, low, (int) Double.doubleToRawLongBits(shifted) + quarters);
  }

  /// sin(r + low + quarters·π/2), |r| ≤ π/4.
  static double ofReduced(double r, double low, int quarters) {
    double square = r * r;
    double fourth = square * square;
    double half = square * 0.5;
    double y;
    if ((quarters & 1) == 0) {
      double top = fast(fast(S6, square, S5), fourth, fast(S4, square, S3));
      double series = fast(top, fourth, fast(S2, square, S1));
      y = r + fast(square * r, series, fast(low, -half, low));
    } else {
      double top = fast(fast(C6, square, C5), fourth, fast(C4, square, C3));
      double series = fast(top, fourth, fast(C2, square, C1));
      double near = 1 - half;
      y = near + (1 - near - half + fast(fourth, series, -(r * low)));
    }
    return (quarters & 2) == 0 ? y : -y;
  }
}
