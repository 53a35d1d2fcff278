package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;
import static dev.lanewise.kernel.math.FloatMath.at;

/// gelu in `float`, by an exponential and a table: the arithmetic that `FloatVectorNormal` repeats.
///
/// | function | formula | largest error seen |
/// |---|---|---|
/// | gelu | x − x s, below 0 x s, where s = Φ(−\|x\|) = e^(−x²/2)·G(\|x\|) | 1.7 ulp |
/// | gelu′ | 1 − d, below 0 d, where d = e^(−x²/2)(G(\|x\|) − \|x\|/√(2π)): what cancels is not rounded yet | 1.3 ulp |
///
/// G(a) = ½ e^(a²/2) erfc(a/√2) falls slowly, like 1/(a√(2π)), so that the tail keeps its relative accuracy. It is one
/// of eight polynomials of degree 8, by the leading bits of a + 1: pieces 6 and 7 to ½ and 1, then 0 to 5 to 2, 3, 5,
/// 7, 11 and 15, each with a center near the middle.
///
/// At a center G is a `float` to within two hundredths of an ulp, and its derivative nearly so (Gal, *Computing
/// elementary functions*, 1986). The other coefficients are weighted least squares at Chebyshev nodes in 40 digits; the
/// pieces are off by at most 0.13 ulp. The exponential is 2⁻ⁿ(1 + m) with m of degree 6 over ±ln(2)/2: a power of two
/// costs no rounding and no registers for a table.
public final class FloatNormal {

  /// Φ(−14.5) is below the smallest `float`.
  public static final float TAIL_END = 14.5f;
  public static final float INVERSE_SQRT_2PI = 0.3989423f;

  /// 1.5·2²³ rounds a number added to it to an integer n.
  static final float SHIFT = 0x1.8p23f;
  /// The bits of 2⁴⁰. With n subtracted from the exponent they are a normal number for all n that count. [#UNSCALED]
  /// scales that number to 2⁻ⁿ.
  static final int SCALE_BITS = Float.floatToRawIntBits(0x1p40f);
  static final float UNSCALED = 0x1p-40f;
  /// Up to this all intermediate values below 0 are normal without [#SCALE_BITS], and no argument is clamped.
  static final float GELU_NEAR = 8;
  static final int MINUS_ONE_BITS = Float.floatToRawIntBits(-1);

  static final float E2 = 0.5f;
  static final float E3 = 0.16666518f;
  static final float E4 = 0.041666843f;
  static final float E5 = 0.008368948f;
  static final float E6 = 0.0013899889f;

  /// a + ORIGIN, shifted right by LEADING, modulo 8 is the piece.
  static final float ORIGIN = 1;
  static final int LEADING = 22;

  static final int[] CENTERS = FloatMath.table(
      1.4999537f, 2.5002081f, 3.9997785f, 5.999532f, 9.000219f, 12.799622f, 0.2499997f, 0.74997234f);
  static final int[] G0 = FloatMath.table(
      0.20578484f, 0.14132184f, 0.09441536f, 0.06478412f, 0.043797746f, 0.030981421f, 0.4140322f, 0.30023727f);
  static final int[] G1 = FloatMath.table(
      -0.090274535f, -0.04560827f, -0.021301754f, -0.010267883f, -0.0047529563f, -0.0023918096f, -0.29543436f,
      -0.17377263f);
  static final int[] G2 = FloatMath.table(
      0.035188608f, 0.013645834f, 0.0046065273f, 0.0015908126f, 0.00051004614f, 0.00018358183f, 0.17008683f,
      0.0849563f);
  static final int[] G3 = FloatMath.table(
      -0.012497797f, -0.0038302878f, -0.0009589094f, -0.00024125195f, -5.4144894e-5f, -1.4010506e-5f, -0.08430426f,
      -0.036685925f);
  static final int[] G4 = FloatMath.table(
      0.0041106218f, 0.0010173259f, 0.00019280019f, 3.585404e-5f, 5.6875015e-6f, 1.0632766e-6f, 0.037253257f,
      0.0143605005f);
  static final int[] G5 = FloatMath.table(
      -0.0012657031f, -0.0002572687f, -3.7475987e-5f, -5.2242435e-6f, -5.894807e-7f, -8.02078e-8f, -0.014996893f,
      -0.005182839f);
  static final int[] G6 = FloatMath.table(
      0.0003685584f, 6.23483e-5f, 7.0872197e-6f, 7.4931523e-7f, 6.0656866e-8f, 6.0135554e-9f, 0.005571817f,
      0.0017501748f);
  static final int[] G7 = FloatMath.table(
      -0.00010575423f, -1.4916013e-5f, -1.403153e-6f, -1.09920904e-7f, -6.806347e-9f, -4.6698234e-10f, -0.001971277f,
      -0.0005601716f);
  static final int[] G8 = FloatMath.table(
      2.7420912e-5f, 3.255708e-6f, 2.5163362e-7f, 1.45905314e-8f, 6.909276e-10f, 3.5514584e-11f, 0.00072853855f,
      0.00013491124f);

