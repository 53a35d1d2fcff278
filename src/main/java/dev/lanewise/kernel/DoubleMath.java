package dev.lanewise.kernel;

/// Elementary functions of one `double`, by Math.fma and integer arithmetic alone, so that [DoubleVectorMath] can do the
/// same steps on every lane and get the same bits.
///
/// | function                | formula                                                                        | largest error seen |
/// |-------------------------|--------------------------------------------------------------------------------|--------------------|
/// | exp                     | 2^(k/8)·(1 + m), k = round(8x/ln 2), m = e^(x − k·ln(2)/8) − 1                 | ≤ 1 ulp            |
/// | expm1, elu below 0      | 2^(k/8)·m + (2^(k/8) − 1)                                                      | ≤ 2 ulp            |
/// | log1p                   | k ln 2 + log(1 + f), s = f/(2 + f), series in s²                               | 0.8 ulp            |
///
/// Reduction by Cody and Waite with FMA: k·LN2_8_HIGH is subtracted without rounding. 2^(k/8) is the product of a power of two and
/// of one of eight numbers that lie in a register; what rounding took from those is added to m (P. T. P. Tang, *ACM Transactions on
/// Mathematical Software* 15, 1989). The coefficients are minimax fits of this project: (eʳ − 1 − r)/r² over ±ln(2)/16, and
/// (log(1 + f)/s − 2)/s² for √½ < 1 + f < √2. How log1p is put together follows fdlibm's
/// `s_log1p.c`. Results go gradually through the subnormals. The largest errors are those of `mvn -Pexhaustive verify`.
final class DoubleMath {

  /// 1.5·2⁵² rounds what is added to it to an integer k; on top is eight times twice the exponent's bias, so that k/8, halved
  /// twice in different ways, is two biased exponents, see [#power] and [#rest].
  static final double SHIFT = 0x1.8p52 + 8 * 2046;
  /// The same with the bias once: k/8 is one exponent, see [#wholePower].
  static final double SHIFT_ONCE = 0x1.8p52 + 8 * 1023;
  static final double LOG2_E_8 = 8 * 1.4426950408889634;
  static final double LN2_HIGH = 0.6931471805599453;
  static final double LN2_LOW = 2.3190468138462996e-17;
  static final double LN2_8_HIGH = LN2_HIGH / 8;
  static final double LN2_8_LOW = LN2_LOW / 8;

  /// Beyond these arguments eˣ is ∞ and 0, x·eˣ too.
  static final double EXP_MAX = 710;
  static final double EXP_MIN = -753;
  static final long EXP_MIN_BITS = Double.doubleToRawLongBits(EXP_MIN);
  /// Below this eˣ − 1 is −1.
  static final double EXPM1_MIN = -40;

  static final double E2 = 0.5000000000000308;
  static final double E3 = 0.16666666666667138;
  static final double E4 = 0.04166666656836844;
  static final double E5 = 0.008333333320445441;
  static final double E6 = 0.0013889786664635809;
  static final double E7 = 0.00019842337170219044;

  /// The same series where its error counts beside r, not beside 1.
  static final double M3 = 0.16666666666667007;
  static final double M4 = 0.041666666666667136;
  static final double M5 = 0.008333333322430123;
  static final double M6 = 0.0013888888876020745;
  static final double M7 = 0.00019842266699062012;
  static final double M8 = 2.480265395890076e-05;

  /// The bits of 2^(j/8), rounded, less those of 1: an exponent is added to them.
  static final long[] POWERS = {
      0, 0x172b83c7d517bL, 0x306fe0a31b715L, 0x4bfdad5362a27L, 0x6a09e667f3bcdL, 0x8ace5422aa0dbL, 0xae89f995ad3adL, 0xd5818dcfba487L
  };
  /// The bits of (2^(j/8) − itself rounded)/2^(j/8).
  static final long[] LOST = bits(
      0.0, -2.7939114859515733e-17, 3.3484623336251524e-17, 1.9572585293112036e-17, -6.835808657661922e-17,
      5.1548301170786783e-17, 4.875160526227062e-17, 1.790126907604513e-17);

  private static final double L1 = 0.6666666666666735;
  private static final double L2 = 0.39999999999411323;
  private static final double L3 = 0.2857142874322049;
  private static final double L4 = 0.2222219847977257;
  private static final double L5 = 0.18183569562596782;
  private static final double L6 = 0.15313907405099628;
  private static final double L7 = 0.14797469072721522;
  private static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;
  private static final long ONE_BITS = 0x3ff0000000000000L;
  private static final long MANTISSA = 0x000fffffffffffffL;
  private static final long TWO_TO_52_BITS = 0x4330000000000000L;

  private DoubleMath() {}

  static long[] bits(double... table) {
    long[] bits = new long[table.length];
    for (int j = 0; j < table.length; j++) {
      bits[j] = Double.doubleToRawLongBits(table[j]);
    }
    return bits;
  }

  static double exp(double x) {
    double shifted = shifted(x);
    double exp = part(x, shifted) * rest(shifted);
    return x > EXP_MAX ? Double.POSITIVE_INFINITY : x < EXP_MIN ? 0.0 : exp;
  }

