package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;

/// Elementary functions of one `float`, by fused multiply-adds and integer arithmetic alone, so that [FloatVectorMath]
/// can do the same steps on every lane and get the same bits.
///
/// | function    | formula                                                                     | largest error seen |
/// |-------------|-----------------------------------------------------------------------------|--------------------|
/// | exp         | 2^k·eʳ, k = round(x/ln 2), r = x − k ln 2                                   | 0.91 ulp           |
/// | expm1       | 2^k·(eʳ − 1) + (2^k − 1), corrected by the rounding of its large terms      | 1.1 ulp            |
/// | elu below 0 | 2^k·(eʳ − 1) + (2^k − 1)                                                    | 1.0 ulp            |
/// | log, log1p  | k ln 2 + log(1 + f), s = f/(2 + f), series in s²                            | 0.8 ulp            |
///
/// Reduction by Cody and Waite: k·LN2_SHORT is subtracted without rounding. The coefficients are minimax fits of this
/// project: (eʳ − 1 − r)/r² over ±ln(2)/2, and (log(1 + f)/s − 2)/s² for √½ < 1 + f < √2. The steps of log1p follow
/// fdlibm's `s_log1p.c`. Results underflow gradually. The largest errors are those of `mvn -Pexhaustive verify`.
public final class FloatMath {

  /// 1.5·2²³ rounds a number added to it to an integer k. Twice the exponent's bias is added too, so that k, halved
  /// twice in different ways, gives two biased exponents, see [#power] and [#rest].
  public static final float SHIFT = 0x1.8p23f + 254;
  /// 1.5·2²³ with the bias added once: k is one exponent, see [#wholePower].
  static final float SHIFT_ONCE = 0x1.8p23f + 127;
  /// Like [#SHIFT_ONCE], for 2^k/[#LOWERED]: a normal number for all arguments up to 0.
  static final float SHIFT_LIFTED = SHIFT_ONCE + 100;
  static final float LOWERED = 0x1p-100f;
  /// The biased exponents of a power of two and of its inverse add up to 254.
  static final int BACK_BITS = 254 << 23;
  public static final float LOG2_E = 1.442695f;
  public static final float LN2_HIGH = 0.6931472f;
  public static final float LN2_LOW = -1.9046542e-9f;
  /// ln 2 in 16 bits, and the remainder.
  public static final float LN2_SHORT = 0x1.62e4p-1f;
  public static final float LN2_REST = 1.4286068e-6f;

  /// Beyond these arguments eˣ is ∞ and 0, x·eˣ too.
  public static final float EXP_MAX = 89;
  public static final float EXP_MIN = -110;
  /// Between ± this eˣ is a normal number.
  static final float EXP_NEAR = 87;
  /// Between ± this r·2^k is a normal number too, or too small to be seen beside 2^k. At 3,055 floats between −86.7 and
  /// −81 it is neither.
  static final float PRODUCT_NEAR = 80;
  /// Below this eˣ − 1 is −1.
  public static final float EXPM1_MIN = -20;
  /// Below this log(1 + x) is x.
  public static final float LOG1P_TINY = 0x1p-25f;

  public static final float E2 = 0.49999994f;
  public static final float E3 = 0.16666517f;
  public static final float E4 = 0.041668102f;
  public static final float E5 = 0.0083691655f;
  public static final float E6 = 0.0013838003f;

  public static final float L1 = 0.6666677594184875f;
  public static final float L2 = 0.399774968624115f;
  public static final float L3 = 0.29873067140579224f;
  public static final int SQRT_HALF_BITS = 0x3f3504f3;
  public static final int ONE_BITS = 0x3f800000;
  public static final int MANTISSA = 0x007fffff;
  /// What is subtracted from 2²³ + a biased exponent to get the exponent.
  public static final float EXPONENT = 0x1p23f + 127;
  /// The factor that makes a subnormal number normal, and EXPONENT plus its exponent.
  public static final float SUBNORMAL_SCALE = 0x1p25f;
  public static final float SUBNORMAL_EXPONENT = EXPONENT + 25;
  public static final int TWO_TO_23_BITS = 0x4b000000;

  private FloatMath() {}

