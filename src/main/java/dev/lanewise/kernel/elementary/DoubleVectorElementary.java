package dev.lanewise.kernel.elementary;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.DoubleTail;
import dev.lanewise.kernel.math.DoubleVectorMath;

/// Elementary functions on parts of arrays, n numbers from each offset, on vectors. `y` may be `z` from the same offset
/// on.
///
/// Every function gives the bits of [DoublePortableElementary], which it calls where no vector fits.
public final class DoubleVectorElementary {

  private DoubleVectorElementary() {}

  /// y = f(z).
  public static void apply(Elementary f, int n, double[] z, int zo, double[] y, int yo) {
    int last = DoubleTail.last(n, z, zo, y, yo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableElementary.apply(f, n, z, zo, y, yo);
      return;
    }
    switch (f) {
      case LOG -> DoubleVectorMath.log(n, last, z, zo, y, yo);
      case LOG1P -> DoubleVectorMath.log1p(n, last, z, zo, y, yo);
      case EXPM1 -> DoubleVectorMath.expm1(n, last, z, zo, y, yo);
      case SIN -> DoubleVectorTrigonometry.sin(n, last, z, zo, y, yo);
      case COS -> DoubleVectorTrigonometry.cos(n, last, z, zo, y, yo);
    }
  }

  /// y = z^exponent, an exponent that is not 0.
  public static void pow(
      double exponent, // both precisions
      int n, double[] z, int zo, double[] y, int yo) {
    int last = DoubleTail.last(n, z, zo, y, yo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableElementary.pow(exponent, n, z, zo, y, yo);
      return;
    }
    double atZero = exponent > 0 ? 0.0 : exponent < 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    double atInfinity = exponent > 0 ? Double.POSITIVE_INFINITY : exponent < 0 ? 0.0 : Double.NaN;
    double leastNan = exponent == Math.rint(exponent) ? Double.NEGATIVE_INFINITY : 0.0;
    boolean isOdd = DoublePower.isOdd(exponent); // both precisions
    DoubleVectorPower.pow(DoublePower.high(exponent), DoublePower.low(exponent), isOdd, atZero, atInfinity, leastNan,
        n, last, z, zo, y, yo);
  }
}
