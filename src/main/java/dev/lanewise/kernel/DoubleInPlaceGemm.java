package dev.lanewise.kernel;

/// C = or += A·B with both operands read where they lie: for few rows of A, where each element of B is used too seldom to
/// pay for packing it, and for an A in columns and a B that stays in L1 by itself.
final class DoubleInPlaceGemm {

  private DoubleInPlaceGemm() {}

  static void product(
      int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    boolean rowMajor = acs == 1 || ars != 1;
    int vectors = rowMajor ? DoubleTiling.rowVectors(m) : DoubleTiling.COLUMN_VECTORS;
    boolean copiesEdge = rowMajor && DoubleTiling.copiesEdge(m, n);
    DoublePanel panel = scratch.panel;
    for (int p = 0; p < k; p += DoubleTiling.KC) {
      int kc = Math.min(DoubleTiling.KC, k - p);
      boolean adds = add || p > 0;
      panel.set(0, m, p, kc, a, at, ars, acs, fusion, scratch);
      for (int j = 0, width; j < n; j += width) {
        width = DoubleTiling.strip(n - j, vectors);
        if (copiesEdge && j + width == n) {
          double[] edge = scratch.block(DoublePacking.size(kc, width));
          DoublePacking.strip(kc, width, b, bt + p * bs + j, bs, 1, edge, 0);
          panel.timesStrip(m, width, kc, edge, 0, c, ct + j, cs, adds);
        } else {
          panel.times(m, width, kc, b, bt + p * bs + j, bs, c, ct + j, cs, adds);
        }
      }
    }
    DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
  }
}
