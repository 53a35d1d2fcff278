package dev.lanewise.kernel;

/// C = or += A·B with B packed by blocks: Goto & van de Geijn 2008 in BLIS's loops, mirrored for row-major C with the vectors
/// along n.
///
/// ```
/// for p in k by KC                    a block of A's columns and B's rows
///   for j in n by NC                  pack B[KC × NC] in strips                     L2
///     for i in m by rows of a tile    a panel of A: rows in place, columns packed   L1
///       for s in strips               micro-kernel: a tile of C in registers
///       after the last block of k: the fused stage on the panel's rows of C, still in L1
/// ```
///
/// A in rows is never packed: a tile of 6 rows reads 6 sequential streams. Packing it, the textbook way, cost 25 % of a product
/// at n = 64 and 11 % at n = 256, because without a transposing instruction each element is moved alone.
final class DoubleBlockedGemm {

  private DoubleBlockedGemm() {}

  static void product(
      int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    boolean rowMajor = acs == 1 || ars != 1;
    int vectors = rowMajor ? DoubleTiling.rowVectors(DoubleTiling.ROW_TILE) : DoubleTiling.COLUMN_VECTORS;
    int kBlocks = DoubleTiling.parts(k, DoubleTiling.KC);
    for (int p = 0; p < k; kBlocks--) {
      int kc = DoubleTiling.parts(k - p, kBlocks);
      for (int j = 0, nc; j < n; j += nc) {
        nc = DoubleTiling.strip(n - j, DoubleTiling.NC / DoubleLanes.LENGTH);
        double[] block = scratch.block(nc * kc);
        DoublePacking.packB(kc, nc, vectors, b, bt + p * brs + j * bcs, brs, bcs, block);
        panels(m, n, k, p, kc, j, nc, vectors, rowMajor, a, at, ars, acs, block, c, ct, cs, add || p > 0, p + kc == k, fusion, scratch);
      }
      p += kc;
    }
  }

  private static void panels(
      int m, int n, int k, int p, int kc, int j, int nc, int vectors, boolean rowMajor,
      double[] a, int at, int ars, int acs, double[] block, double[] c, int ct, int cs,
      boolean add, boolean last, DoubleFusion fusion, DoubleScratch scratch) {
    DoublePanel panel = scratch.panel;
    int panels = DoubleTiling.parts(m, rowMajor ? DoubleTiling.rowTile(nc) : DoubleTiling.columnTile(nc));
    for (int i = 0; i < m; panels--) {
      int r = DoubleTiling.parts(m - i, panels);
      panel.set(i, r, p, kc, a, at, ars, acs, fusion, scratch);
      if (!panel.rows) {
        panel.pack(r, kc, scratch);
      }
      for (int s = 0, width; s < nc; s += width) {
        width = DoubleTiling.strip(nc - s, vectors);
        panel.times(r, width, kc, block, s * kc, width, c, ct + i * cs + j + s, cs, add);
      }
      if (last) {
        DoubleEpilogue.apply(i, r, j, nc, c, ct + i * cs + j, cs, fusion);
      }
      i += r;
    }
  }
}
