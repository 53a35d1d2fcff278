package dev.lanewise.kernel.chain;

import static dev.lanewise.kernel.lanes.MultiplyAdd.fast;

/// The products of a chain of small layers by loops over four numbers side by side, two rows at once if there are two.
///
/// @param widths of the input and of each layer's output
/// @param biased whether each layer has a bias
/// @param forward whether columns are pushed, not rows pulled
record DoubleChainLoops(int[] widths, boolean[] biased, boolean forward) implements DoubleChainCode {

  @Override
  public void affine(int layer, double[] w, int wt, double[] b, int bt, double[] y, int yt, double[] z) {
    affine(widths[layer + 1], widths[layer], biased[layer], w, wt, b, bt, y, yt, z);
  }

  @Override
  public void product(int layer, double[] a, int at, double[] s, double[] b, int bt, double[] c, int ct) {
    if (forward) {
      product(widths[layer + 1], widths[0], widths[layer], a, at, s, b, bt, c, ct);
    } else {
      product(widths[widths.length - 1], widths[layer], widths[layer + 1], a, at, s, b, bt, c, ct);
    }
  }

  /// z = W·x + b, four rows side by side.
  private static void affine(int m, int k, boolean biased, double[] w, int wt, double[] b, int bt, double[] x, int xt,
      double[] z) {
    int i = 0;
    for (; i <= m - 4; i += 4) {
      int at = wt + i * k;
      double z0 = !biased ? 0 : b[bt + i];
      double z1 = !biased ? 0 : b[bt + i + 1];
      double z2 = !biased ? 0 : b[bt + i + 2];
      double z3 = !biased ? 0 : b[bt + i + 3];
      for (int p = 0; p < k; p++) {
        double factor = x[xt + p];
        z0 = fast(w[at + p], factor, z0);
        z1 = fast(w[at + k + p], factor, z1);
        z2 = fast(w[at + 2 * k + p], factor, z2);
        z3 = fast(w[at + 3 * k + p], factor, z3);
      }
      z[i] = z0;
      z[i + 1] = z1;
      z[i + 2] = z2;
      z[i + 3] = z3;
    }
    for (; i <= m - 2; i += 2) {
      int at = wt + i * k;
      double z0 = !biased ? 0 : b[bt + i];
      double z1 = !biased ? 0 : b[bt + i + 1];
      for (int p = 0; p < k; p++) {
        z0 = fast(w[at + p], x[xt + p], z0);
        z1 = fast(w[at + k + p], x[xt + p], z1);
      }
      z[i] = z0;
      z[i + 1] = z1;
    }
    if (i < m) {
      double z0 = !biased ? 0 : b[bt + i];
      for (int p = 0; p < k; p++) {
        z0 = fast(w[wt + i * k + p], x[xt + p], z0);
      }
      z[i] = z0;
    }
  }

  /// C = A·diag(s)·B, each by rows: two rows and four columns side by side.
  private static void product(int m, int n, int k, double[] a, int at, double[] s, double[] b, int bt, double[] c,
      int ct) {
    int i = 0;
    for (; i <= m - 2; i += 2) {
      twoRows(n, k, a, at + i * k, s, b, bt, c, ct + i * n);
    }
    if (i < m) {
      oneRow(n, k, a, at + i * k, s, b, bt, c, ct + i * n);
    }
  }

  private static void twoRows(int n, int k, double[] a, int at, double[] s, double[] b, int bt, double[] c, int ct) {
    int j = 0;
    for (; j <= n - 4; j += 4) {
      double c00 = 0;
      double c01 = 0;
      double c02 = 0;
      double c03 = 0;
      double c10 = 0;
      double c11 = 0;
      double c12 = 0;
      double c13 = 0;
      for (int p = 0, q = bt + j; p < k; p++, q += n) {
        double slope = s[p];
        double a0 = a[at + p] * slope;
        double a1 = a[at + k + p] * slope;
        c00 = fast(a0, b[q], c00);
        c01 = fast(a0, b[q + 1], c01);
        c02 = fast(a0, b[q + 2], c02);
        c03 = fast(a0, b[q + 3], c03);
        c10 = fast(a1, b[q], c10);
        c11 = fast(a1, b[q + 1], c11);
        c12 = fast(a1, b[q + 2], c12);
        c13 = fast(a1, b[q + 3], c13);
      }
      c[ct + j] = c00;
      c[ct + j + 1] = c01;
      c[ct + j + 2] = c02;
      c[ct + j + 3] = c03;
      c[ct + n + j] = c10;
      c[ct + n + j + 1] = c11;
      c[ct + n + j + 2] = c12;
      c[ct + n + j + 3] = c13;
    }
    for (; j <= n - 2; j += 2) {
      double c00 = 0;
      double c01 = 0;
      double c10 = 0;
      double c11 = 0;
      for (int p = 0, q = bt + j; p < k; p++, q += n) {
        double slope = s[p];
        double a0 = a[at + p] * slope;
        double a1 = a[at + k + p] * slope;
        c00 = fast(a0, b[q], c00);
        c01 = fast(a0, b[q + 1], c01);
        c10 = fast(a1, b[q], c10);
        c11 = fast(a1, b[q + 1], c11);
      }
      c[ct + j] = c00;
      c[ct + j + 1] = c01;
      c[ct + n + j] = c10;
      c[ct + n + j + 1] = c11;
    }
    if (j < n) {
      c[ct + j] = dot(k, a, at, s, b, bt + j, n);
      c[ct + n + j] = dot(k, a, at + k, s, b, bt + j, n);
    }
  }

  private static void oneRow(int n, int k, double[] a, int at, double[] s, double[] b, int bt, double[] c, int ct) {
    int j = 0;
    for (; j <= n - 4; j += 4) {
      double c0 = 0;
      double c1 = 0;
      double c2 = 0;
      double c3 = 0;
      for (int p = 0, q = bt + j; p < k; p++, q += n) {
        double factor = a[at + p] * s[p];
        c0 = fast(factor, b[q], c0);
        c1 = fast(factor, b[q + 1], c1);
        c2 = fast(factor, b[q + 2], c2);
        c3 = fast(factor, b[q + 3], c3);
      }
      c[ct + j] = c0;
      c[ct + j + 1] = c1;
      c[ct + j + 2] = c2;
      c[ct + j + 3] = c3;
    }
    for (; j < n; j++) {
      c[ct + j] = dot(k, a, at, s, b, bt + j, n);
    }
  }

  private static double dot(int k, double[] a, int at, double[] s, double[] b, int bt, int bs) {
    double sum = 0;
    for (int p = 0; p < k; p++) {
      sum = fast(a[at + p] * s[p], b[bt + p * bs], sum);
    }
    return sum;
  }
}
