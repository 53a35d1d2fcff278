package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.math.FloatMath.*;

/// Mish, x·tanh(log(1 + eˣ)), of one `float`, by the arithmetic that [FloatVectorMish] repeats and the formulas of
/// [DoubleMish].
///
/// | function | largest error seen   |
/// |----------|----------------------|
/// | mish     | 1.44 ulp             |
/// | mish′    | 2⁻²⁴ and 3.5 ulp     |
///
/// The largest errors are those of `mvn -Pexhaustive verify`.
public final class FloatMish {

  /// Above FAR tanh(log(1 + eˣ)) is 1, between ± FAR e² and its inverse are normal numbers. Below −END x·eˣ is an
  /// underflow.
  static final float FAR = 40;
  static final float END = 114;

  private FloatMish() {}

  public static float mish(float x) {
    float shifted = exact(x, LOG2_E, SHIFT);
    float m = expm1OfReduced(reduced(x, shifted - SHIFT));
    float power = power(shifted);
    float rest = rest(shifted);
    float high = exact(power, m, power);
    float low = exact(power, m, power - high);
    float e = high * rest;
    float half = e * 0.5f;
    float nu = exact(half, high, high);
    float lost = exact(e + 1, low, exact(half, high, high - nu));
    float whole = nu * rest;
    float inverse = 1 / (whole + 1);
    float share = nu * inverse;
    float carried = inverse * exact(inverse, lost, exact(-share, whole, nu - share));
    // The sign of x, as in double.
    float mish = withSignOf(x, exact(x, share, x * carried) * rest);
    return x > FAR ? x : x < -END ? x * 0.0f : mish;
  }

  /// mish′(x); NaN at ±∞, as in double.
  public static float mishSlope(float x) {
    float shifted = exact(x, LOG2_E, SHIFT);
    float m = expm1OfReduced(reduced(x, shifted - SHIFT));
    float power = power(shifted);
    float rest = rest(shifted);
    float high = exact(power, m, power);
    float low = exact(power, m, power - high);
    float e = high * rest;
    float half = e * 0.5f;
    float nu = exact(half, high, high);
    float lost = exact(e + 1, low, exact(half, high, high - nu));
    float whole = nu * rest;
    float inverse = 1 / (whole + 1);
    float share = nu * inverse;
    float carried = inverse * exact(inverse, lost, exact(-share, whole, nu - share));
    float zeta = 1 - (share + carried) * rest;
    float q = x * zeta;
    float small = zeta * exact(e, q + 0.5f, q + 1);
    float ofNegative = exact(small, high, small * low) * rest;
    float ofPositive = exact(inverse, exact(x * inverse, exact(e, e, e), -1.0f), 1.0f);
    float slope = x < 0 ? ofNegative : ofPositive;
    return x > FAR ? x * 0.0f + 1 : x < -END ? x * 0.0f : slope;
  }
}
