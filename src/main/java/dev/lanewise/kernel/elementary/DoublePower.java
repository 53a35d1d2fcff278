package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;
import static dev.lanewise.kernel.math.DoubleMath.LN2_HIGH;
import static dev.lanewise.kernel.math.DoubleMath.LN2_LOW;

import dev.lanewise.kernel.math.DoubleMath;

/// x^y = e^(y log x) of one `double`, with a logarithm of twice as many digits: the arithmetic that [DoubleVectorPower]
/// repeats.
///
/// With |x| = 2^k·m, √½ < m < √2, and s = (m − 1)/(m + 1), log m = 2s(1 + s²(⅓ + s²Q(s²))). Q alone is in `double`; all
/// other steps keep their rounding errors, so that the relative error of the logarithm is 2⁻⁶⁴, and the error of
/// y log x, up to 745, changes the result by a tenth of its last place. The coefficients are a minimax fit of this
/// project. Largest error 0.92 ulp.
public final class DoublePower {

  static final double THIRD = 0x1.5555555555555p-2;
  static final double THIRD_LOW = 0x1.5555555555555p-56;
  static final double Q0 = 0x1.9999999999996p-3;
  static final double Q1 = 0x1.2492492493034p-3;
  static final double Q2 = 0x1.c71c71c58082ep-4;
  static final double Q3 = 0x1.745d1832458b8p-4;
  static final double Q4 = 0x1.3b1362b9b00fcp-4;
  static final double Q5 = 0x1.1120b510be9d9p-4;
  static final double Q6 = 0x1.de3388494525ep-5;
  static final double Q7 = 0x1.eb1057f405560p-5;

  private DoublePower() {}

  /// The larger part of an exponent: here all of it.
  static double high(double y) {
    return y;
  }

  /// The rest of an exponent: here 0, but not in [FloatPower].
  static double low(double y) {
    return 0;
  }

  /// Whether a number is odd, which decides the sign of powers of negative numbers.
  static boolean isOdd(double y) {
    return Math.abs(y) < 0x1p53 && y == Math.rint(y) && ((long) y & 1) == 1;
  }

  /// x^y with the special values of `Math.pow`, y not 0.
  ///
  /// @param odd whether y is
  public static double pow(double x, double y, boolean odd) {
    double a = Math.abs(x);
    double power = a > 0 && a < Double.POSITIVE_INFINITY
        ? ofPositive(a, y)
        : x != x || y != y ? Double.NaN : a > 0 == y > 0 ? Double.POSITIVE_INFINITY : 0.0;
    if (x < 0 && y != Math.rint(y) && a < Double.POSITIVE_INFINITY) {
      return Double.NaN;
    }
    return odd ? Math.copySign(power, x) : power;
  }

  /// For finite x above 0.
  private static double ofPositive(double x, double y) {
    boolean tiny = x < Double.MIN_NORMAL;
    long bits = Double.doubleToRawLongBits(tiny ? x * DoubleMath.SUBNORMAL_SCALE : x)
        + (DoubleMath.ONE_BITS - DoubleMath.SQRT_HALF_BITS);
    double k = Double.longBitsToDouble(bits >>> 52 | DoubleMath.TWO_TO_52_BITS)
        - (tiny ? DoubleMath.SUBNORMAL_EXPONENT : DoubleMath.EXPONENT);
    double f = Double.longBitsToDouble((bits & DoubleMath.MANTISSA) + DoubleMath.SQRT_HALF_BITS) - 1;

    double divisor = 2 + f;
    double divisorLow = f - (divisor - 2);
    double s = f / divisor;
    double sLow = fast(-s, divisorLow, exact(-s, divisor, f)) / divisor;
    double z = s * s;
    double zLow = fast(s * 2, sLow, exact(s, s, -z));
    double z2 = z * z;
    double top = fast(fast(Q7, z, Q6), z2, fast(Q5, z, Q4));
    double tail = z * fast(fast(top, z2, fast(Q3, z, Q2)), z2, fast(Q1, z, Q0));
    double u = THIRD + tail;
    double uLow = THIRD - u + tail + THIRD_LOW;
    double w = z * u;
    double wLow = fast(zLow, u, fast(z, uLow, exact(z, u, -w)));
    double twice = s * 2;
    double bent = twice * w;
    double bentLow = fast(sLow * 2, w, fast(twice, wLow, exact(twice, w, -bent)));
    double part = twice + bent;
    double partLow = twice - part + bent + fast(sLow, 2.0, bentLow);
    double whole = k * LN2_HIGH;
    double log = whole + part;
    double logLow = whole - log + part + fast(k, LN2_LOW, partLow);
    double product = y * log;
    return DoubleMath.exp(product, fast(y, logLow, exact(y, log, -product)));
  }
}
