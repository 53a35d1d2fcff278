package dev.lanewise.kernel;

import dev.lanewise.kernel.lanes.MultiplyAdd;
import dev.lanewise.kernel.math.DoubleMath;

/// Softmax and its cross-entropy with a target, in one operation: for rows of n logits z, e = log Σ exp(z − max z)·Σy −
/// Σ y·(z − max z) and g = factor·(p·Σy − y), p = softmax(z).
///
/// The target is a row y, or the number of the class whose y is 1. Log-sum-exp (the slides, equation 48) avoids the
/// logarithm of a probability, which may be 0. Exponentials of all rows are one operation, as most rows are shorter
/// than a vector. g must not overlap z or y. A NaN logit, one of +∞, or only −∞ makes the whole row of g and its e NaN.
final class DoubleCrossEntropy {

  private DoubleCrossEntropy() {}

  /// @param y class numbers, one for each row, all of them in 0 … n − 1
  static void ofClasses(
      DoubleKernels kernels, int rows, int n, double[] z, int zo, double[] y, int yo, double factor, double[] g, int go,
      double[] e, int eo) {
    for (int row = 0; row < rows; row++) {
      subtractLargest(n, z, zo + row * n, g, go + row * n);
      e[eo + row] = -g[go + row * n + (int) y[yo + row]];
    }
    kernels.exp(rows * n, g, go, g, go);
    for (int row = 0; row < rows; row++) {
      int at = go + row * n;
      double sum = kernels.sum(n, g, at);
      // sum − 1 is exact: the largest term is 1.
      e[eo + row] += DoubleMath.log1p(sum - 1);
      scale(n, factor / sum, g, at);
      g[at + (int) y[yo + row]] -= factor;
    }
  }

  /// @param y rows of n targets
  static void ofProbabilities(
      DoubleKernels kernels, int rows, int n, double[] z, int zo, double[] y, int yo, double factor, double[] g, int go,
      double[] e, int eo) {
    for (int row = 0; row < rows; row++) {
      subtractLargest(n, z, zo + row * n, g, go + row * n);
      e[eo + row] = -dotOfNonzero(n, y, yo + row * n, g, go + row * n);
    }
    kernels.exp(rows * n, g, go, g, go);
    for (int row = 0; row < rows; row++) {
      int at = go + row * n;
      double sum = kernels.sum(n, g, at);
      double whole = kernels.sum(n, y, yo + row * n);
      e[eo + row] = MultiplyAdd.fast(DoubleMath.log1p(sum - 1), whole, e[eo + row]);
      double scale = factor * whole / sum;
      for (int i = 0; i < n; i++) {
        g[at + i] = MultiplyAdd.fast(g[at + i], scale, -factor * y[yo + row * n + i]);
      }
    }
  }

  /// Ignores NaN in the search for the largest number; subtracting from a NaN keeps it.
  private static void subtractLargest(int n, double[] z, int zo, double[] g, int go) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      largest = z[zo + i] > largest ? z[zo + i] : largest;
    }
    for (int i = 0; i < n; i++) {
      g[go + i] = z[zo + i] - largest;
    }
  }

  /// Σ y·z over the y that are not 0, as an impossible class may have a logit of −∞.
  private static double dotOfNonzero(int n, double[] y, int yo, double[] z, int zo) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (y[yo + i] != 0) {
        sum = MultiplyAdd.fast(y[yo + i], z[zo + i], sum);
      }
    }
    return sum;
  }

  private static void scale(int n, double factor, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] *= factor;
    }
  }
}
