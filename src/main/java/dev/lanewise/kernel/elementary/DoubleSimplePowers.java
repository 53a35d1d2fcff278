package dev.lanewise.kernel.elementary;

/// Powers with the commonest exponents, by plain loops that serve vectors and plain Java alike.
///
/// | exponent     | formula                       | error, ulp of `double` |
/// |--------------|-------------------------------|------------------------|
/// | 0, 1         | 1, x                          | 0                      |
/// | 2, 3         | x·x, x·x·x                    | 0.5, 1                 |
/// | −1, −2       | 1/x, (1/x)·(1/x)              | 0.5, 1.5               |
/// | 0.5, 1.5     | √x, x√x                       | 0.5, 1                 |
/// | −0.5         | 1/√x                          | 1                      |
///
/// In `float` each is computed in `double` and rounded once. Special values are those of `Math.pow`: x⁰ is 1 for NaN
/// too; a half-integer power of −∞ is that of ∞, and of other negative numbers NaN.
@SuppressWarnings("cast")
public final class DoubleSimplePowers {

  private DoubleSimplePowers() {}

  /// Whether an exponent is one of these.
  public static boolean serve(double exponent) { // both precisions
    return exponent == 0 || isWhole(exponent) || Math.abs(exponent) == 0.5 || exponent == 1.5; // both precisions
  }

  private static boolean isWhole(double exponent) { // both precisions
    return exponent == Math.rint(exponent) && exponent >= -2 && exponent <= 3;
  }

  /// y = z^exponent, one of these.
  public static void pow(
      double exponent, // both precisions
      int n, double[] z, int zo, double[] y, int yo) {
    if (exponent == 0) {
      fill(n, y, yo);
    } else if (isWhole(exponent)) {
      whole((int) exponent, n, z, zo, y, yo);
    } else {
      half(exponent, n, z, zo, y, yo);
    }
  }

  private static void fill(int n, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = 1;
    }
  }

  private static void whole(int exponent, int n, double[] z, int zo, double[] y, int yo) {
    switch (exponent) {
      case 1 -> System.arraycopy(z, zo, y, yo, n);
      case 2 -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = z[zo + i] * z[zo + i];
        }
      }
      case 3 -> {
        for (int i = 0; i < n; i++) {
          double x = z[zo + i]; // both precisions
          y[yo + i] = (double) (x * x * x);
        }
      }
      case -1 -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = 1 / z[zo + i];
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          double inverse = 1.0 / z[zo + i]; // both precisions
          y[yo + i] = (double) (inverse * inverse);
        }
      }
    }
  }

  private static void half(
      double exponent, // both precisions
      int n, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      double x = positive(z[zo + i]); // both precisions
      double root = Math.sqrt(x); // both precisions
      double power = exponent > 1 ? x * root : exponent > 0 ? root : 1 / root; // both precisions
      y[yo + i] = (double) power;
    }
  }

  /// x, but 0 for −0 and ∞ for −∞, for which `Math.pow` differs from the root.
  private static double positive(double x) { // both precisions
    return x == Double.NEGATIVE_INFINITY ? -x : x + 0.0; // both precisions
  }
}
