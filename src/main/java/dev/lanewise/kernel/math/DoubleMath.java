package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// Elementary functions of one `double`, by fused multiply-adds and integer arithmetic alone, so that
/// [DoubleVectorMath] can do the same steps on every lane and get the same bits.
///
/// | function | formula | largest error seen |
/// |---|---|---|
/// | exp | 2^k·(1 + m), k = round(x/ln 2), m = e^(x − k ln 2) − 1 | ≤ 1 ulp |
/// | expm1 | 2^k·m + (2^k − 1), corrected by the rounding error of the sum of its large terms | 1.2 ulp |
/// | elu below 0 | 2^k·m + (2^k − 1) | ≤ 2 ulp |
/// | log, log1p | k ln 2 + log(1 + f), s = f/(2 + f), series in s² | 0.8 ulp |
///
/// Reduction by Cody and Waite: LN2_HIGH has so few bits that k·LN2_HIGH is subtracted without rounding. The
/// coefficients are minimax fits of this project: (eʳ − 1 − r)/r² over ±ln(2)/2, weighted so that eʳ − 1 is right to
/// 0.6·2⁻⁵⁴, and (log(1 + f)/s − 2)/s² for √½ < 1 + f < √2. The steps of log1p follow fdlibm's `s_log1p.c`. Results
/// underflow gradually. The largest errors are those of `mvn -Pexhaustive verify`.
public final class DoubleMath {

  /// 1.5·2⁵² rounds a number added to it to an integer k. Twice the exponent's bias is added too, so that k, halved
  /// twice in different ways, gives two biased exponents, see [#power] and [#rest].
  public static final double SHIFT = 0x1.8p52 + 2046;
  /// 1.5·2⁵² with the bias added once: k is one exponent, see [#wholePower].
  static final double SHIFT_ONCE = 0x1.8p52 + 1023;
  /// Like [#SHIFT_ONCE], for 2^k/[#LOWERED]: a normal number for all arguments up to 0.
  static final double SHIFT_LIFTED = SHIFT_ONCE + 100;
  static final double LOWERED = 0x1p-100;
  /// The biased exponents of a power of two and of its inverse add up to 2046.
  static final long BACK_BITS = 2046L << 52;
  public static final double LOG2_E = 1.4426950408889634;
  public static final double LN2_HIGH = 0x1.62e42fefa38p-1;
  public static final double LN2_LOW = 0x1.ef35793c7673p-45;

  /// Beyond these arguments eˣ is ∞ and 0, x·eˣ too.
  public static final double EXP_MAX = 710;
  public static final double EXP_MIN = -753;
  /// Between ± this eˣ is a normal number.
  static final double EXP_NEAR = 708;
  /// Below this eˣ − 1 is −1.
  public static final double EXPM1_MIN = -40;
  /// Below this log(1 + x) is x.
  public static final double LOG1P_TINY = 0x1p-54;

  public static final double E2 = 0.5000000000000006;
  public static final double E3 = 0.16666666666666588;
  public static final double E4 = 0.041666666666576466;
  public static final double E5 = 0.008333333333389733;
  public static final double E6 = 0.0013888888931667001;
  public static final double E7 = 0.00019841269718711433;
  public static final double E8 = 2.480150514284773e-05;
  public static final double E9 = 2.75574076867299e-06;
  public static final double E10 = 2.7626092768172244e-07;
  public static final double E11 = 2.5053775199311496e-08;

  public static final double L1 = 0.6666666666666735;
  public static final double L2 = 0.39999999999411323;
  public static final double L3 = 0.2857142874322049;
  public static final double L4 = 0.2222219847977257;
  public static final double L5 = 0.18183569562596782;
  public static final double L6 = 0.15313907405099628;
  public static final double L7 = 0.14797469072721522;
  public static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
  public static final long ONE_BITS = 0x3ff0000000000000L;
  public static final long MANTISSA = 0x000fffffffffffffL;
  /// What is subtracted from 2⁵² + a biased exponent to get the exponent.
  public static final double EXPONENT = 0x1p52 + 1023;
  /// The factor that makes a subnormal number normal, and EXPONENT plus its exponent.
  public static final double SUBNORMAL_SCALE = 0x1p54;
  public static final double SUBNORMAL_EXPONENT = EXPONENT + 54;
  public static final long TWO_TO_52_BITS = 0x4330000000000000L;

  private DoubleMath() {}

  static long[] bits(double... table) {
    long[] bits = new long[table.length];
    for (int j = 0; j < table.length; j++) {
      bits[j] = Double.doubleToRawLongBits(table[j]);
    }
    return bits;
  }

  public static double exp(double x) {
    double shifted = shifted(x);
    double power = power(shifted);
    double exp = fast(power, fraction(x, shifted - SHIFT), power) * rest(shifted);
    return x > EXP_MAX ? Double.POSITIVE_INFINITY : x < EXP_MIN ? 0.0 : exp;
  }