  /// Twice half the exponent because 2¹⁰²⁴ is no `double`; the difference keeps its last bit all the same.
  static double expm1(double x) {
    double shifted = shifted(x);
    double power = power(shifted);
    double rest = rest(shifted);
    double expm1 = Math.fma(power, smallFraction(x, shifted, SHIFT), power - 1 / rest) * rest;
    return x > EXP_MAX ? Double.POSITIVE_INFINITY : x < EXPM1_MIN ? -1.0 : withSignOf(x, expm1);
  }

  static double elu(double x) {
    double shifted = Math.fma(x, LOG2_E_8, SHIFT_ONCE);
    double power = wholePower(shifted);
    double expm1 = Math.fma(power, smallFraction(x, shifted, SHIFT_ONCE), power - 1);
    return x >= 0 ? x : x < EXPM1_MIN ? -1.0 : expm1;
  }

  /// eˣ but for [#rest].
  static double part(double x, double shifted) {
    double power = power(shifted);
    return Math.fma(power, fraction(x, shifted), power);
  }

  static double log1p(double x) {
    if (!(x > -1 && x < Double.POSITIVE_INFINITY)) {
      return x == -1 ? Double.NEGATIVE_INFINITY : x > 0 ? x : Double.NaN;
    }
    if (Math.abs(x) < 0x1p-54) {
      return x;
    }
    double u = 1 + x;
    double lost = x >= 1 ? 1 - (u - x) : x - (u - 1);
    long bits = Double.doubleToRawLongBits(u) + (ONE_BITS - SQRT_HALF_BITS);
    double k = Double.longBitsToDouble(bits >>> 52 | TWO_TO_52_BITS) - (0x1p52 + 1023);
    double f = Double.longBitsToDouble((bits & MANTISSA) + SQRT_HALF_BITS) - 1;
    return logarithm(f, k, Math.fma(k, LN2_LOW, lost / u));
  }

  /// k·LN2_HIGH + log(1 + f) + low, for √½ − 1 ≤ f ≤ √2 − 1, summed from the small terms up.
  private static double logarithm(double f, double k, double low) {
    double s = f / (2 + f);
    double z = s * s;
    double w = z * z;
    double odd = Math.fma(Math.fma(Math.fma(L7, w, L5), w, L3), w, L1);
    double even = Math.fma(Math.fma(L6, w, L4), w, L2);
    double series = z * Math.fma(even, z, odd);
    double square = 0.5 * f * f;
    double small = square - Math.fma(s, square + series, low);
    return Math.fma(k, LN2_HIGH, f - small);
  }

  /// SHIFT + k with k = round(8x/ln 2).
  static double shifted(double x) {
    return Math.fma(x, LOG2_E_8, SHIFT);
  }

  /// eʳ − 1 with r = x − k·ln(2)/8, |r| ≤ ln(2)/16, and what rounding took from 2^(k/8) beside it.
  static double fraction(double x, double shifted) {
    double turns = shifted - SHIFT;
    return fractionFrom(Math.fma(turns, -LN2_8_HIGH, x), Math.fma(turns, -LN2_8_LOW, lost(shifted)));
  }

  /// The same to within a last place of r, given SHIFT or SHIFT_ONCE.
  static double smallFraction(double x, double shifted, double shift) {
    double turns = shifted - shift;
    double high = Math.fma(turns, -LN2_8_HIGH, x);
    double low = Math.fma(turns, -LN2_8_LOW, lost(shifted));
    double r = high + low;
    double square = r * r;
    double top = Math.fma(square, M8, Math.fma(r, M7, M6));
    double series = Math.fma(Math.fma(top, square, Math.fma(r, M5, M4)), square, Math.fma(r, M3, 0.5));
    return high + Math.fma(series, square, low);
  }

  /// high + low + r²(E2 + E3 r + …) with r = high + low.
  static double fractionFrom(double high, double low) {
    double r = high + low;
    double square = r * r;
    double series = Math.fma(Math.fma(Math.fma(r, E7, E6), square, Math.fma(r, E5, E4)), square, Math.fma(r, E3, E2));
    return high + Math.fma(series, square, low);
  }

  static double lost(double shifted) {
    return Double.longBitsToDouble(LOST[(int) Double.doubleToRawLongBits(shifted) & 7]);
  }

  /// 2^((k mod 8)/8)·2^⌊n/2⌋ with n = ⌊k/8⌋: the bits of 2046 + n, halved, are a biased exponent.
  static double power(double shifted) {
    long bits = Double.doubleToRawLongBits(shifted);
    return Double.longBitsToDouble((bits >>> 4 << 52) + POWERS[(int) bits & 7]);
  }

  /// 2^(k/8) for −1022 ≤ n ≤ 1023.
  static double wholePower(double shifted) {
    long bits = Double.doubleToRawLongBits(shifted);
    return Double.longBitsToDouble((bits >>> 3 << 52) + POWERS[(int) bits & 7]);
  }

  /// 2^⌈n/2⌉: what is left of 2^(k/8). The second of two factors, of which only it can round: so results reach ∞ and the subnormals.
  static double rest(double shifted) {
    long bits = Double.doubleToRawLongBits(shifted);
    return Double.longBitsToDouble((bits >>> 3) - (bits >>> 4) << 52);
  }

  static double withSignOf(double x, double y) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(y) | Double.doubleToRawLongBits(x) & Long.MIN_VALUE);
  }

  /// √x, which float rounds once more.
  static double sqrt(double x) {
    return Math.sqrt(x);
  }
}
