package dev.lanewise.kernel;

/// C = or += A·Bᵀ by dot products of rows, both operands read where they lie: for few rows of A, where each element of B is
/// used too seldom to pay for turning it.
final class DoubleDotGemm {

  private DoubleDotGemm() {}

  /// With k a vector of 128 bit or more.
  static void product(
      int m, int n, int k, double[] a, int at, int as, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add,
      DoubleScratch scratch) {
    int bits = DoubleLanes.filledBy(k) * Double.SIZE;
    int outputs = bits == 512 ? DoubleDotKernel512.OUTPUTS : DoubleDotKernel256.OUTPUTS;
    int rows = m == 1 ? 1 : m == 2 || outputs == 8 ? 2 : 4;
    int columns = outputs / rows;
    double[] sums = scratch.sums;
    if (m == 1 && bits == 512 && DoubleTiling.fewStreams(n, k)) {
      four(n, k, a, at, b, bt, bs, c, ct, add, sums);
      return;
    }
    for (int j = 0; j < n; j += columns) {
      int width = Math.min(columns, n - j);
      int bj = bt + j * bs;
      for (int i = 0; i < m; i += rows) {
        int height = Math.min(rows, m - i);
        int ai = at + i * as;
        switch (bits) {
          case 512 -> DoubleDotKernel512.tile(rows, height, width, k, a, ai, as, b, bj, bs, sums);
          case 256 -> DoubleDotKernel256.tile(rows, height, width, k, a, ai, as, b, bj, bs, sums);
          default -> DoubleDotKernel128.tile(rows, height, width, k, a, ai, as, b, bj, bs, sums);
        }
        store(height, width, columns, sums, c, ct + i * cs + j, cs, add);
      }
    }
  }

  private static void four(
      int n, int k, double[] a, int at, double[] b, int bt, int bs, double[] c, int ct, boolean add, double[] sums) {
    for (int j = 0; j < n; j += 4) {
      int width = Math.min(4, n - j);
      DoubleDotKernel512.four(width, k, a, at, b, bt + j * bs, bs, sums);
      store(1, width, 4, sums, c, ct + j, 0, add);
    }
  }

  /// One number at a time: a masked vector might pass the end of C's array, see `src/build/MicroKernels.java`.
  private static void store(int rows, int width, int columns, double[] sums, double[] c, int ct, int cs, boolean add) {
    for (int i = 0; i < rows; i++) {
      int to = ct + i * cs;
      for (int j = 0; j < width; j++) {
        double sum = sums[i * columns + j];
        c[to + j] = add ? c[to + j] + sum : sum;
      }
    }
  }
}