  private FloatNormal() {}

  public static float gelu(float x) {
    float a = held(x);
    float exponent = -0.5f * a * a;
    float shifted = shifted(exponent);
    float m = gaussianLess1(a, exponent, shifted);
    int j = piece(a);
    float t = a - at(CENTERS, j);
    float q = slopeOfG(t, j);
    float g = exact(q, t, at(G0, j));
    float lost = exact(q, t, at(G0, j) - g);
    float rest = exact(m, g, lost);
    float scale = scale(shifted);
    float scaled = x * scale;
    // Below 0, g and rest are not added first: with the rounding of their sum the error would be 2.2 ulp.
    return x < 0
        ? exact(scaled, g, scaled * rest) * tailScale(x)
        : exact(-a, (g + rest) * scale * UNSCALED, x);
  }

  public static float geluSlope(float x) {
    float a = held(x);
    float exponent = -0.5f * a * a;
    float shifted = shifted(exponent);
    float m = gaussianLess1(a, exponent, shifted);
    int j = piece(a);
    float t = a - at(CENTERS, j);
    float q = slopeOfG(t, j);
    float g = exact(q, t, at(G0, j));
    float lost = exact(q, t, at(G0, j) - g);
    float level = exact(-a, INVERSE_SQRT_2PI, g) + lost;
    float least = exact(m, level, level) * scale(shifted) * tailScale(x);
    return x < 0 ? least : 1 - least;
  }

  /// SHIFT + n with n = round(x²/(2 ln 2)).
  private static float shifted(float exponent) {
    return exact(exponent, -FloatMath.LOG2_E, SHIFT);
  }

  /// 2ⁿ e^(−a²/2) − 1. What rounding −a²/2 loses is added after the reduction, where it still counts.
  private static float gaussianLess1(float a, float exponent, float shifted) {
    float turns = shifted - SHIFT;
    float high = exact(turns, FloatMath.LN2_HIGH, exponent);
    float low = exact(turns, FloatMath.LN2_LOW, exact(-0.5f * a, a, -exponent));
    float r = high + low;
    float square = r * r;
    float series = exact(exact(square, E6, exact(r, E5, E4)), square, exact(r, E3, E2));
    return high + exact(series, square, low);
  }

  /// (G(center + t) − G(center))/t.
  private static float slopeOfG(float t, int j) {
    float q = exact(at(G8, j), t, at(G7, j));
    q = exact(q, t, at(G6, j));
    q = exact(q, t, at(G5, j));
    q = exact(q, t, at(G4, j));
    q = exact(q, t, at(G3, j));
    q = exact(q, t, at(G2, j));
    return exact(q, t, at(G1, j));
  }

  /// 2^(40 − n).
  private static float scale(float shifted) {
    return Float.intBitsToFloat(SCALE_BITS - (Float.floatToRawIntBits(shifted) << 23));
  }

  /// The rest of 2⁻ⁿ; 0 where the argument was clamped. It is applied after the factor x, so that only the last product
  /// may become subnormal.
  private static float tailScale(float x) {
    return x < -TAIL_END ? 0.0f : UNSCALED;
  }

  private static int piece(float a) {
    return Float.floatToRawIntBits(a + ORIGIN) >>> LEADING;
  }

  /// |x|, clamped where all results underflow, so that squaring infinity makes no NaN.
  private static float held(float x) {
    float a = Math.abs(x);
    return a > TAIL_END ? TAIL_END : a;
  }
}
