package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;

/// Sine and cosine of one `float`: the arithmetic that [FloatVectorTrigonometry] repeats, so with the same bits.
///
/// The formulas are those of [DoubleTrigonometry], which takes the arguments beyond MOST. Largest errors 0.81 ulp.
public final class FloatTrigonometry {

  /// Up to here k has so few bits that r is right to its last place, however near a multiple of π/2 the argument is.
  static final float MOST = 0x1p16f;
  /// 1.5·2²³ rounds what is added to it to an integer.
  static final float SHIFT = 0x1.8p23f;
  static final float TWO_OVER_PI = 0.63661975f;
  static final float PI_1 = 0x1.921fb6p0f;
  static final float PI_2 = -0x1.777a5cp-25f;
  static final float PI_3 = -0x1.ee59dap-50f;

  static final float S1 = -0.16666655f;
  static final float S2 = 0.00833218073502470f;
  static final float S3 = -0.00019517579391305f;
  static final float C1 = 0.04166664711145782f;
  static final float C2 = -0.00138873775513786f;
  static final float C3 = 0.0000244394472347339f;

  private FloatTrigonometry() {}

  public static float sin(float x) {
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(sinOfSum(Math.abs(x), 0)) ^ Float.floatToRawIntBits(x) & Integer.MIN_VALUE);
  }

  public static float cos(float x) {
    return sinOfSum(Math.abs(x), 1);
  }

  /// sin(a + quarters·π/2), a ≥ 0.
  private static float sinOfSum(float a, int quarters) {
    if (!(a <= MOST)) {
      return (float) (quarters == 0 ? DoubleTrigonometry.sin(a) : DoubleTrigonometry.cos(a));
    }
    float shifted = exact(a, TWO_OVER_PI, SHIFT);
    float k = shifted - SHIFT;
    float first = exact(k, -PI_1, a);
    float second = k * PI_2;
    float r = first - second;
    float low = exact(k, -PI_3, first - r - second - exact(k, PI_2, -second));
    return ofReduced(r, low, Float.floatToRawIntBits(shifted) + quarters);
  }

  /// sin(r + low + quarters·π/2), |r| ≤ π/4 and a little.
  private static float ofReduced(float r, float low, int quarters) {
    float square = r * r;
    float fourth = square * square;
    float half = square * 0.5f;
    float y;
    if ((quarters & 1) == 0) {
      float series = exact(fourth, S3, exact(S2, square, S1));
      y = r + exact(square * r, series, exact(low, -half, low));
    } else {
      float series = exact(fourth, C3, exact(C2, square, C1));
      float near = 1 - half;
      y = near + (1 - near - half + exact(fourth, series, -(r * low)));
    }
    return (quarters & 2) == 0 ? y : -y;
  }
}
