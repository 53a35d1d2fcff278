package dev.lanewise.kernel.elementary;

/// Elementary functions on parts of arrays, n numbers from each offset, in plain Java: a number after the other by `StrictMath`.
@SuppressWarnings("cast")
public final class DoublePortableElementary {

  private DoublePortableElementary() {}

  /// y = f(z).
  public static void apply(Elementary f, int n, double[] z, int zo, double[] y, int yo) {
    switch (f) {
      case LOG -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (double) StrictMath.log(z[zo + i]);
        }
      }
      case LOG1P -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (double) StrictMath.log1p(z[zo + i]);
        }
      }
      case EXPM1 -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (double) StrictMath.expm1(z[zo + i]);
        }
      }
      case SIN -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (double) StrictMath.sin(z[zo + i]);
        }
      }
      case COS -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = (double) StrictMath.cos(z[zo + i]);
        }
      }
    }
  }
}
