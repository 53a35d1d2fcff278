package dev.lanewise.kernel;

/// C = or += A·Bᵀ by dot products of rows, both operands read where they lie: for few rows of A, where each element of B is
/// used too seldom to pay for turning it.
final class DoubleDotGemm {

  private DoubleDotGemm() {}

  static void product(
      int m, int n, int k, double[] a, int at, int as, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    int rows = m == 1 ? 1 : m == 2 || DoubleDotKernel.OUTPUTS == 8 ? 2 : 4;
    int columns = DoubleDotKernel.OUTPUTS / rows;
    for (int j = 0; j < n; j += columns) {
      int width = Math.min(columns, n - j);
      for (int i = 0; i < m; i += rows) {
        DoubleDotKernel.tile(rows, Math.min(rows, m - i), width, k, a, at + i * as, as, b, bt + j * bs, bs, c, ct + i * cs + j, cs, add);
      }
    }
  }
}
