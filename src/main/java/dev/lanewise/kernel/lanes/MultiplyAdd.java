package dev.lanewise.kernel.lanes;

/// Multiplications followed by an addition.
///
/// Where a fused multiply-add is a machine instruction, everything here is that. Where it is not, `Math.fma` computes
/// with `BigDecimal` and takes some thousand times as long: then a sum of which nobody relies on one rounding, or whose
/// product is exact, takes [#fast], and a formula that makes good what rounding took takes [#exact], with the same bits
/// as the instruction. In `float` that is cheap enough for all steps of a function; in `double` it takes ten times a
/// multiplication and an addition.
public final class MultiplyAdd {

  /// Whether a fused multiply-add is one machine instruction in this virtual machine.
  // What is measured in a microsecond saves the 20 ms for the options.
  public static final boolean FUSED = isQuick() || "true".equals(HotSpotOptions.value("UseFMA"));

  private static final int CALLS = 16;
  private static final int ROUNDS = 8;
  /// Up to so many nanoseconds a call, a fused multiply-add is an instruction: by `BigDecimal`, as `Math.fma` does it
  /// without, it takes ten times as long when compiled, and some thousand times before.
  private static final int QUICK = 60;
  /// The bits of a double that a float has no room for, and a one and zeros in them: halfway between two floats.
  private static final long BEYOND_FLOAT = 0x1FFF_FFFFL;
  private static final long HALFWAY = 0x1000_0000L;
  /// Splits 53 bits into 26 and 27.
  private static final double SPLITTER = 0x1p27 + 1;
  /// With factors up to MOST_FACTOR, a product from LEAST to MOST and a summand up to MOST nothing over- or underflows
  /// on the way.
  private static final double MOST_FACTOR = 0x1p995;
  private static final double LEAST = 0x1p-960;
  private static final double MOST = 0x1p1020;
  /// What is smaller than the other summand by so many powers of two is not seen but in the direction of rounding.
  private static final int APART = 200;

  private MultiplyAdd() {}

  /// Whether any of a few rounds is so quick that it has no other explanation.
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

  /// 1 − y², exact but for the last rounding, or for three.
  public static double oneLessSquare(double y) {
    return FUSED ? Math.fma(-y, y, 1.0) : (1 - y) * (1 + y);
  }

  /// 1 − y², exact but for the last rounding, or for three.
  public static float oneLessSquare(float y) {
    return FUSED ? Math.fma(-y, y, 1.0f) : (1 - y) * (1 + y);
  }

  /// ab + c, rounded once: as [Math#fma(double, double, double)].
  public static double exact(double a, double b, double c) {
    return FUSED ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /// ab + c, rounded once: as [Math#fma(float, float, float)].
  public static float exact(float a, float b, float c) {
    return FUSED ? Math.fma(a, b, c) : emulated(a, b, c);
  }

  /// The product of two floats is exact in double. Their sum is rounded to double and then to float, which is not the
  /// same as once where the first rounding leads to halfway between two floats, or where a float has fewer bits.
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

  /// All of them in powers of two of their own, and the result rounded where it belongs.
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
    // Where it is a half, whole is even: so both roundings before leave it.
    double rounded = whole + (Math.abs(rest) > 0.5 ? Math.signum(rest) : 0);
    return Math.copySign(rounded * Double.MIN_VALUE, sum);
  }

  private static int exponent(double x) {
    return Math.abs(x) < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p54) - 54 : Math.getExponent(x);
  }

  /// The sum of both rounded to odd: what is not exact gets a last bit of one, and is not taken for halfway afterwards.
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

  /// By T. J. Dekker's and G. W. Veltkamp's halves.
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
