package dev.lanewise.kernel;

/// The logistic function σ and what is made of it, of one `float`, by tables: the arithmetic that `FloatLookupLogistic` repeats.
///
/// | function | formula                                                                                      | largest error seen |
/// |----------|----------------------------------------------------------------------------------------------|--------------------|
/// | sigmoid  | 1 − s, below 0 s, where s = σ(−\|x\|) = 2⁻ⁿ·S_j(t), n = round(\|x\|/ln 2), j = min(n, 31),     | 0.9 ulp            |
/// |          | t = \|x\| − n ln 2 − center j                                                                |                    |
/// | silu     | x − x s, below 0 x s with the factor x before s may become subnormal                         | 1.7 ulp            |
/// | softplus | max(x, 0) + 2⁻ⁿ·P_j(t), centers 0                                                            | 1.1 ulp            |
/// | softplus′| 1 − R, below 0 R, R = 1 − e^(−v) of v = softplus(−\|x\|), a polynomial                        | 2.0 ulp            |
///
/// For n = 31 and beyond S_j and P_j are e^(−t). The polynomials are of degree 6, minimax fits of this project. The centers of S are a
/// little off the middle of their pieces, where the two leading coefficients are `float`s to within a hundredth of an ulp (Gal,
/// *Computing elementary functions*, 1986), so that a piece's own rounding costs nothing. The largest errors are those of
/// `mvn -Pexhaustive verify`.
///
/// The quotient of exponentials that this replaced took twice the time on vectors of 16 lanes: its division, and what it takes to
/// keep 1/(1 + e) within one ulp.
final class FloatLogistic {

  /// 1.5·2²³ rounds what is added to it to an integer.
  static final float SHIFT = 0x1.8p23f;
  static final float LOG2_E = 1.442695f;
  /// The bits of SHIFT + 31: n beyond 31 is looked up as 31.
  static final int LAST_BITS = Float.floatToRawIntBits(SHIFT + 31);
  /// The bits of 2⁴⁰; with n less in the exponent a normal number for all n that count. [#UNSCALED] makes 2⁻ⁿ of it.
  static final int SCALE_BITS = Float.floatToRawIntBits(0x1p40f);
  static final float UNSCALED = 0x1p-40f;
  /// Beyond this all is underflow, and what n does to the exponent wraps around.
  static final float END = 114;
  static final int END_BITS = Float.floatToRawIntBits(END);

