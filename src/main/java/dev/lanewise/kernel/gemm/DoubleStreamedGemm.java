package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;
import jdk.incubator.vector.DoubleVector;

/// C = or += A·B for few rows of A and a B of contiguous rows that is too large for the caches: eight rows of B at a time, from end
/// to end, added to C. Read so, B comes in streams that the processor foresees; the tiles' strips of a few vectors from each of
/// a thousand rows it does not.
///
/// Each element of C sums over p in order, as in the tiles: the same bits.
final class DoubleStreamedGemm {

  private static final int ROWS = 8;
  /// So many columns of them stay in L1 until all rows of A have met them.
  private static final int COLUMNS = (16 << 10) / Double.BYTES / ROWS;

  private DoubleStreamedGemm() {}

  /// With n four vectors or more.
  static void product(
      int m, int n, int k, double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add,
      DoubleFusion fusion, DoubleScratch scratch) {
    DoublePanel panel = scratch.panel;
    panel.set(0, m, 0, k, a, at, ars, acs, fusion, scratch);
    int columns = (n / LENGTH - 1) * LENGTH;
    for (int i = 0; !add && i < m; i++) {
      DoubleVectorElementwise.fill(columns, 0.0, c, ct + i * cs);
    }
    for (int p = 0; p < k; p += ROWS) {
      band(m, columns, Math.min(ROWS, k - p), p, panel, b, bt + p * bs, bs, c, ct, cs);
    }
    panel.times(m, n - columns, k, b, bt + columns, bs, c, ct + columns, cs, add);
    DoubleEpilogue.apply(0, m, 0, n, c, ct, cs, fusion);
  }

  /// Up to eight rows of B from p on, some columns of them after the other.
  private static void band(
      int m, int n, int rows, int p, DoublePanel panel, double[] b, int bt, int bs, double[] c, int ct, int cs) {
    int step = panel.rows ? 1 : panel.stride;
    int row = panel.rows ? panel.stride : 1;
    int most = m == 1 ? n : COLUMNS;
    for (int j = 0; j < n; j += most) {
      int width = Math.min(most, n - j);
      for (int i = 0; i < m; i++) {
        int at = panel.at + i * row + p * step;
        if (rows == ROWS) {
          eight(width, panel.a, at, step, b, bt + j, bs, c, ct + i * cs + j);
        } else {
          for (int q = 0; q < rows; q++) {
            one(width, panel.a[at + q * step], b, bt + q * bs + j, c, ct + i * cs + j);
          }
        }
      }
    }
  }

  private static void eight(int n, double[] a, int at, int as, double[] b, int bt, int bs, double[] c, int ct) {
    DoubleVector a0 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at]));
    DoubleVector a1 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + as]));
    DoubleVector a2 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 2 * as]));
    DoubleVector a3 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 3 * as]));
    DoubleVector a4 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 4 * as]));
    DoubleVector a5 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 5 * as]));
    DoubleVector a6 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 6 * as]));
    DoubleVector a7 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 7 * as]));
    for (int j = 0; j < n; j += LENGTH) {
      int q = bt + j;
      DoubleVector sum = DoubleVector.fromArray(SPECIES, c, ct + j);
      sum = a0.fma(DoubleVector.fromArray(SPECIES, b, q), sum);
      sum = a1.fma(DoubleVector.fromArray(SPECIES, b, q + bs), sum);
      sum = a2.fma(DoubleVector.fromArray(SPECIES, b, q + 2 * bs), sum);
      sum = a3.fma(DoubleVector.fromArray(SPECIES, b, q + 3 * bs), sum);
      sum = a4.fma(DoubleVector.fromArray(SPECIES, b, q + 4 * bs), sum);
      sum = a5.fma(DoubleVector.fromArray(SPECIES, b, q + 5 * bs), sum);
      sum = a6.fma(DoubleVector.fromArray(SPECIES, b, q + 6 * bs), sum);
      sum = a7.fma(DoubleVector.fromArray(SPECIES, b, q + 7 * bs), sum);
      sum.intoArray(c, ct + j);
    }
  }

  private static void one(int n, double a, double[] b, int bt, double[] c, int ct) {
    DoubleVector factor = TYPE.cast(DoubleVector.broadcast(SPECIES, a));
    for (int j = 0; j < n; j += LENGTH) {
      factor.fma(DoubleVector.fromArray(SPECIES, b, bt + j), DoubleVector.fromArray(SPECIES, c, ct + j)).intoArray(c, ct + j);
    }
  }
}
