package dev.lanewise.kernel.elementary;

import dev.lanewise.kernel.math.DoubleMath;

/// Elementary functions on parts of arrays, n numbers from each offset, in plain Java.
///
/// Formulas and bits are those of [DoubleVectorElementary].
public final class DoublePortableElementary {

  private DoublePortableElementary() {}

  /// y = f(z).
  public static void apply(Elementary f, int n, double[] z, int zo, double[] y, int yo) {
    switch (f) {
      case LOG -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleMath.log(z[zo + i]);
        }
      }
      case LOG1P -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleMath.log1p(z[zo + i]);
        }
      }
      case EXPM1 -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleMath.expm1(z[zo + i]);
        }
      }
      case SIN -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleTrigonometry.sin(z[zo + i]);
        }
      }
      case COS -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = DoubleTrigonometry.cos(z[zo + i]);
        }
      }
    }
  }

  /// y = z^exponent, an exponent that is not 0.
  public static void pow(
      double exponent, // both precisions
      int n, double[] z, int zo, double[] y, int yo) {
    boolean odd = DoublePower.isOdd(exponent); // both precisions
    for (int i = 0; i < n; i++) {
      y[yo + i] = DoublePower.pow(z[zo + i], exponent, odd);
    }
  }
}