  /// e^(x + low), low much smaller than x.
  public static double exp(double x, double low) {
    double shifted = shifted(x);
    double turns = shifted - SHIFT;
    double power = power(shifted);
    double fraction = fractionFrom(fast(turns, -LN2_HIGH, x), fast(turns, -LN2_LOW, low));
    double exp = fast(power, fraction, power) * rest(shifted);
    return x > EXP_MAX ? Double.POSITIVE_INFINITY : x < EXP_MIN ? 0.0 : exp;
  }

  /// Half the exponent is applied twice because 2¹⁰²⁴ is no `double`; the difference keeps its last bit all the same.
  /// The rounding error of the sum is corrected.
  public static double expm1(double x) {
    double shifted = shifted(x);
    double turns = shifted - SHIFT;
    double high = fast(turns, -LN2_HIGH, x);
    double low = turns * -LN2_LOW;
    double r = high + low;
    double tail = fast(series(r), r * r, low);
    double power = power(shifted);
    double rest = rest(shifted);
    double less = power - 1 / rest;
    double sum = fast(power, high, less);
    double lost = fast(power, high, less - sum);
    double expm1 = (sum + fast(power, tail, lost)) * rest;
    return x > EXP_MAX ? Double.POSITIVE_INFINITY : x < EXPM1_MIN ? -1.0 : withSignOf(x, expm1);
  }

  public static double elu(double x) {
    double shifted = fast(x, LOG2_E, SHIFT_ONCE);
    double power = wholePower(shifted);
    double expm1 = fast(power, fraction(x, shifted - SHIFT_ONCE), power - 1);
    return x >= 0 ? x : x < EXPM1_MIN ? -1.0 : expm1;
  }

  public static double log(double x) {
    boolean tiny = x < Double.MIN_NORMAL;
    double normal = tiny ? x * SUBNORMAL_SCALE : x;
    long bits = Double.doubleToRawLongBits(normal) + (ONE_BITS - SQRT_HALF_BITS);
    double k = Double.longBitsToDouble(bits >>> 52 | TWO_TO_52_BITS) - (tiny ? SUBNORMAL_EXPONENT : EXPONENT);
    double f = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    double log = logarithm(f, k, k * LN2_LOW);
    return x > 0 ? x < Double.POSITIVE_INFINITY ? log : x : x == 0 ? Double.NEGATIVE_INFINITY : Double.NaN;
  }

  public static double log1p(double x) {
    if (!(x > -1 && x < Double.POSITIVE_INFINITY)) {
      return x == -1 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }
    if (Math.abs(x) < LOG1P_TINY) {
      return x;
    }
    double u = 1 + x;
    double lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
    long bits = Double.doubleToRawLongBits(u) + (ONE_BITS - SQRT_HALF_BITS);
    double k = Double.longBitsToDouble(bits >>> 52 | TWO_TO_52_BITS) - EXPONENT;
    double f = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    return logarithm(f, k, fast(k, LN2_LOW, lost / u));
  }

  /// k·LN2_HIGH + log(1 + f) + low, for √½ − 1 ≤ f ≤ √2 − 1, summed from the small terms up.
  private static double logarithm(double f, double k, double low) {
    double s = f / (2 + f);
    double z = s * s;
    double w = z * z;
    double odd = fast(fast(fast(L7, w, L5), w, L3), w, L1);
    double even = fast(fast(L6, w, L4), w, L2);
    double series = z * fast(even, z, odd);
    double square = 0.5 * f * f;
    double small = square - fast(s, square + series, low);
    return fast(k, LN2_HIGH, f - small);
  }

  /// SHIFT + k with k = round(x/ln 2).
  static double shifted(double x) {
    return fast(x, LOG2_E, SHIFT);
  }

  /// eʳ − 1 with r = x − k ln 2, |r| ≤ ln(2)/2, given k.
  static double fraction(double x, double turns) {
    return fractionFrom(fast(turns, -LN2_HIGH, x), turns * -LN2_LOW);
  }

  /// high + low + r²(E2 + E3 r + …) with r = high + low.
  static double fractionFrom(double high, double low) {
    double r = high + low;
    return high + fast(series(r), r * r, low);
  }

  /// (eʳ − 1 − r)/r².
  private static double series(double r) {
    double square = r * r;
    double top = fast(fast(fast(r, E11, E10), square, fast(r, E9, E8)), square, fast(r, E7, E6));
    return fast(fast(top, square, fast(r, E5, E4)), square, fast(r, E3, E2));
  }

  /// 2^⌊k/2⌋: the bits of 2046 + k, halved, are a biased exponent.
  static double power(double shifted) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) >>> 1 << 52);
  }

  /// 2^k for −1022 ≤ k ≤ 1023, given SHIFT_ONCE + k.
  static double wholePower(double shifted) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) << 52);
  }

  /// 2^⌈k/2⌉, the rest of 2^k. It is the second of two factors and the only one that can round, so results reach ∞ and
  /// the subnormals.
  static double rest(double shifted) {
    long bits = Double.doubleToRawLongBits(shifted);
    return Double.longBitsToDouble(bits - (bits >>> 1) << 52);
  }

  static double withSignOf(double x, double y) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | Double.doubleToRawLongBits(x) & Long.MIN_VALUE);
  }

  /// √x, which float rounds once more.
  public static double sqrt(double x) {
    return Math.sqrt(x);
  }
}
