package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.math.FloatMath.at;

/// tanh in `float` by a table: on each of eight pieces a polynomial of degree 8 around a center, coefficients and
/// center picked by the leading bits of |x| + ½. The arithmetic that `FloatVectorTanh` repeats.
///
/// | piece | |x| up to | center                              |
/// |-------|-----------|-------------------------------------|
/// | 4, 5  | ¼, ½      | 0: t + t·(C3 t² + …); near 3/8      |
/// | 6, 7  | 1, 1½     | near the middle                     |
/// | 0, 1  | 2½, 3½    | near the middle                     |
/// | 2, 3  | 5½, [#END], beyond which tanh rounds to 1 | beyond the middle: t < C0 |
///
/// At a center tanh is a `float` to within two hundredths of an ulp, and its derivative nearly so (Gal, *Computing
/// elementary functions*, 1986). Rounding the table then costs nothing: from |x| = 1 on the value's error is hardly
/// more than its own rounding, as 1 − y² needs. The other coefficients are weighted least squares at Chebyshev
/// nodes, in 40 digits. Largest error 0.81 ulp, just above ½. 1 − y² is off by up to 1.147·2⁻²⁴ where four ulp are less
/// than that; with a correctly rounded y the factor would be 1.06.
///
/// On piece 4 the polynomial begins with t itself, so that small x stay exact: there C0 is 0. On all other pieces t is
/// less than C0, so q·t is added to the larger of t and C0 everywhere. The two are compared by their bits: as integers,
/// the bits of positive numbers compare like the numbers, and those of negative numbers are less.
public final class FloatTanh {

  static final float END = 9.02f;
  static final float ORIGIN = 0.5f;
  /// The number of bits to the right of the leading bits, which include one of the fraction.
  static final int LEADING = 22;
  /// The last piece's leading bits.
  static final int LAST = Float.floatToRawIntBits(7.5f) >>> LEADING;

  /// By the leading bits modulo 8, so piece 4 comes first.
  static final int[] CENTERS = FloatMath.table(
      1.9999849f, 3.0000088f, 4.550061f, 8.1151f, 0f, 0.3750116f, 0.7500721f, 1.2502369f);
  static final int[] C0 = FloatMath.table(
      0.9640265f, 0.99505484f, 0.9997767f, 0.9999998f, 0f, 0.3583675f, 0.635192f, 0.84835005f);
  static final int[] C1 = FloatMath.table(
      0.07065291f, 0.009865864f, 0.000446498f, 3.5785604e-7f, 0f, 0.87157273f, 0.59653115f, 0.2803022f);
  static final int[] C2 = FloatMath.table(
      -0.06811128f, -0.009817094f, -0.00044639345f, -3.7070208e-7f, 0f, -0.3123434f, -0.3789118f, -0.23779435f);
  static final int[] C3 = FloatMath.table(
      0.042108912f, 0.006479896f, 0.00029761606f, 2.3338971e-7f, -0.33333343f, -0.17859055f, 0.04183773f, 0.108299f);
  static final int[] C4 = FloatMath.table(
      -0.017890958f, -0.0031752372f, -0.00014874295f, -7.970866e-8f, 0f, 0.16812766f, 0.09972843f, -0.012611844f);
  static final int[] C5 = FloatMath.table(
      0.0047983215f, 0.0012192287f, 5.8823443e-5f, 7.408064e-8f, 0.13335337f, 0.018653644f, -0.064021185f,
      -0.019183816f);
  static final int[] C6 = FloatMath.table(
      -0.00016409144f, -0.00037425492f, -1.9378216e-5f, -3.910478e-8f, 0f, -0.07068693f, -0.001003366f, 0.015216519f);
  static final int[] C7 = FloatMath.table(
      -0.00074572745f, 8.684787e-5f, 6.2719764e-6f, -2.2073431e-8f, -0.056023944f, 0.012627516f, 0.021330234f,
      -0.0044369507f);
  static final int[] C8 = FloatMath.table(
      0.00045173502f, -9.308505e-6f, -1.6461915e-6f, -8.569741e-9f, 0.012369733f, 0.051633816f, -0.009851549f,
      -0.0011799887f);

  private FloatTanh() {}

  public static float tanh(float x) {
    float a = Math.abs(x);
    int j = Math.min(Float.floatToRawIntBits(a + ORIGIN) >>> LEADING, LAST);
    float t = a - at(CENTERS, j);
    float square = t * t;
    float top = exact(at(C8, j), square, exact(at(C7, j), t, at(C6, j)));
    float low = exact(exact(at(C5, j), t, at(C4, j)), square, exact(at(C3, j), t, at(C2, j)));
    float q = exact(exact(top, square * square, low), t, at(C1, j));
    float y = exact(q, t, FloatMath.largerBits(at(C0, j), t));
    return FloatMath.withSignOf(x, a > END ? 1.0f : y);
  }
}
