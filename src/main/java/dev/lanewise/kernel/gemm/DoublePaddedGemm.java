package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;

/// C = or += A·B for B and C of fewer columns than a vector has lanes, but more than a narrower one has. B's rows are
/// padded to a vector; C is computed in scratch in whole vectors and copied out. Two overlapping narrower vectors, as
/// the tiles use them, would compute each product twice.
///
/// A is read in place.
///
/// The padding is whatever follows a row of B: its lanes are dropped, and no lane sees another.
final class DoublePaddedGemm {

  private DoublePaddedGemm() {}

  static void product(
      int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    for (int p = 0; p < k; p += DoubleTiling.KC) {
      int kc = Math.min(DoubleTiling.KC, k - p);
      double[] strip = scratch.block(kc * LENGTH);
      DoublePacking.pad(kc, n, b, bt + p * brs, brs, bcs, strip, scratch.blockAt());
      for (int i = 0, mc; i < m; i += mc) {
        mc = DoubleTiling.rowBlock(m - i, n, kc);
        double[] sums = scratch.columns(mc * LENGTH);
        scratch.panel.set(i, mc, p, kc, a, at, ars, acs, fusion, scratch);
        boolean added = add || p > 0;
        if (added) {
          DoublePacking.copyNarrow(mc, n, c, ct + i * cs, cs, sums, 0, LENGTH);
        }
        scratch.panel.times(mc, LENGTH, kc, strip, scratch.blockAt(), LENGTH, sums, 0, LENGTH, added);
        DoublePacking.copyNarrow(mc, n, sums, 0, LENGTH, c, ct + i * cs, cs);
        if (p + kc == k) {
          DoubleEpilogue.apply(i, mc, 0, n, c, ct + i * cs, cs, fusion);
        }
      }
    }
  }
}
