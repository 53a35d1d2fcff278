package dev.lanewise.kernel.lanes;

/// Multiplications followed by an addition.
///
/// Where a fused multiply-add is a machine instruction, everything here uses it. Elsewhere `Math.fma` computes with
/// `BigDecimal`, which takes some thousand times as long. Then [#fast] serves sums whose product is exact, or that need
/// not be rounded only once. [#exact] serves formulas that recover rounding errors; its bits are those of the
/// instruction. In `float`, [#exact] is cheap enough for all steps of a function, but in `double` it is not.
public final class MultiplyAdd {

  /// Whether a fused multiply-add is one machine instruction in this virtual machine.
  // A microsecond's measurement saves the 20 ms for reading the options.
  public static final boolean FUSED = isQuick() || "true".equals(HotSpotOptions.value("UseFMA"));

  private static final int CALLS = 16;
  private static final int ROUNDS = 8;
  /// The most nanoseconds a call of a fused multiply-add that is an instruction. Without one, `Math.fma` uses
  /// `BigDecimal` and takes ten times as long when compiled, and far longer before.
  private static final int QUICK = 60;
  /// The bits of a double that a float has no room for; a one followed by zeros in them is halfway between two floats.
  private static final long BEYOND_FLOAT = 0x1FFF_FFFFL;
  private static final long HALFWAY = 0x1000_0000L;
  /// Splits 53 bits into 26 and 27.
  private static final double SPLITTER = 0x1p27 + 1;
  /// With factors up to MOST_FACTOR, a product from LEAST to MOST and a summand up to MOST, no step over- or
  /// underflows.
  private static final double MOST_FACTOR = 0x1p995;
  private static final double LEAST = 0x1p-960;
  private static final double MOST = 0x1p1020;
  /// A summand smaller than the other by so many powers of two affects only the direction of rounding.
  private static final int APART = 200;

  private MultiplyAdd() {}

  /// Whether one of a few rounds is so quick that only an instruction explains it.
  static boolean isQuick() {
    double x = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        x = Math.fma(x, 0.75, 1.0);
      }
      if (System.nanoTime() - begin <= CALLS * QUICK) {
        return x > 0;
      }
    }
    return false;
  }

  /// ab + c, rounded once or twice.
  public static double fast(double a, double b, double c) {
    return FUSED ? Math.fma(a, b, c) : a * b + c;
  }

  /// ab + c, rounded once or twice.
  public static float fast(float a, float b, float c) {
    return FUSED ? Math.fma(a, b, c) : a * b + c;
  }

  /// 1 − y², exact except for the last rounding, or for three.
  public static double oneLessSquare(double y) {
    return FUSED ? Math.fma(-y, y, 1.0) : (1 - y) * (1 + y);
  }

  /// 1 − y², exact except for the last rounding, or for three.
  public static float oneLessSquare(float y) {
    return FUSED ? Math.fma(-y, y, 1.0f) : (1 - y) * (1 + y);
  }

  /// ab + c, rounded once, like [Math#fma(double, double, double)].
  public static double exact(double a, double b, double c) {
    return FUSED ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /// ab + c, rounded once, like [Math#fma(float, float, float)].
  public static float exact(float a, float b, float c) {
    return FUSED ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /// The product of two floats is exact in double. Rounding the sum to double and then to float differs from rounding
  /// once if the first lands halfway between two floats, or if the float is subnormal.
  static float emulated(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    if ((Double.doubleToRawLongBits(sum) & BEYOND_FLOAT) == HALFWAY || Math.abs(sum) < Float.MIN_NORMAL) {
      double error = errorOfSum(product, c, sum);
      return (float) odd(sum, error);
    }
    return (float) sum;
  }

  /// By error-free transformations and rounding to odd: S. Boldo, G. Melquiond, "Emulation of a FMA and correctly
  /// rounded sums: proved algorithms using rounding to odd", IEEE Transactions on Computers 57 (2008).
  static double emulated(double a, double b, double c) {
    double product = a * b;
    double size = Math.abs(product);
    boolean within = size >= LEAST && size <= MOST && Math.abs(c) <= MOST
        && Math.abs(a) <= MOST_FACTOR && Math.abs(b) <= MOST_FACTOR;
    if (!within) {
      return atTheEnds(a, b, c);
    }
    double lost = errorOfProduct(a, b, product);
    double low = c + lost;
    double high = product + low;
    return high + oddSum(errorOfSum(c, lost, low), errorOfSum(product, low, high));
  }

  private static double atTheEnds(double a, double b, double c) {
    if (!Double.isFinite(a) || !Double.isFinite(b) || a == 0 || b == 0) {
      return a * b + c;
    }
    return Double.isFinite(c) ? scaled(a, b, c) : c;
  }

  /// Scales each number by its power of two, and rounds the result at its true place.
  private static double scaled(double a, double b, double c) {
    int ofA = exponent(a);
    int ofB = exponent(b);
    int ofC = exponent(c);
    int top = Math.max(ofA + ofB, ofC);
    double factor = Math.scalb(Math.scalb(a, -ofA), Math.max(ofA + ofB - top, -APART));
    double other = Math.scalb(b, -ofB);
    double summand = Math.scalb(Math.scalb(c, -ofC), Math.max(ofC - top, -APART));
    double product = factor * other;
    double lost = errorOfProduct(factor, other, product);
    double low = summand + lost;
    double high = product + low;
    double rest = oddSum(errorOfSum(summand, lost, low), errorOfSum(product, low, high));
    double sum = high + rest;
    return sum == 0 || Math.getExponent(sum) + top >= Double.MIN_EXPONENT + 1
        ? Math.scalb(sum, top)
        : subnormal(sum, errorOfSum(high, rest, sum), top - (Double.MIN_EXPONENT - 52));
  }

  /// (sum + error)·2^exponent, rounded to a whole number once, in units of the least double.
  private static double subnormal(double sum, double error, int exponent) {
    double units = Math.scalb(sum, exponent);
    double whole = Math.rint(units);
    double rest = oddSum(units - whole, Math.scalb(error, exponent));
    // Where |rest| is ½, the two roundings before have left an even `whole`, which stays.
    double rounded = whole + (Math.abs(rest) > 0.5 ? Math.signum(rest) : 0);
    return Math.copySign(rounded * Double.MIN_VALUE, sum);
  }

  private static int exponent(double x) {
    return Math.abs(x) < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p54) - 54 : Math.getExponent(x);
  }

  /// The sum rounded to odd: an inexact one gets a last bit of one, and so is not taken for halfway afterwards.
  private static double oddSum(double a, double b) {
    double sum = a + b;
    return odd(sum, errorOfSum(a, b, sum));
  }

  private static double odd(double sum, double error) {
    long bits = Double.doubleToRawLongBits(sum);
    boolean inexact = error > 0 || error < 0;
    return inexact && (bits & 1) == 0 ? Double.longBitsToDouble(bits + (error > 0 == sum > 0 ? 1 : -1)) : sum;
  }

  private static double errorOfSum(double a, double b, double sum) {
    double second = sum - a;
    return (a - (sum - second)) + (b - second);
  }

  /// The rounding error of a product, by T. J. Dekker's and G. W. Veltkamp's halves.
  private static double errorOfProduct(double a, double b, double product) {
    double toA = SPLITTER * a;
    double a1 = toA - (toA - a);
    double a2 = a - a1;
    double toB = SPLITTER * b;
    double b1 = toB - (toB - b);
    double b2 = b - b1;
    return ((a1 * b1 - product) + a1 * b2 + a2 * b1) + a2 * b2;
  }
}
