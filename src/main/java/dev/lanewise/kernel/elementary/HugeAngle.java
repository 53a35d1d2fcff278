package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.MultiplyAdd.exact;

/// Sines of arguments with too many quarter turns to subtract, in integer arithmetic.
///
/// M. Payne and R. Hanek, *Radian reduction for trigonometric functions*, SIGNUM Newsletter 18 (1983). With x = m·2^e,
/// m of 53 bits, the product x·2/π modulo 4 comes from 192 bits of 2/π: the bits before give multiples of 4, those
/// after less than 2⁻¹³⁷ together. No `double` is nearer to a multiple of π/2 than 2⁻⁶² of it, so 75 bits remain.
final class HugeAngle {

  /// 0, and the first 1280 bits of 2/π after the point.
  private static final long[] TWO_OVER_PI = {
    0,
    0xa2f9836e4e441529L, 0xfc2757d1f534ddc0L, 0xdb6295993c439041L, 0xfe5163abdebbc561L,
    0xb7246e3a424dd2e0L, 0x06492eea09d1921cL, 0xfe1deb1cb129a73eL, 0xe88235f52ebb4484L,
    0xe99c7026b45f7e41L, 0x3991d639835339f4L, 0x9c845f8bbdf9283bL, 0x1ff897ffde05980fL,
    0xef2f118b5a0a6d1fL, 0x6d367ecf27cb09b7L, 0x4f463f669e5fea2dL, 0x7527bac7ebe5f17bL,
    0x3d0739f78a5292eaL, 0x6bfb5fb11f8d5d08L, 0x56033046fc7b6babL, 0xf0cfbc209af4361dL
  };

  private HugeAngle() {}

  /// sin(a + quarters·π/2), a from 1 on; NaN for ∞ and NaN.
  static double sin(double a, int quarters) {
    if (!(a < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    long m = Double.doubleToRawLongBits(a) & 0x000fffffffffffffL | 0x0010000000000000L;
    // The bit of weight 2 in the product with 2^e.
    int bit = Math.getExponent(a) - 52 - 2 + Long.SIZE;
    long b0 = bits(bit);
    long b1 = bits(bit + Long.SIZE);
    long b2 = bits(bit + 2 * Long.SIZE);
    long p2 = m * b2;
    long above2 = Math.unsignedMultiplyHigh(m, b2);
    long p1 = m * b1 + above2;
    long above1 = Math.unsignedMultiplyHigh(m, b1) + (Long.compareUnsigned(p1, above2) < 0 ? 1 : 0);
    long p0 = m * b0 + above1;
    // Two bits of quarters, then a fraction that is rounded to the nearest: it is below 0 where it begins with a one.
    long high = p0 << 2 | p1 >>> 62;
    long low = p1 << 2 | p2 >>> 62;
    int whole = (int) (p0 >>> 62) + (int) (high >>> 63);
    return ofFraction(high, low, whole + quarters);
  }

  private static long bits(int first) {
    int word = first >>> 6;
    int shift = first & 63;
    return TWO_OVER_PI[word] << shift | TWO_OVER_PI[word + 1] >>> 1 >>> 63 - shift;
  }

  /// sin of (high:low·2⁻¹²⁸ + quarters)·π/2, high:low a number of 128 bits with a sign.
  private static double ofFraction(long high, long low, int quarters) {
    boolean below = high < 0;
    long upper = below ? ~high : high;
    long lower = below ? -low : low;
    upper += below && low == 0 ? 1 : 0;
    int zeros = upper == 0 ? Long.SIZE + Long.numberOfLeadingZeros(lower) : Long.numberOfLeadingZeros(upper);
    long first = zeros >= Long.SIZE ? lower << zeros : upper << zeros | lower >>> 1 >>> 63 - zeros;
    long second = zeros >= Long.SIZE ? 0 : lower << zeros;
    // 53 bits and the next 53.
    double x = Math.scalb((double) (first >>> 11), -53 - zeros);
    double xLow = Math.scalb((double) (first << 53 >>> 11 | second >>> 22), -106 - zeros);
    double product = x * DoubleTrigonometry.PI_1;
    double rest = exact(x, DoubleTrigonometry.PI_1, -product)
        + exact(x, DoubleTrigonometry.PI_2, xLow * DoubleTrigonometry.PI_1);
    double r = product + rest;
    double rLow = product - r + rest;
    return DoubleTrigonometry.ofReduced(below ? -r : r, below ? -rLow : rLow, quarters);
  }
}
