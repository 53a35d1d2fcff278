package dev.lanewise.kernel;

/// gelu in `float`, by an exponential and a table: the arithmetic that `FloatLookup16` and `FloatLookup8` repeat.
///
/// | function | formula                                                                                   | largest error seen |
/// |----------|-------------------------------------------------------------------------------------------|--------------------|
/// | gelu     | x − x s, below 0 x s, where s = Φ(−\|x\|) = e^(−x²/2)·G(\|x\|)                            | 1.7 ulp            |
/// | gelu′    | 1 − d, below 0 d, where d = e^(−x²/2)(G(\|x\|) − \|x\|/√(2π)): what cancels is not rounded yet | 1.3 ulp           |
///
/// G(a) = ½ e^(a²/2) erfc(a/√2) falls slowly, like 1/(a√(2π)), so that the tail keeps its relative accuracy. It is one of 32
/// polynomials of degree 5, by the leading bits of a + 1:
///
/// | pieces   | a                | center          |
/// |----------|------------------|-----------------|
/// | 24 to 31 | to 1, each of 1/8  | near the middle |
/// | 0 to 7   | to 3, each of 1/4  | near the middle |
/// | 8 to 15  | to 7, each of 1/2  | near the middle |
/// | 16 to 23 | to 15, each of 1   | near the middle |
///
/// Near the middle, where G of the center is a `float` to within four thousandths of an ulp (Gal, *Computing elementary functions*,
/// 1986); relative error of the pieces 0.05·2⁻²⁴ and less, weighted least squares at Chebyshev nodes in 50 digits. The exponential
/// is 2⁻ⁿ(1 + m) with m of degree 6 over ±ln(2)/2: a power of two costs no rounding, and no table's registers.
///
/// One polynomial of degree 9 over all a, in 1/(1 + a/4), took a division, and to carry what its quotient had rounded away some
/// twenty steps more.
final class FloatNormal {

  /// Φ(−14.5) is below the smallest `float`.
  static final float TAIL_END = 14.5f;
  static final float INVERSE_SQRT_2PI = 0.3989423f;

  static final float E2 = 0.5f;
  static final float E3 = 0.16666518f;
  static final float E4 = 0.041666843f;
  static final float E5 = 0.008368948f;
  static final float E6 = 0.0013899889f;

  /// a + ORIGIN, shifted right by LEADING, modulo 32 is the piece.
  static final float ORIGIN = 1;
  static final int LEADING = 20;

  static final int[] CENTERS = FloatMath.bits(
      1.1250376f, 1.3748974f, 1.6245569f, 1.8750125f, 2.1249905f, 2.3750525f, 2.6249595f, 2.8749332f, 3.2503905f, 3.7497547f,
      4.2500668f, 4.7501907f, 5.249957f, 5.749852f, 6.2501097f, 6.7500763f, 7.499409f, 8.498646f, 9.500095f, 10.499962f,
      11.499332f, 12.500334f, 13.501335f, 14.2498045f, 0.06254256f, 0.187505f, 0.31251377f, 0.43752253f, 0.56263894f,
      0.6875288f, 0.8126089f, 0.93753505f);
  static final int[] G0 = FloatMath.bits(
      0.24532677f, 0.21765006f, 0.19505946f, 0.17629004f, 0.16058065f, 0.14725149f, 0.13583732f, 0.12596418f, 0.11344026f,
      0.10004505f, 0.08935804f, 0.0806724f, 0.073488794f, 0.06745087f, 0.062307443f, 0.057882003f, 0.05229708f, 0.04631723f,
      0.04154288f, 0.037658993f, 0.03443603f, 0.03171409f, 0.029388856f, 0.027860448f, 0.47599542f, 0.43318072f, 0.39620805f,
      0.36409947f, 0.33603227f, 0.31142867f, 0.28967726f, 0.27040732f);
  static final int[] G1 = FloatMath.bits(
      -0.12294045f, -0.099695794f, -0.08205708f, -0.068396255f, -0.057709932f, -0.049212277f, -0.04237483f, -0.036803674f,
      -0.030217133f, -0.023797896f, -0.019164648f, -0.015733002f, -0.013129264f, -0.011109728f, -0.009513925f, -0.008234341f,
      -0.006745064f, -0.0053085415f, -0.0042809565f, -0.0035242888f, -0.002950942f, -0.0025055795f, -0.0021534842f,
      -0.0019363465f, -0.3691723f, -0.3177187f, -0.2751218f, -0.23964056f, -0.20987745f, -0.1848261f, -0.16354796f,
      -0.14542595f);
  static final int[] G2 = FloatMath.bits(
      0.05350699f, 0.040289246f, 0.030876512f, 0.024023077f, 0.018973798f, 0.015184869f, 0.012302552f, 0.01007804f,
      0.007611355f, 0.0054043722f, 0.0039534946f, 0.002968816f, 0.0022803596f, 0.0017857876f, 0.0014221829f, 0.0011497868f,
      8.565383e-04f, 6.009065e-04f, 4.3669215e-04f, 3.2704705e-04f, 2.5108334e-04f, 1.9675493e-04f, 1.5697205e-04f,
      1.339445e-04f, 0.2264531f, 0.18680348f, 0.1551142f, 0.12962557f, 0.10897357f, 0.092177674f, 0.078388415f, 0.06703266f);
  static final int[] G3 = FloatMath.bits(
      -0.020913979f, -0.014767104f, -0.010632588f, -0.007784692f, -0.005796563f, -0.004382199f, -0.003360264f, -0.0026097805f,
      -0.0018256699f, -0.0011775887f, -7.873581e-04f, -5.4351386e-04f, -3.8582462e-04f, -2.8055126e-04f, -2.0839633e-04f,
      -1.577356e-04f, -1.0716226e-04f, -6.720783e-05f, -4.4107604e-05f, -3.0100997e-05f, -2.1214077e-05f, -1.5357658e-05f,
      -1.1383479e-05f, -9.221641e-06f, -0.11834004f, -0.094240665f, -0.07555055f, -0.060970537f, -0.049516343f, -0.04048448f,
      -0.033280216f, -0.027523676f);
  static final int[] G4 = FloatMath.bits(
      0.0075116935f, 0.0050062784f, 0.0034067675f, 0.00236098f, 0.001665838f, 0.0011956595f, 8.712649e-04f, 6.441174e-04f,
      4.2101266e-04f, 2.4803626e-04f, 1.5225663e-04f, 9.698678e-05f, 6.381844e-05f, 4.3232427e-05f, 3.0003064e-05f,
      2.1307578e-05f, 1.3284889e-05f, 7.461804e-06f, 4.42801e-06f, 2.7557553e-06f, 1.7850052e-06f, 1.1940666e-06f,
      8.230148e-07f, 6.2926097e-07f, 0.054825082f, 0.042302605f, 0.032925252f, 0.02577035f, 0.020279408f, 0.016099395f,
      0.012831745f, 0.010319711f);
  static final int[] G5 = FloatMath.bits(
      -0.0025161663f, -0.001594454f, -0.00100155f, -6.519884e-04f, -4.694235e-04f, -3.218262e-04f, -2.2039675e-04f,
      -1.6183451e-04f, -9.337634e-05f, -5.025737e-05f, -2.8196984e-05f, -1.6816706e-05f, -1.0277032e-05f, -6.690207e-06f,
      -3.979317e-06f, -2.756854e-06f, -1.6210589e-06f, -8.186269e-07f, -4.431575e-07f, -2.482387e-07f, -1.522712e-07f,
      -9.477677e-08f, -5.7983197e-08f, -5.0641045e-08f, -0.022340879f, -0.015448381f, -0.012747667f, -0.010851508f,
      -0.008580897f, -0.0057565193f, -0.0050735795f, -0.004148197f);

