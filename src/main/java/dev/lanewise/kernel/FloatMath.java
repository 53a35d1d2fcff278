package dev.lanewise.kernel;

/// Elementary functions of one `float`, by Math.fma and integer arithmetic alone, so that [FloatVectorMath] can do the
/// same steps on every lane and get the same bits.
///
/// | function                | formula                                                                        | largest error seen |
/// |-------------------------|--------------------------------------------------------------------------------|--------------------|
/// | exp                     | 2^(k/8)·(1 + m), k = round(8x/ln 2), m = e^(x − k·ln(2)/8) − 1                 | 0.8 ulp            |
/// | expm1, elu below 0      | 2^(k/8)·m + (2^(k/8) − 1)                                                      | 1.1 ulp            |
/// | log1p                   | k ln 2 + log(1 + f), s = f/(2 + f), series in s²                               | 0.8 ulp            |
///
/// Reduction by Cody and Waite with FMA: k·LN2_8_HIGH is subtracted without rounding. 2^(k/8) is the product of a power of two and
/// of one of eight numbers that lie in a register; what rounding took from those is added to m (P. T. P. Tang, *ACM Transactions on
/// Mathematical Software* 15, 1989). The coefficients are minimax fits of this project: (eʳ − 1 − r)/r² over ±ln(2)/16, and
/// (log(1 + f)/s − 2)/s² for √½ < 1 + f < √2. How log1p is put together follows fdlibm's
/// `s_log1p.c`. Results go gradually through the subnormals. The largest errors are those of `mvn -Pexhaustive verify`.
final class FloatMath {

  /// 1.5·2²³ rounds what is added to it to an integer k; on top is eight times twice the exponent's bias, so that k/8, halved
  /// twice in different ways, is two biased exponents, see [#power] and [#rest].
  static final float SHIFT = 0x1.8p23f + 8 * 254;
  /// The same with the bias once: k/8 is one exponent, see [#wholePower].
  static final float SHIFT_ONCE = 0x1.8p23f + 8 * 127;
  static final float LOG2_E_8 = 8 * 1.442695f;
  static final float LN2_HIGH = 0.6931472f;
  static final float LN2_LOW = -1.9046542e-9f;
  static final float LN2_8_HIGH = LN2_HIGH / 8;
  static final float LN2_8_LOW = LN2_LOW / 8;

  /// Beyond these arguments eˣ is ∞ and 0, x·eˣ too.
  static final float EXP_MAX = 89;
  static final float EXP_MIN = -110;
  static final int EXP_MIN_BITS = Float.floatToRawIntBits(EXP_MIN);
  /// Below this eˣ − 1 is −1.
  static final float EXPM1_MIN = -20;

  static final float E2 = 0.5f;
  static final float E3 = 0.16668035f;
  static final float E4 = 0.04166901f;

  /// The bits of 2^(j/8), rounded, less those of 1: an exponent is added to them. Twice, to fill a vector of 16 lanes.
  static final int[] POWERS = {
      0x0, 0xb95c2, 0x1837f0, 0x25fed7, 0x3504f3, 0x45672a, 0x5744fd, 0x6ac0c7,
      0x0, 0xb95c2, 0x1837f0, 0x25fed7, 0x3504f3, 0x45672a, 0x5744fd, 0x6ac0c7
  };
  /// The bits of (2^(j/8) − itself rounded)/2^(j/8).
  static final int[] LOST = table(
      0f, -1.19921575e-08f, 3.193418e-08f, -3.099072e-08f, 1.7114271e-08f, 5.233334e-09f, -1.4719605e-08f, -6.1282597e-09f);

  private static final float L1 = 0.6666677594184875f;
  private static final float L2 = 0.399774968624115f;
  private static final float L3 = 0.29873067140579224f;
  private static final int SQRT_HALF_BITS = 0x3f3504f3;
  private static final int ONE_BITS = 0x3f800000;
  private static final int MANTISSA = 0x007fffff;
  private static final int TWO_TO_23_BITS = 0x4b000000;

  private FloatMath() {}

  /// The bits of eight numbers, twice, to fill a vector of 16 lanes.
  static int[] table(float... eight) {
    int[] bits = new int[16];
    for (int j = 0; j < bits.length; j++) {
      bits[j] = Float.floatToRawIntBits(eight[j & 7]);
    }
    return bits;
  }

  /// What [#table] was given at position `j` modulo 8.
  static float at(int[] table, int j) {
    return Float.intBitsToFloat(table[j & 7]);
  }

  static float exp(float x) {
    float shifted = shifted(x);
    float exp = part(x, shifted) * rest(shifted);
    return x > EXP_MAX ? Float.POSITIVE_INFINITY : x < EXP_MIN ? 0.0f : exp;
  }