  /// The bits of eight numbers, twice, to fill a vector of 16 lanes.
  static int[] table(float... eight) {
    int[] bits = new int[16];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Float.floatToRawIntBits(eight[j & 7]);
    }
    return bits;
  }

  /// The number that [#table] was given at position `j` modulo 8.
  static float at(int[] table, int j) {
    return Float.intBitsToFloat(table[j & 7]);
  }

  public static float exp(float x) {
    float shifted = shifted(x);
    float exp = expOfReduced(reduced(x, shifted - SHIFT)) * power(shifted) * rest(shifted);
    return x > EXP_MAX ? Float.POSITIVE_INFINITY : x < EXP_MIN ? 0.0f : exp;
  }

  /// e^(x + low), low much smaller than x.
  public static float exp(float x, float low) {
    float shifted = shifted(x);
    float exp = expOfReduced(reduced(x, shifted - SHIFT) + low) * power(shifted) * rest(shifted);
    return x > EXP_MAX ? Float.POSITIVE_INFINITY : x < EXP_MIN ? 0.0f : exp;
  }

  /// Half the exponent is applied twice because 2¹²⁸ is no `float`; the difference keeps its last bit all the same. The
  /// rounding error of the sum is corrected.
  public static float expm1(float x) {
    float shifted = shifted(x);
    float turns = shifted - SHIFT;
    float high = exact(turns, -LN2_SHORT, x);
    float low = turns * -LN2_REST;
    float r = high + low;
    float tail = exact(series(r), r * r, low);
    float power = power(shifted);
    float rest = rest(shifted);
    float less = power - 1 / rest;
    float sum = exact(power, high, less);
    float lost = exact(power, high, less - sum);
    float expm1 = (sum + exact(power, tail, lost)) * rest;
    return x > EXP_MAX ? Float.POSITIVE_INFINITY : x < EXPM1_MIN ? -1.0f : withSignOf(x, expm1);
  }

  public static float elu(float x) {
    float shifted = exact(x, LOG2_E, SHIFT_ONCE);
    float power = wholePower(shifted);
    float expm1 = exact(power, expm1OfReduced(reduced(x, shifted - SHIFT_ONCE)), power - 1);
    return x >= 0 ? x : x < EXPM1_MIN ? -1.0f : expm1;
  }

  public static float log(float x) {
    boolean tiny = x < Float.MIN_NORMAL;
    float normal = tiny ? x * SUBNORMAL_SCALE : x;
    int bits = Float.floatToRawIntBits(normal) + (ONE_BITS - SQRT_HALF_BITS);
    float k = Float.intBitsToFloat(bits >>> 23 | TWO_TO_23_BITS) - (tiny ? SUBNORMAL_EXPONENT : EXPONENT);
    float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    float log = logarithm(f, k, k * LN2_LOW);
    return x > 0 ? x < Float.POSITIVE_INFINITY ? log : x : x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
  }

  public static float log1p(float x) {
    if (!(x > -1 && x < Float.POSITIVE_INFINITY)) {
      return x == -1 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }
    if (Math.abs(x) < LOG1P_TINY) {
      return x;
    }
    float u = 1 + x;
    float lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
    int bits = Float.floatToRawIntBits(u) + (ONE_BITS - SQRT_HALF_BITS);
    float k = Float.intBitsToFloat(bits >>> 23 | TWO_TO_23_BITS) - EXPONENT;
    float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    return logarithm(f, k, exact(k, LN2_LOW, lost / u));
  }

  /// k·LN2_HIGH + log(1 + f) + low, for √½ − 1 ≤ f ≤ √2 − 1, summed from the small terms up.
  private static float logarithm(float f, float k, float low) {
    float s = f / (2 + f);
    float z = s * s;
    float series = z * exact(exact(L3, z, L2), z, L1);
    float square = 0.5f * f * f;
    float small = square - exact(s, square + series, low);
    return exact(k, LN2_HIGH, f - small);
  }

  /// SHIFT + k with k = round(x/ln 2).
  private static float shifted(float x) {
    return exact(x, LOG2_E, SHIFT);
  }

  /// r = x − k ln 2, |r| ≤ ln(2)/2, rounded once.
  static float reduced(float x, float turns) {
    return exact(turns, -LN2_REST, exact(turns, -LN2_SHORT, x));
  }

  /// (eʳ − 1 − r)/r².
  static float series(float r) {
    float square = r * r;
    float top = exact(square, E6, exact(r, E5, E4));
    return exact(square, top, exact(r, E3, E2));
  }

  /// eʳ as 1 + r(1 + r·series), not 1 + m, which below 1 would add a rounding of a quarter of an ulp.
  static float expOfReduced(float r) {
    return exact(exact(series(r), r, 1.0f), r, 1.0f);
  }

  /// eʳ − 1.
  static float expm1OfReduced(float r) {
    return exact(r * r, series(r), r);
  }

  /// 2^⌊k/2⌋: the bits of 254 + k, halved, are a biased exponent.
  static float power(float shifted) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(shifted) >>> 1 << 23);
  }

  /// 2^k for −126 ≤ k ≤ 127, given SHIFT_ONCE + k.
  static float wholePower(float shifted) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
  }

  /// 2^⌈k/2⌉, the rest of 2^k. It is the second of two factors and the only one that can round, so results reach ∞ and
  /// the subnormals.
  static float rest(float shifted) {
    int bits = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat(bits - (bits >>> 1) << 23);
  }

  /// The larger of x ≥ 0 and y; NaN where y is NaN.
  static float largerBits(float x, float y) {
    return Float.intBitsToFloat(Math.max(Float.floatToRawIntBits(x), Float.floatToRawIntBits(y)));
  }

  static float withSignOf(float x, float y) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | Float.floatToRawIntBits(x) & Integer.MIN_VALUE);
  }

  /// √x, rounded once: a float's root in double rounds to the same float as the exact root.
  public static float sqrt(float x) {
    return (float) Math.sqrt(x);
  }
}
