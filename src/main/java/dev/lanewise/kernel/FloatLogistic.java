package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatMath.at;

/// The logistic function σ and what is made of it, of one `float`, by tables: the arithmetic that `FloatVectorLogistic` repeats.
///
/// | function | formula                                                                                      | largest error seen |
/// |----------|----------------------------------------------------------------------------------------------|--------------------|
/// | sigmoid  | 1 − s, below 0 s, where s = σ(−\|x\|) = 2⁻ⁿ·S_j(t), n = round(\|x\|/ln 2), j = min(n, 7),      | 0.9 ulp            |
/// |          | t = \|x\| − n ln 2 − center j                                                                |                    |
/// | silu     | x − x s, below 0 x s with the factor x before s may become subnormal                         | 1.7 ulp            |
/// | softplus | max(x, 0) + 2⁻ⁿ·P_j(t), centers 0                                                            | 1.1 ulp            |
/// | softplus′| 1 − R, below 0 R, R = 1 − e^(−v) of v = softplus(−\|x\|), a polynomial                        | 2.0 ulp            |
///
/// For n = 7 and beyond the polynomial is e^(−t), and what is left of 1/(1 + E) and of log(1 + E)/E, where E = 2⁻ⁿ e^(−t) is below
/// 2^(−6½), is made good by a cubic in E, before the polynomial is rounded. The polynomials are of degree 6, minimax fits of
/// this project and, of the cubics and the last piece, weighted least squares at Chebyshev nodes. The centers of S are a
/// little off the middle of their pieces, where the two leading coefficients are `float`s to within a hundredth of an ulp (Gal,
/// *Computing elementary functions*, 1986), so that a piece's own rounding costs nothing. The largest errors are those of
/// `mvn -Pexhaustive verify`.
///
/// 32 pieces, up to where 1 + E rounds to 1, were as accurate, but a table of theirs was two registers of 16 lanes or four of 8: 0.4 × of
/// this speed with 8 lanes; with 16 it was not timed. The quotient of exponentials before that took twice the time of those with
/// 16 lanes: its division, and what it takes to keep 1/(1 + e) within one ulp. (No command repeats these.)
final class FloatLogistic {

  /// 1.5·2²³ rounds what is added to it to an integer.
  static final float SHIFT = 0x1.8p23f;
  static final float LOG2_E = 1.442695f;
  /// n beyond 7 is looked up as 7.
  static final float LAST_SHIFTED = SHIFT + 7;
  static final int LAST_BITS = Float.floatToRawIntBits(LAST_SHIFTED);
  /// The bits of 2⁴⁰; with n less in the exponent a normal number for all n that count. [#UNSCALED] makes 2⁻ⁿ of it.
  static final int SCALE_BITS = Float.floatToRawIntBits(0x1p40f);
  static final float UNSCALED = 0x1p-40f;
  /// Beyond this all is underflow, and what n does to the exponent wraps around.
  static final float END = 114;
  static final int END_BITS = Float.floatToRawIntBits(END);

  static final int[] CENTERS = FloatMath.table(
      0f, 0.00072973967f, -0.00029224157f, -1.0192394e-5f, -1.4066696e-5f, -8.845329e-5f, -3.874302e-6f, 0f);
  static final int[] S0 = FloatMath.table(
      0.5f, 0.6663424f, 0.80018705f, 0.88889694f, 0.94118893f, 0.96978015f, 0.98461914f, 1f);
  static final int[] S1 = FloatMath.table(
      -0.25f, -0.4443363f, -0.6401123f, -0.7901297f, -0.8858241f, -0.9403903f, -0.9694711f, -1f);
  static final int[] S2 = FloatMath.table(
      6.707472e-8f, 0.074128024f, 0.19200362f, 0.3072719f, 0.3908041f, 0.44169608f, 0.46982062f, 0.49999988f);
  static final int[] S3 = FloatMath.table(
      0.020831412f, 0.024661727f, -0.004244846f, -0.053650007f, -0.09859837f, -0.12909985f, -0.14689374f, -0.16666518f);
  static final int[] S4 = FloatMath.table(
      2.0118872e-5f, -0.010289094f, -0.01472339f, -0.0047433833f, 0.010929541f, 0.02382746f, 0.03203342f, 0.041669533f);
  static final int[] S5 = FloatMath.table(
      -0.0021819563f, -0.00096527295f, 0.0038000564f, 0.005214365f, 0.0022258535f, -0.0016838082f, -0.004611352f,
      -0.008368923f);
  static final int[] S6 = FloatMath.table(
      0.00023075199f, 0.0010922765f, 0.00032500585f, -0.0011874186f, -0.0013186013f, -0.00056040974f, 0.00022981495f,
      0.0013751382f);
  static final int[] P0 = FloatMath.table(
      0.6931472f, 0.8109302f, 0.8925742f, 0.94226426f, 0.96999395f, 0.98469305f, 0.99226797f, 1f);
  static final int[] P1 = FloatMath.table(
      -0.5000001f, -0.6666667f, -0.8f, -0.88888884f, -0.9411764f, -0.96969694f, -0.9846154f, -1f);
  static final int[] P2 = FloatMath.table(
      0.12500238f, 0.22222373f, 0.32000095f, 0.39506346f, 0.4429066f, 0.47015786f, 0.48473188f, 0.49999988f);
  static final int[] P3 = FloatMath.table(
      -2.1375921e-5f, -0.024689645f, -0.063999325f, -0.10242612f, -0.13026957f, -0.14722204f, -0.15660602f, -0.16666518f);
  static final int[] P4 = FloatMath.table(
      -0.005113325f, -0.006197236f, 0.0010505299f, 0.013384005f, 0.024648514f, 0.03224344f, 0.03675378f, 0.041669533f);
  static final int[] P5 = FloatMath.table(
      -0.00020328823f, 0.0020260303f, 0.002933548f, 0.0009876197f, -0.002143118f, -0.004745952f, -0.00641282f, -0.008368923f);
  static final int[] P6 = FloatMath.table(
      0.0005106819f, 0.0002747543f, -0.00056311704f, -0.00073413976f, -0.00036595704f, 0.00041953247f, 0.00062440295f,
      0.0013751382f);