  /// Twice half the exponent because 2¹²⁸ is no `float`; the difference keeps its last bit all the same.
  static float expm1(float x) {
    float shifted = shifted(x);
    float power = power(shifted);
    float rest = rest(shifted);
    float expm1 = Math.fma(power, fraction(x, shifted), power - 1 / rest) * rest;
    return x > EXP_MAX ? Float.POSITIVE_INFINITY : x < EXPM1_MIN ? -1.0f : withSignOf(x, expm1);
  }

  static float elu(float x) {
    float shifted = Math.fma(x, LOG2_E_8, SHIFT_ONCE);
    float power = wholePower(shifted);
    float less = power - 1;
    float lost = power - (less + 1);
    float expm1 = less + Math.fma(power, fraction(x, shifted, SHIFT_ONCE), lost);
    return x >= 0 ? x : x < EXPM1_MIN ? -1.0f : expm1;
  }

  /// eˣ but for [#rest].
  static float part(float x, float shifted) {
    float power = power(shifted);
    return Math.fma(power, fraction(x, shifted), power);
  }

  static float log1p(float x) {
    if (!(x > -1 && x < Float.POSITIVE_INFINITY)) {
      return x == -1 ? Float.NEGATIVE_INFINITY : x > 0 ? x : Float.NaN;
    }
    if (Math.abs(x) < 0x1p-25f) {
      return x;
    }
    float u = 1 + x;
    float lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
    int bits = Float.floatToRawIntBits(u) + (ONE_BITS - SQRT_HALF_BITS);
    float k = Float.intBitsToFloat(bits >>> 23 | TWO_TO_23_BITS) - (0x1p23f + 127);
    float f = Float.intBitsToFloat((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    return logarithm(f, k, Math.fma(k, LN2_LOW, lost / u));
  }

  /// k·LN2_HIGH + log(1 + f) + low, for √½ − 1 ≤ f ≤ √2 − 1, summed from the small terms up.
  private static float logarithm(float f, float k, float low) {
    float s = f / (2 + f);
    float z = s * s;
    float series = z * Math.fma(Math.fma(L3, z, L2), z, L1);
    float square = 0.5f * f * f;
    float small = square - Math.fma(s, square + series, low);
    return Math.fma(k, LN2_HIGH, f - small);
  }

  /// SHIFT + k with k = round(8x/ln 2).
  static float shifted(float x) {
    return Math.fma(x, LOG2_E_8, SHIFT);
  }

  /// eʳ − 1 with r = x − k·ln(2)/8, |r| ≤ ln(2)/16, and what rounding took from 2^(k/8) beside it.
  static float fraction(float x, float shifted) {
    return fraction(x, shifted, SHIFT);
  }

  private static float fraction(float x, float shifted, float shift) {
    float turns = shifted - shift;
    return fractionFrom(Math.fma(turns, -LN2_8_HIGH, x), Math.fma(turns, -LN2_8_LOW, lost(shifted)));
  }

  /// high + low + r²(E2 + E3 r + …) with r = high + low.
  static float fractionFrom(float high, float low) {
    float r = high + low;
    float square = r * r;
    float series = Math.fma(Math.fma(r, E4, E3), r, E2);
    return high + Math.fma(series, square, low);
  }

  static float lost(float shifted) {
    return at(LOST, Float.floatToRawIntBits(shifted));
  }

  /// 2^((k mod 8)/8)·2^⌊n/2⌋ with n = ⌊k/8⌋: the bits of 254 + n, halved, are a biased exponent.
  static float power(float shifted) {
    int bits = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat((bits >>> 4 << 23) + POWERS[bits & 7]);
  }

  /// 2^(k/8) for −126 ≤ n ≤ 127.
  static float wholePower(float shifted) {
    int bits = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat((bits >>> 3 << 23) + POWERS[bits & 7]);
  }

  /// 2^⌈n/2⌉: what is left of 2^(k/8). The second of two factors, of which only it can round: so results reach ∞ and the subnormals.
  static float rest(float shifted) {
    int bits = Float.floatToRawIntBits(shifted);
    return Float.intBitsToFloat((bits >>> 3) - (bits >>> 4) << 23);
  }

  /// The larger of x ≥ 0 and y; where y is NaN that.
  static float largerBits(float x, float y) {
    return Float.intBitsToFloat(Math.max(Float.floatToRawIntBits(x), Float.floatToRawIntBits(y)));
  }

  static float withSignOf(float x, float y) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | Float.floatToRawIntBits(x) & Integer.MIN_VALUE);
  }

  /// Rounded once: a float's root in double rounds to float as the exact one does.
  static float sqrt(float x) {
    return (float) Math.sqrt(x);
  }
}
