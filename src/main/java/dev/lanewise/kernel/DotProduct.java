package dev.lanewise.kernel;

/// Inner products and norms that over- or underflow only where their result does.
///
/// Products of floats are exact in double, and none overflows there. Products of doubles are summed directly. If that
/// sum is near an end of the range, it is computed again for vectors scaled by powers of two, which changes no digit:
/// Blue 1978, "A portable Fortran program to find the Euclidean norm of a vector".
public final class DotProduct {

  /// In a sum above this, products' losses by underflow are far less than the last place.
  private static final double LEAST = 0x1p-900;

  private DotProduct() {}

  /// Σ u·v.
  public static double of(int n, float[] u, int ut, float[] v, int vt) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      sum0 += (double) u[ut + i] * v[vt + i];
      sum1 += (double) u[ut + i + 1] * v[vt + i + 1];
      sum2 += (double) u[ut + i + 2] * v[vt + i + 2];
      sum3 += (double) u[ut + i + 3] * v[vt + i + 3];
    }
    for (; i < n; i++) {
      sum0 += (double) u[ut + i] * v[vt + i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /// Σ u·v.
  public static double of(int n, double[] u, int ut, double[] v, int vt) {
    double sum = DoubleKernels.BEST.dot(n, u, ut, v, vt);
    if (isInRange(sum)) {
      return sum;
    }
    double largestOfU = largest(n, u, ut);
    double largestOfV = largest(n, v, vt);
    if (!isScalable(largestOfU) || !isScalable(largestOfV)) {
      return sum;
    }
    int exponentOfU = Math.getExponent(largestOfU);
    int exponentOfV = Math.getExponent(largestOfV);
    double scaled = 0;
    for (int i = 0; i < n; i++) {
      scaled += Math.scalb(u[ut + i], -exponentOfU) * Math.scalb(v[vt + i], -exponentOfV);
    }
    return Math.scalb(scaled, exponentOfU + exponentOfV);
  }

  /// √Σ u².
  public static double norm(int n, float[] u, int ut) {
    return Math.sqrt(of(n, u, ut, u, ut));
  }

  /// √Σ u².
  public static double norm(int n, double[] u, int ut) {
    double squares = DoubleKernels.BEST.dot(n, u, ut, u, ut);
    double largest = isInRange(squares) ? 0 : largest(n, u, ut);
    if (!isScalable(largest)) {
      return Math.sqrt(squares);
    }
    int exponent = Math.getExponent(largest);
    double scaled = 0;
    for (int i = 0; i < n; i++) {
      double x = Math.scalb(u[ut + i], -exponent);
      scaled += x * x;
    }
    return Math.scalb(Math.sqrt(scaled), exponent);
  }

  private static boolean isInRange(double sum) {
    return Math.abs(sum) > LEAST && Math.abs(sum) < Double.POSITIVE_INFINITY;
  }

  private static boolean isScalable(double largest) {
    return largest > 0 && largest < Double.POSITIVE_INFINITY;
  }

  private static double largest(int n, double[] u, int ut) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, Math.abs(u[ut + i]));
    }
    return largest;
  }
}
