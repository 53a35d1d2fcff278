package dev.lanewise.kernel.passes;

import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.math.DoubleMath;
import dev.lanewise.kernel.math.DoubleSums;

/// Reductions over n numbers from an offset, and softmax of one row with its derivatives, in plain Java.
///
/// Formulas and conditions are those of [DoubleVectorRows], and so are the bits: [DoubleSums].
public final class DoublePortableRows {

  private DoublePortableRows() {}

  static double max(int n, double[] x, int xo) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, x[xo + i]);
    }
    return largest;
  }

  /// Works without a branch: x − x is 0 for a number, else NaN.
  public static boolean finite(int n, double[] x, int xo) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += x[xo + i] - x[xo + i];
    }
    return sum == 0;
  }

  public static void softmax(int n, double[] z, int zo, double[] y, int yo) {
    double inOrder = expLess(n, z, zo, max(n, z, zo), y, yo);
    double inverse = 1 / (n < DoubleSums.PARTIAL ? inOrder : DoubleSums.sum(n, y, yo));
    for (int i = 0; i < n; i++) {
      y[yo + i] *= inverse;
    }
  }

  /// y = exp(z − largest); returns the sum of y from first to last.
  private static double expLess(int n, double[] z, int zo, double largest, double[] y, int yo) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double e = DoubleMath.exp(z[zo + i] - largest);
      y[yo + i] = e;
      sum += e;
    }
    return sum;
  }

  public static void logSoftmax(int n, double[] z, int zo, double[] y, int yo) {
    double largest = max(n, z, zo);
    // The sum minus 1 is exact: the largest term is 1.
    double logarithm = DoubleMath.log1p(DoubleSums.expSum(n, z, zo, largest) - 1);
    for (int i = 0; i < n; i++) {
      y[yo + i] = z[zo + i] - largest - logarithm;
    }
  }

  public static void softmaxDerivative(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    double mean = DoubleSums.dot(n, p, po, u, uo);
    for (int i = 0; i < n; i++) {
      v[vo + i] = p[po + i] * (u[uo + i] - mean);
    }
  }

  public static void logSoftmaxPush(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    double mean = DoubleSums.dot(n, p, po, u, uo);
    for (int i = 0; i < n; i++) {
      v[vo + i] = u[uo + i] - mean;
    }
  }

  public static void logSoftmaxPull(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    double minus = -DoubleSums.sum(n, u, uo);
    for (int i = 0; i < n; i++) {
      v[vo + i] = MultiplyAdd.fast(p[po + i], minus, u[uo + i]);
    }
  }
}
