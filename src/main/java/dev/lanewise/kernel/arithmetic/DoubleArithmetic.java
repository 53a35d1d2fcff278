package dev.lanewise.kernel.arithmetic;

/// Arithmetic over arrays, by vectors or in plain Java, with the same bits.
public final class DoubleArithmetic {

  /// Fewer numbers are faster in plain Java, and are not worth warming vectors up for.
  static final int LEAST = 256 / Double.SIZE * 4;

  private DoubleArithmetic() {}

  /// What the operation makes of x and y, or of z too, in z. That may be x or y.
  public static void apply(Arithmetic operation, int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    if (n >= LEAST && DoubleArithmeticExercise.isReady(operation)) {
      DoubleVectorArithmetic.apply(operation, n, x, xo, y, yo, z, zo);
    } else {
      DoublePortableArithmetic.apply(operation, n, x, xo, y, yo, z, zo);
    }
  }
}
