package dev.lanewise.kernel.gemm;

/// C = or += A·B with both operands read in place: for few rows of A, where each element of B is used too rarely to pay
/// for packing it, and for a B that stays in L1 anyway. Only the remaining columns of B, fewer than a vector, are
/// copied.
final class DoubleInPlaceGemm {

  private DoubleInPlaceGemm() {}

  static void product(
      int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    boolean rowMajor = acs == 1 || ars != 1;
    int vectors = rowMajor ? DoubleTiling.rowVectors(m) : DoubleTiling.COLUMN_VECTORS;
    boolean copiesEdge = rowMajor && DoubleTiling.copiesEdge(m, n);
    if (acs == 1 && !copiesEdge && fusion.stage != DoubleFusion.Stage.SLOPE_ON_A
        && DoubleTiling.isOneStrip(m, n, k, vectors)) {
      // The loops below would run once each and make 8 × 8 × 8 a quarter slower.
      scratch.panel.point(true, a, at, ars);
      scratch.panel.times(m, n, k, b, bt, bs, c, ct, cs, add);
      if (fusion.stage != DoubleFusion.Stage.NONE) {
        DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
      }
      return;
    }
    blocks(m, n, k, vectors, copiesEdge, a, at, ars, acs, b, bt, bs, c, ct, cs, add, fusion, scratch);
  }

  /// Goes block by block of k and of rows; a separate method, or C2 would not inline the few lines for a single strip.
  private static void blocks(
      int m, int n, int k, int vectors, boolean copiesEdge,
      double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    for (int p = 0; p < k; p += DoubleTiling.KC) {
      int kc = Math.min(DoubleTiling.KC, k - p);
      double[] edge = copiesEdge ? edge(n, kc, vectors, b, bt + p * bs, bs, scratch) : null;
      for (int i = 0, mc; i < m; i += mc) {
        mc = DoubleTiling.rowBlock(m - i, n, kc);
        scratch.panel.set(i, mc, p, kc, a, at, ars, acs, fusion, scratch);
        strips(mc, n, kc, vectors, b, bt + p * bs, bs, edge, scratch.blockAt(), c, ct + i * cs, cs, add || p > 0,
            scratch.panel);
        if (p + kc == k) {
          DoubleEpilogue.apply(i, mc, 0, n, c, ct + i * cs, cs, fusion);
        }
      }
    }
  }

  /// Multiplies some rows of A by all strips of B.
  private static void strips(
      int m, int n, int kc, int vectors, double[] b, int bt, int bs, double[] edge, int edgeAt,
      double[] c, int ct, int cs, boolean add, DoublePanel panel) {
    for (int j = 0, width; j < n; j += width) {
      width = DoubleTiling.strip(n - j, vectors);
      if (edge != null && j + width == n) {
        panel.timesStrip(0, m, width, kc, edge, edgeAt, c, ct + j, cs, add);
      } else {
        panel.times(m, width, kc, b, bt + j, bs, c, ct + j, cs, add);
      }
    }
  }

  /// Packs the last strip of B.
  private static double[] edge(int n, int kc, int vectors, double[] b, int bt, int bs, DoubleScratch scratch) {
    int width = n;
    for (int strip = DoubleTiling.strip(width, vectors); strip < width; strip = DoubleTiling.strip(width, vectors)) {
      width -= strip;
    }
    double[] edge = scratch.block(DoublePacking.size(kc, width));
    DoublePacking.strip(kc, width, b, bt + n - width, bs, 1, edge, scratch.blockAt());
    return edge;
  }
}
