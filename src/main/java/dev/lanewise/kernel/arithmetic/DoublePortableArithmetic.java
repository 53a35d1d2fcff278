package dev.lanewise.kernel.arithmetic;

/// Arithmetic over arrays in plain Java.
final class DoublePortableArithmetic {

  private DoublePortableArithmetic() {}

  static void apply(Arithmetic operation, int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    switch (operation) {
      case SUM -> sum(n, x, xo, y, yo, z, zo);
      case DIFFERENCE -> difference(n, x, xo, y, yo, z, zo);
      case PRODUCT -> product(n, x, xo, y, yo, z, zo);
      case QUOTIENT -> quotient(n, x, xo, y, yo, z, zo);
      case ADD_PRODUCT -> addProduct(n, x, xo, y, yo, z, zo);
      case SUBTRACT_PRODUCT -> subtractProduct(n, x, xo, y, yo, z, zo);
      case MAXIMUM -> maximum(n, x, xo, y, yo, z, zo);
      case MINIMUM -> minimum(n, x, xo, y, yo, z, zo);
    }
  }

  private static void sum(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = x[xo + i] + y[yo + i];
    }
  }

  private static void difference(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = x[xo + i] - y[yo + i];
    }
  }

  private static void product(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = x[xo + i] * y[yo + i];
    }
  }

  private static void quotient(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = x[xo + i] / y[yo + i];
    }
  }

  private static void addProduct(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = z[zo + i] + x[xo + i] * y[yo + i];
    }
  }

  private static void subtractProduct(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = z[zo + i] - x[xo + i] * y[yo + i];
    }
  }

  private static void maximum(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = Math.max(x[xo + i], y[yo + i]);
    }
  }

  private static void minimum(int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    for (int i = 0; i < n; i++) {
      z[zo + i] = Math.min(x[xo + i], y[yo + i]);
    }
  }
}