  static final int[] CENTERS = FloatMath.bits(
      0f, 0.00072973967f, -0.00029224157f, -1.0192394e-05f, -1.4066696e-05f, -8.845329e-05f, -3.874302e-06f, 4.9829483e-05f,
      -5.9604645e-08f, -0.00046992302f, 0.00033795834f, 5.9604645e-08f, 5.9604645e-08f, 0.00086146593f, 0.00091713667f,
      -1.3947487e-05f, -5.9604645e-08f, -5.9604645e-08f, -5.9604645e-08f, -5.9604645e-08f, -5.9604645e-08f, -5.9604645e-08f,
      -5.9604645e-08f, -5.9604645e-08f, -5.9604645e-08f, -0.00042289495f, -0.00086307526f, -0.00012207031f, -8.6307526e-05f,
      -5.4121017e-05f, -2.4080276e-05f, -1.1920929e-07f);
  static final int[] S0 = FloatMath.bits(
      0.5f, 0.6663424f, 0.80018705f, 0.88889694f, 0.94118893f, 0.96978015f, 0.98461914f, 0.992199f, 0.996109f, 0.9985189f,
      0.99868715f, 0.9995119f, 0.99975586f, 0.99901706f, 0.99902236f, 0.99998343f, 0.9999848f, 0.99999243f, 0.99999624f,
      0.99999815f, 0.9999991f, 0.9999996f, 0.9999998f, 0.99999994f, 1f, 1.000423f, 1.0008634f, 1.0001221f, 1.0000863f,
      1.0000541f, 1.0000241f, 1.0000001f);
  static final int[] S1 = FloatMath.bits(
      -0.25f, -0.4443363f, -0.6401123f, -0.7901297f, -0.8858241f, -0.9403903f, -0.9694711f, -0.9845079f, -0.9922331f,
      -0.99657154f, -0.9977132f, -0.99902415f, -0.9995119f, -0.9988953f, -0.9989615f, -0.999953f, -0.9999696f, -0.99998486f,
      -0.9999925f, -0.9999963f, -0.9999982f, -0.99999917f, -0.99999964f, -0.9999999f, -1f, -1.000423f, -1.0008634f,
      -1.0001221f, -1.0000863f, -1.0000541f, -1.0000241f, -1.0000001f);
  static final int[] S2 = FloatMath.bits(
      6.707472e-08f, 0.074128024f, 0.19200362f, 0.3072719f, 0.3908041f, 0.44169608f, 0.46982062f, 0.48462245f, 0.49225563f,
      0.49634215f, 0.49788353f, 0.49902448f, 0.49951196f, 0.49932578f, 0.49941978f, 0.49994594f, 0.4999695f, 0.49998477f,
      0.4999924f, 0.49999622f, 0.49999812f, 0.49999908f, 0.49999955f, 0.4999998f, 0.4999999f, 0.50021136f, 0.5004316f,
      0.5000609f, 0.50004303f, 0.50002694f, 0.50001186f, 0.4999999f);
  static final int[] S3 = FloatMath.bits(
      0.020831412f, 0.024661727f, -0.004244846f, -0.053650007f, -0.09859837f, -0.12909985f, -0.14689374f, -0.15651217f,
      -0.16152559f, -0.16415438f, -0.1653105f, -0.16601367f, -0.16633835f, -0.16635771f, -0.16642958f, -0.16662525f,
      -0.16664326f, -0.16665342f, -0.1666585f, -0.16666104f, -0.1666623f, -0.16666295f, -0.16666326f, -0.16666342f,
      -0.1666635f, -0.16673484f, -0.16680868f, -0.16668531f, -0.16667947f, -0.16667414f, -0.16666916f, -0.16666518f);
  static final int[] S4 = FloatMath.bits(
      2.0118872e-05f, -0.010289094f, -0.01472339f, -0.0047433833f, 0.010929541f, 0.02382746f, 0.03203342f, 0.036658783f,
      0.039115593f, 0.04039785f, 0.041004814f, 0.041341715f, 0.041503925f, 0.041549765f, 0.041588247f, 0.04164687f,
      0.041656453f, 0.04166145f, 0.041663967f, 0.041665215f, 0.04166584f, 0.04166617f, 0.041666318f, 0.041666407f,
      0.041666437f, 0.04168606f, 0.041705072f, 0.041674424f, 0.041673113f, 0.041671634f, 0.041671727f, 0.041670125f);
  static final int[] S5 = FloatMath.bits(
      -0.0021819563f, -0.00096527295f, 0.0038000564f, 0.005214365f, 0.0022258535f, -0.0016838082f, -0.004611352f,
      -0.0063736695f, -0.0073409406f, -0.007850533f, -0.008113086f, -0.008246726f, -0.008312509f, -0.008338082f,
      -0.008354425f, -0.008370251f, -0.008374322f, -0.008376416f, -0.008377477f, -0.008378079f, -0.008378382f,
      -0.008378464f, -0.008378575f, -0.008378561f, -0.008378622f, -0.008377194f, -0.008378436f, -0.008371201f,
      -0.0083701685f, -0.008369774f, -0.008369317f, -0.008369042f);
  static final int[] S6 = FloatMath.bits(
      0.00023075199f, 0.0010922765f, 0.00032500585f, -0.0011874186f, -0.0013186013f, -0.00056040974f, 0.00022981495f,
      0.0007457866f, 0.001044321f, 0.0012083258f, 0.0013076175f, 0.0013501478f, 0.001371483f, 0.0013794455f, 0.0013839978f,
      0.0013895979f, 0.0013909603f, 0.0013922541f, 0.0013927696f, 0.0013931441f, 0.0013933188f, 0.0013932685f,
      0.0013933824f, 0.0013933013f, 0.0013933972f, 0.0013821535f, 0.0013786851f, 0.0013765293f, 0.0013753424f, 0.001376467f,
      0.0013691384f, 0.0013722947f);
  static final int[] P0 = FloatMath.bits(
      0.6931472f, 0.8109302f, 0.8925742f, 0.94226426f, 0.96999395f, 0.98469305f, 0.99226797f, 0.99611396f, 0.99805194f,
      0.9990247f, 0.999512f, 0.9997559f, 0.9998779f, 0.99993896f, 0.9999695f, 0.99998474f, 0.9999924f, 0.9999962f,
      0.9999981f, 0.99999905f, 0.9999995f, 0.99999976f, 0.9999999f, 0.99999994f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f);
  static final int[] P1 = FloatMath.bits(
      -0.5000001f, -0.6666667f, -0.8f, -0.88888884f, -0.9411764f, -0.96969694f, -0.9846154f, -0.99224806f, -0.99610895f,
      -0.9980507f, -0.99902445f, -0.999512f, -0.999756f, -0.999878f, -0.999939f, -0.99996954f, -0.9999848f, -0.99999243f,
      -0.99999624f, -0.99999815f, -0.9999991f, -0.9999996f, -0.9999998f, -0.99999994f, -1f, -1f, -1f, -1f, -1f, -1f, -1f,
      -1f);
  static final int[] P2 = FloatMath.bits(
      0.12500238f, 0.22222373f, 0.32000095f, 0.39506346f, 0.4429066f, 0.47015786f, 0.48473188f, 0.49227938f, 0.49611676f,
      0.49805367f, 0.49902615f, 0.49951336f, 0.49975723f, 0.49987826f, 0.49993905f, 0.4999695f, 0.49998474f, 0.49999237f,
      0.4999962f, 0.4999981f, 0.49999905f, 0.49999952f, 0.49999976f, 0.49999988f, 0.499998f, 0.49999893f, 0.4999994f,
      0.49999964f, 0.49999976f, 0.49999982f, 0.49999985f, 0.49999988f);
  static final int[] P3 = FloatMath.bits(
      -2.1375921e-05f, -0.024689645f, -0.063999325f, -0.10242612f, -0.13026957f, -0.14722204f, -0.15660602f, -0.16154794f,
      -0.1640841f, -0.1653688f, -0.16601403f, -0.16633846f, -0.16650093f, -0.16658263f, -0.166623f, -0.16664326f,
      -0.16665341f, -0.16665849f, -0.16666104f, -0.1666623f, -0.16666293f, -0.16666326f, -0.16666341f, -0.1666635f,
      -0.16666353f, -0.16666435f, -0.16666476f, -0.16666497f, -0.16666508f, -0.16666514f, -0.16666515f, -0.16666517f);
  static final int[] P4 = FloatMath.bits(
      -0.005113325f, -0.006197236f, 0.0010505299f, 0.013384005f, 0.024648514f, 0.03224344f, 0.03675378f, 0.03910973f,
      0.040378492f, 0.04100278f, 0.041320913f, 0.04148301f, 0.041564196f, 0.041621007f, 0.04164477f, 0.0416558f,
      0.04166145f, 0.041663956f, 0.041665234f, 0.041665856f, 0.041666158f, 0.041666333f, 0.041666396f, 0.04166645f,
      0.04169827f, 0.041684296f, 0.041676972f, 0.04167331f, 0.04167148f, 0.04167058f, 0.0416701f, 0.041669525f);
  static final int[] P5 = FloatMath.bits(
      -0.00020328823f, 0.0020260303f, 0.002933548f, 0.0009876197f, -0.002143118f, -0.004745952f, -0.00641282f,
      -0.0073503633f, -0.007849707f, -0.008107793f, -0.008246917f, -0.008312491f, -0.008345504f, -0.008359627f,
      -0.008369693f, -0.008374253f, -0.008376468f, -0.008377524f, -0.008377987f, -0.00837829f, -0.008378509f,
      -0.0083784815f, -0.008378606f, -0.00837853f, -0.008378632f, -0.008373858f, -0.008371402f, -0.008370173f,
      -0.008369559f, -0.008369183f, -0.008369133f, -0.008369039f);
  static final int[] P6 = FloatMath.bits(
      0.0005106819f, 0.0002747543f, -0.00056311704f, -0.00073413976f, -0.00036595704f, 0.00041953247f, 0.00062440295f,
      0.001154779f, 0.0012339376f, 0.0013838591f, 0.0014495811f, 0.0014702303f, 0.0014810906f, 0.0014097634f, 0.0013969893f,
      0.0013944472f, 0.0013922587f, 0.001392857f, 0.001392951f, 0.0013931588f, 0.0013933491f, 0.0013932205f, 0.0013933817f,
      0.0013932369f, 0.0012433907f, 0.0013071545f, 0.0013408425f, 0.0013576864f, 0.0013660924f, 0.001370174f, 0.0013724895f,
      0.0013754211f);

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
    y = Math.fma(y, t, at(S0, j));
    return y * scale(shifted);
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
    y = Math.fma(y, t, at(P0, j)) * scale(shifted) * UNSCALED;
    return a > END ? 0.0f : y;
  }

  /// |x|, held where all is underflow. By bits, so NaN is held as well: for what has x as a factor.
  private static float held(float x) {
    return Float.intBitsToFloat(Math.min(Float.floatToRawIntBits(Math.abs(x)), END_BITS));
  }

  private static int piece(float shifted) {
    return Math.min(Float.floatToRawIntBits(shifted), LAST_BITS) & 31;
  }

  private static float at(int[] table, int j) {
    return Float.intBitsToFloat(table[j]);
  }

  /// 2^(40 − n).
  private static float scale(float shifted) {
    return Float.intBitsToFloat(SCALE_BITS - (Float.floatToRawIntBits(shifted) << 23));
  }
}
