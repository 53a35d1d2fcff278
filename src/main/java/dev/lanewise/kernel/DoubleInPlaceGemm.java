package dev.lanewise.kernel;

/// C = or += A·B with both operands read where they lie: for few rows of A, where each element of B is used too seldom to
/// pay for packing it, and for a B that stays in the caches by itself.
final class DoubleInPlaceGemm {

  private DoubleInPlaceGemm() {}

  static void product(
      int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    boolean rowMajor = acs == 1 || ars != 1;
    int most = rowMajor ? DoubleTiling.rowTile(n) : DoubleTiling.columnTile(n);
    DoublePanel panel = scratch.panel;
    for (int p = 0; p < k; p += DoubleTiling.KC) {
      int kc = Math.min(DoubleTiling.KC, k - p);
      int panels = DoubleTiling.parts(m, most);
      for (int i = 0; i < m; panels--) {
        int r = DoubleTiling.parts(m - i, panels);
        int vectors = rowMajor ? DoubleTiling.rowVectors(r) : DoubleTiling.COLUMN_VECTORS;
        panel.set(i, r, p, kc, a, at, ars, acs, fusion, scratch);
        for (int j = 0, strip; j < n; j += strip) {
          strip = DoubleTiling.strip(n - j, vectors);
          panel.times(r, strip, kc, b, bt + p * bs + j, bs, c, ct + i * cs + j, cs, add || p > 0);
        }
        if (p + kc == k) {
          DoubleEpilogue.apply(i, r, 0, n, c, ct + i * cs, cs, fusion);
        }
        i += r;
      }
    }
  }
}
