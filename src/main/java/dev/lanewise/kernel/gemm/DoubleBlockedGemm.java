package dev.lanewise.kernel.gemm;

/// C = or += A·B with B packed in blocks: the loops of Goto & van de Geijn 2008 and of BLIS, mirrored for row-major C
/// with the vectors along n.
///
/// ```
/// for p in k by KC                    a block of A's columns and B's rows
///   for j in n by NC                  pack B[KC × NC] in strips                          L2
///     for i in m by MC                pack A[MC × KC]: rows as such, columns in tiles    L2
///       for r in MC by SWEEP          a few rows of C from left to right
///         for s in strips             a strip of B against them                          L1
///           for t in tiles            micro-kernel: a tile of C in registers
///       after the last block of k: the fused stage on these rows of C, still in the caches
/// ```
///
/// A's rows are copied, not transposed: a tile of 12 rows reads 12 sequential streams. Transposing A, as textbooks do,
/// cost 25 % of a product at n = 64, because without a transposing instruction each element is moved alone.
final class DoubleBlockedGemm {

  private DoubleBlockedGemm() {}

  static void product(
      int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    boolean rowMajor = acs == 1 || ars != 1;
    int vectors = rowMajor && !DoubleTiling.copiesRows(n) ? DoubleTiling.STRIP_VECTORS : DoubleTiling.COLUMN_VECTORS;
    int kBlocks = DoubleTiling.parts(k, DoubleTiling.KC);
    for (int p = 0; p < k; kBlocks--) {
      int kc = DoubleTiling.parts(k - p, kBlocks);
      for (int j = 0, nc; j < n; j += nc) {
        nc = DoubleTiling.columnBlock(n - j, kc);
        double[] block = scratch.block(DoublePacking.size(kc, nc));
        DoublePacking.block(kc, nc, vectors, b, bt + p * brs + j * bcs, brs, bcs, block, scratch.blockAt());
        panels(m, n, p, kc, j, nc, vectors, a, at, ars, acs, c, ct, cs, add || p > 0, p + kc == k, fusion, scratch);
      }
      p += kc;
    }
  }

  /// Multiplies A by the block that is in the scratch.
  static void panels(
      int m, int n, int p, int kc, int j, int nc, int vectors,
      double[] a, int at, int ars, int acs, double[] c, int ct, int cs,
      boolean add, boolean last, DoubleFusion fusion, DoubleScratch scratch) {
    DoublePanel panel = scratch.panel;
    boolean isOneStrip = DoubleTiling.strip(nc, vectors) == nc;
    for (int i = 0, mc; i < m; i += mc) {
      mc = DoubleTiling.rowBlock(m - i, nc, kc);
      panel.set(i, mc, p, kc, a, at, ars, acs, fusion, scratch);
      boolean copied = !panel.rows || DoubleTiling.copiesRows(n);
      if (copied) {
        panel.pack(mc, kc, scratch);
      }
      for (int r = 0, rows; r < mc; r += rows) {
        rows = isOneStrip ? mc : DoubleTiling.sweep(mc - r);
        strips(r, rows, nc, kc, vectors, copied, c, ct + (i + r) * cs + j, cs, add, scratch);
      }
      if (last) {
        DoubleEpilogue.apply(i, mc, j, nc, c, ct + i * cs + j, cs, fusion);
      }
    }
  }

  /// Multiplies some rows of a panel by all strips of a block.
  private static void strips(
      int from, int rows, int nc, int kc, int vectors, boolean copied, double[] c, int ct, int cs, boolean add,
      DoubleScratch scratch) {
    double[] block = scratch.block(0);
    for (int s = 0, width; s < nc; s += width) {
      width = DoubleTiling.strip(nc - s, vectors);
      if (copied) {
        scratch.panel.timesPacked(from, rows, width, kc, block, scratch.blockAt() + s * kc, c, ct + s, cs, add);
      } else {
        scratch.panel.timesStrip(from, rows, width, kc, block, scratch.blockAt() + s * kc, c, ct + s, cs, add);
      }
    }
  }
}
