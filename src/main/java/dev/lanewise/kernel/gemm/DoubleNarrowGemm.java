package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;
import dev.lanewise.kernel.lanes.DoubleLanes;

/// C = or += A·B for B and C of fewer columns than the narrowest vector has lanes: as Cᵀ = Bᵀ·Aᵀ, with the vectors
/// along the rows of A.
///
/// | A                 | way                                         |
/// |-------------------|---------------------------------------------|
/// | in rows           | dot products with the columns of B          |
/// | in columns        | tiles of a few rows of Bᵀ and many of Aᵀ      |
/// | tiny, or neither  | one number at a time                        |
///
/// A slope on A that is the same for all its rows is applied to the columns of B, which are fewer.
final class DoubleNarrowGemm {

  /// The rows of A in a panel.
  private static final int ROWS = 128;

  private DoubleNarrowGemm() {}

  static void product(
      int m, int n, int k,
      double[] a, int at, int ars, int acs, double[] b, int bt, int brs, int bcs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
    int rows = Math.min(m, ROWS);
    double[] columns = scratch.columns(n * k + n * rows);
    DoublePacking.gather(n, k, b, bt, bcs, brs, columns, k);
    boolean scalesA = fusion.stage == DoubleFusion.Stage.SLOPE_ON_A;
    if (scalesA && fusion.period == 1) {
      for (int j = 0; j < n; j++) {
        DoubleVectorElementwise.scaleBySlope(
            fusion.nonlinearity, k, fusion.residual, fusion.residualAt, columns, j * k, columns, j * k);
      }
      scalesA = false;
    }
    for (int i = 0; i < m; i += rows) {
      int r = Math.min(rows, m - i);
      if (scalesA) {
        scratch.panel.set(i, r, 0, k, a, at, ars, acs, fusion, scratch);
        panel(r, n, k, scratch.panel.a, scratch.panel.at, scratch.panel.stride, 1, columns, c, ct + i * cs, cs, add,
            scratch);
      } else {
        panel(r, n, k, a, at + i * ars, ars, acs, columns, c, ct + i * cs, cs, add, scratch);
      }
    }
    DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
  }

  /// Computes some rows of C; `columns` holds Bᵀ, followed by room for Cᵀ. Dot products are used exactly where
  /// [DoubleSums][dev.lanewise.kernel.math.DoubleSums] has them.
  private static void panel(
      int r, int n, int k, double[] a, int at, int ars, int acs, double[] columns, double[] c, int ct, int cs,
      boolean add, DoubleScratch scratch) {
    int ofC = n * k;
    for (int i = 0; add && i < r; i++) {
      for (int j = 0; j < n; j++) {
        columns[ofC + j * r + i] = c[ct + i * cs + j];
      }
    }
    if (acs == 1 && k >= DoubleLanes.LEAST) {
      DoubleDotGemm.product(n, r, k, columns, 0, k, a, at, ars, columns, ofC, r, add, scratch);
    } else if (ars == 1 && r >= DoubleLanes.LEAST) {
      scratch.panel.point(true, columns, 0, k);
      int vectors = DoubleTiling.rowVectors(n);
      for (int i = 0, strip; i < r; i += strip) {
        strip = DoubleTiling.strip(r - i, vectors);
        scratch.panel.times(n, strip, k, a, at + i, acs, columns, ofC + i, r, add);
      }
    } else {
      alone(r, n, k, a, at, ars, acs, columns, ofC, add);
    }
    for (int i = 0; i < r; i++) {
      for (int j = 0; j < n; j++) {
        c[ct + i * cs + j] = columns[ofC + j * r + i];
      }
    }
  }

  private static void alone(int r, int n, int k, double[] a, int at, int ars, int acs, double[] columns, int ofC,
      boolean add) {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < r; i++) {
        int to = ofC + j * r + i;
        double sum = add ? columns[to] : 0;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[at + i * ars + p * acs], columns[j * k + p], sum);
        }
        columns[to] = sum;
      }
    }
  }
}
