package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.math.FloatMath.LN2_REST;
import static dev.lanewise.kernel.math.FloatMath.LN2_SHORT;

import dev.lanewise.kernel.math.FloatMath;

/// x^y of one `float` as in [DoublePower]: the arithmetic that [FloatVectorPower] repeats. Largest error 1.1 ulp.
///
/// The exponent is the sum of two floats. The first is never rounded to ∞, since 1 to any finite power is 1.
final class FloatPower {

  static final float THIRD = 0x1.555556p-2f;
  static final float THIRD_LOW = -0x1.555556p-27f;
  static final float Q0 = 0.200000756924f;
  static final float Q1 = 0.14273600765f;
  static final float Q2 = 0.117085829101f;

  private FloatPower() {}

  /// The larger part of an exponent.
  static float high(double y) {
    return Double.isInfinite(y) ? (float) y : (float) Math.clamp(y, -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  /// The rest of the exponent.
  static float low(double y) {
    return (float) Math.clamp(y - high(y), -Float.MAX_VALUE, Float.MAX_VALUE);
  }

  /// x^y with the special values of `Math.pow`, y not 0.
  ///
  /// @param odd whether y is
  static float pow(float x, double y, boolean odd) {
    float a = Math.abs(x);
    float power = a > 0 && a < Float.POSITIVE_INFINITY
        ? ofPositive(a, high(y), low(y))
        : x != x || y != y ? Float.NaN : a > 0 == y > 0 ? Float.POSITIVE_INFINITY : 0.0f;
    if (x < 0 && y != Math.rint(y) && a < Float.POSITIVE_INFINITY) {
      return Float.NaN;
    }
    return odd ? Math.copySign(power, x) : power;
  }

  /// For finite x above 0.
  private static float ofPositive(float x, float y, float yLow) {
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * FloatMath.SUBNORMAL_SCALE : x)
        + (FloatMath.ONE_BITS - FloatMath.SQRT_HALF_BITS);
    float k = Float.intBitsToFloat(bits >>> 23 | FloatMath.TWO_TO_23_BITS)
        - (tiny ? FloatMath.SUBNORMAL_EXPONENT : FloatMath.EXPONENT);
    float f = Float.intBitsToFloat((bits & FloatMath.MANTISSA) + FloatMath.SQRT_HALF_BITS) - 1;

    float divisor = 2 + f;
    float divisorLow = f - (divisor - 2);
    float s = f / divisor;
    float sLow = exact(-s, divisorLow, exact(-s, divisor, f)) / divisor;
    float z = s * s;
    float zLow = exact(s * 2, sLow, exact(s, s, -z));
    float tail = z * exact(exact(Q2, z, Q1), z, Q0);
    float u = THIRD + tail;
    float uLow = THIRD - u + tail + THIRD_LOW;
    float w = z * u;
    float wLow = exact(zLow, u, exact(z, uLow, exact(z, u, -w)));
    float twice = s * 2;
    float bent = twice * w;
    float bentLow = exact(sLow * 2, w, exact(twice, wLow, exact(twice, w, -bent)));
    float part = twice + bent;
    float partLow = twice - part + bent + exact(sLow, 2.0f, bentLow);
    float whole = k * LN2_SHORT;
    float log = whole + part;
    float logLow = whole - log + part + exact(k, LN2_REST, partLow);
    float product = y * log;
    return FloatMath.exp(product, exact(y, logLow, exact(yLow, log, exact(y, log, -product))));
  }
}