  private FloatNormal() {}

  static float gelu(float x) {
    float a = held(x);
    float exponent = -0.5f * a * a;
    float shifted = shifted(exponent);
    float m = gaussianLess1(a, exponent, shifted);
    int j = piece(a);
    float t = a - at(CENTERS, j);
    float q = slopeOfG(t, j);
    float g = Math.fma(q, t, at(G0, j));
    float lost = Math.fma(q, t, at(G0, j) - g);
    float rest = Math.fma(m, g, lost);
    float scale = scale(shifted);
    float scaled = x * scale;
    // Below 0 g and rest are not rounded together first: that came to 2.2 ulp.
    return x < 0
        ? Math.fma(scaled, g, scaled * rest) * tailScale(x)
        : Math.fma(-a, (g + rest) * scale * FloatLogistic.UNSCALED, x);
  }

  static float geluSlope(float x) {
    float a = held(x);
    float exponent = -0.5f * a * a;
    float shifted = shifted(exponent);
    float m = gaussianLess1(a, exponent, shifted);
    int j = piece(a);
    float t = a - at(CENTERS, j);
    float q = slopeOfG(t, j);
    float g = Math.fma(q, t, at(G0, j));
    float lost = Math.fma(q, t, at(G0, j) - g);
    float level = Math.fma(-a, INVERSE_SQRT_2PI, g) + lost;
    float least = Math.fma(m, level, level) * scale(shifted) * tailScale(x);
    return x < 0 ? least : 1 - least;
  }

  /// SHIFT + n with n = round(x²/(2 ln 2)).
  private static float shifted(float exponent) {
    return Math.fma(exponent, -FloatLogistic.LOG2_E, FloatLogistic.SHIFT);
  }

  /// 2ⁿ e^(−a²/2) − 1. What rounding −a²/2 loses is added after the reduction, where it still counts.
  private static float gaussianLess1(float a, float exponent, float shifted) {
    float turns = shifted - FloatLogistic.SHIFT;
    float high = Math.fma(turns, FloatMath.LN2_HIGH, exponent);
    float low = Math.fma(turns, FloatMath.LN2_LOW, Math.fma(-0.5f * a, a, -exponent));
    float r = high + low;
    float square = r * r;
    float series = Math.fma(Math.fma(square, E6, Math.fma(r, E5, E4)), square, Math.fma(r, E3, E2));
    return high + Math.fma(series, square, low);
  }

  /// (G(center + t) − G(center))/t.
  private static float slopeOfG(float t, int j) {
    float q = Math.fma(at(G5, j), t, at(G4, j));
    q = Math.fma(q, t, at(G3, j));
    q = Math.fma(q, t, at(G2, j));
    return Math.fma(q, t, at(G1, j));
  }

  /// 2^(40 − n).
  private static float scale(float shifted) {
    return Float.intBitsToFloat(FloatLogistic.SCALE_BITS - (Float.floatToRawIntBits(shifted) << 23));
  }

  /// What is left of 2⁻ⁿ, so that a factor x comes before the result may become subnormal; 0 where the argument was held.
  private static float tailScale(float x) {
    return x < -TAIL_END ? 0.0f : FloatLogistic.UNSCALED;
  }

  private static int piece(float a) {
    return Float.floatToRawIntBits(a + ORIGIN) >>> LEADING & 31;
  }

  /// |x|, held where all is underflow, so that squaring infinity makes no NaN.
  private static float held(float x) {
    float a = Math.abs(x);
    return a > TAIL_END ? TAIL_END : a;
  }

  private static float at(int[] table, int j) {
    return Float.intBitsToFloat(table[j]);
  }
}
