package dev.lanewise.kernel.arithmetic;

/// Arithmetic over arrays, by vectors or in plain Java, with the same bits.
public final class DoubleArithmetic {

  /// Fewer numbers are faster in plain Java, and do not justify warming up the vectors.
  static final int LEAST = 256 / Double.SIZE * 4;

  private DoubleArithmetic() {}

  /// Writes the result of the operation on x and y, and on z where it adds, to z, which may be x or y.
  public static void apply(Arithmetic operation, int n, double[] x, int xo, double[] y, int yo, double[] z, int zo) {
    if (n >= LEAST && DoubleArithmeticExercise.isReady(operation)) {
      DoubleVectorArithmetic.apply(operation, n, x, xo, y, yo, z, zo);
    } else {
      DoublePortableArithmetic.apply(operation, n, x, xo, y, yo, z, zo);
    }
  }
}