  /// 1/(1 + E) − 1 and log(1 + E)/E − 1 as polynomials in 2⁴⁰·E.
  static final float D1 = -0.99999976f * UNSCALED;
  static final float D2 = 0.99986356f * UNSCALED * UNSCALED;
  static final float D3 = -0.97886777f * UNSCALED * UNSCALED * UNSCALED;
  static final float H1 = -0.49999994f * UNSCALED;
  static final float H2 = 0.33330595f * UNSCALED * UNSCALED;
  static final float H3 = -0.24576285f * UNSCALED * UNSCALED * UNSCALED;

  static final float R2 = -0.49999937f;
  static final float R3 = 0.16665396f;
  static final float R4 = -0.04158175f;
  static final float R5 = 0.008081985f;
  static final float R6 = -0.001041153f;

  private FloatLogistic() {}

  static float sigmoid(float x) {
    float a = Math.abs(x);
    float least = a > END ? 0.0f : part(a) * UNSCALED;
    return x < 0 ? least : 1 - least;
  }

  static float silu(float x) {
    float a = held(x);
    float part = part(a);
    return x < 0 ? x * part * (x < -END ? 0.0f : UNSCALED) : Math.fma(-a, part * UNSCALED, x);
  }

  /// silu′(x) = σ + silu·(1 − σ).
  static float siluSlope(float x) {
    float least = part(held(x)) * UNSCALED;
    float most = 1 - least;
    return Math.fma(silu(x), x < 0 ? most : least, x < 0 ? least : most);
  }

  static float softplus(float x) {
    return (x > 0 ? x : 0.0f) + softplusOfLess(x);
  }

  static float softplusSlope(float x) {
    float v = softplusOfLess(x);
    float v2 = v * v;
    float series = Math.fma(Math.fma(v2, R6, Math.fma(v, R5, R4)), v2, Math.fma(v, R3, R2));
    float least = Math.fma(v2, series, v);
    return x < 0 ? least : 1 - least;
  }

  /// 2⁴⁰·σ(−a).
  private static float part(float a) {
    float shifted = Math.fma(a, LOG2_E, SHIFT);
    float turns = shifted - SHIFT;
    int j = piece(shifted);
    float t = Math.fma(turns, -FloatMath.LN2_LOW, Math.fma(turns, -FloatMath.LN2_HIGH, a) - at(CENTERS, j));
    float y = Math.fma(at(S6, j), t, at(S5, j));
    y = Math.fma(y, t, at(S4, j));
    y = Math.fma(y, t, at(S3, j));
    y = Math.fma(y, t, at(S2, j));
    y = Math.fma(y, t, at(S1, j));
    float p = Math.fma(y, t, at(S0, j));
    float scale = scale(shifted);
    float power = p * scale;
    float series = Math.fma(Math.fma(power, D3, D2), power, D1) * power;
    return (p + rest(p, series, Math.fma(y, t, at(S0, j) - p), shifted)) * scale;
  }

  private static float softplusOfLess(float x) {
    float a = Math.abs(x);
    float shifted = Math.fma(a, LOG2_E, SHIFT);
    float turns = shifted - SHIFT;
    int j = piece(shifted);
    float t = Math.fma(turns, -FloatMath.LN2_LOW, Math.fma(turns, -FloatMath.LN2_HIGH, a));
    float y = Math.fma(at(P6, j), t, at(P5, j));
    y = Math.fma(y, t, at(P4, j));
    y = Math.fma(y, t, at(P3, j));
    y = Math.fma(y, t, at(P2, j));
    y = Math.fma(y, t, at(P1, j));
    float p = Math.fma(y, t, at(P0, j));
    float scale = scale(shifted);
    float power = p * scale;
    float series = Math.fma(Math.fma(power, H3, H2), power, H1) * power;
    float v = (p + rest(p, series, Math.fma(y, t, at(P0, j) - p), shifted)) * scale * UNSCALED;
    return a > END ? 0.0f : v;
  }

  /// What is to be added to p on the last piece: p·series, and what rounding took from p.
  private static float rest(float p, float series, float lost, float shifted) {
    return shifted < LAST_SHIFTED ? 0.0f : Math.fma(p, series, lost);
  }

  /// |x|, held where all is underflow. By bits, so NaN is held as well: for what has x as a factor.
  private static float held(float x) {
    return Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(Math.abs(x)), END_BITS));
  }

  private static int piece(float shifted) {
    return Math.min(Float.floatToRawIntBits(shifted), LAST_BITS);
  }

  /// 2^(40 − n).
  private static float scale(float shifted) {
    return Float.intBitsToFloat(SCALE_BITS - (Float.floatToRawIntBits(shifted) << 23));
  }
}
