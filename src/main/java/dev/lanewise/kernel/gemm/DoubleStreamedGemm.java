package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.elementwise.DoubleVectorElementwise;
import dev.lanewise.kernel.lanes.DoubleLanes;
import jdk.incubator.vector.DoubleVector;

/// C = or += A·B for few rows of A and a B of contiguous rows that is too large for the caches. Eight rows of B at a
/// time are read from end to end and added to C. The processor prefetches such streams, but not the tiles' strips, a
/// few vectors from each of a thousand rows.
///
/// Each element of C is summed over p in order, as in the tiles: the same bits.
final class DoubleStreamedGemm {

  private static final int ROWS = 8;
  /// Columns of these rows that stay in L1 until all rows of A are multiplied by them.
  private static final int COLUMNS = (16 << 10) / Double.BYTES / ROWS;

  /// Whether a tile of four by four elements of A fits the registers.
  private static final boolean FOUR = DoubleLanes.CPU.registers == 32;

  private DoubleStreamedGemm() {}

  /// Requires n to be at least four vectors.
  static void product(
      int m, int n, int k, double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add, DoubleFusion fusion, DoubleScratch scratch) {
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

  /// Adds up to eight rows of B from p on, some columns at a time. These stay in L1 until all rows of A are multiplied
  /// by them.
  private static void band(
      int m, int n, int rows, int p, DoublePanel panel, double[] b, int bt, int bs, double[] c, int ct, int cs) {
    int step = panel.rows ? 1 : panel.stride;
    int row = panel.rows ? panel.stride : 1;
    int at = panel.at + p * step;
    int most = m == 1 ? n : COLUMNS;
    for (int j = 0; j < n; j += most) {
      int width = Math.min(most, n - j);
      if (rows == ROWS) {
        whole(m, width, panel.a, at, row, step, b, bt + j, bs, c, ct + j, cs);
      } else {
        for (int i = 0; i < m; i++) {
          for (int q = 0; q < rows; q++) {
            one(width, panel.a[at + i * row + q * step], b, bt + q * bs + j, c, ct + i * cs + j);
          }
        }
      }
    }
  }

  /// Adds eight rows of B to two or four rows of C at a time, so that a vector of B is loaded once for them.
  private static void whole(
      int m, int n, double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs) {
    int i = 0;
    for (; FOUR && i <= m - 4; i += 4) {
      int from = at + i * ars;
      fourByFour(n, a, from, ars, acs, b, bt, bs, c, ct + i * cs, cs);
      fourByFour(n, a, from + 4 * acs, ars, acs, b, bt + 4 * bs, bs, c, ct + i * cs, cs);
    }
    for (; i <= m - 2; i += 2) {
      int from = at + i * ars;
      twoByFour(n, a, from, ars, acs, b, bt, bs, c, ct + i * cs, cs);
      twoByFour(n, a, from + 4 * acs, ars, acs, b, bt + 4 * bs, bs, c, ct + i * cs, cs);
    }
    if (i < m) {
      eight(n, a, at + i * ars, acs, b, bt, bs, c, ct + i * cs);
    }
  }

  private static void fourByFour(
      int n, double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs) {
    DoubleVector a00 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at]));
    DoubleVector a01 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + acs]));
    DoubleVector a02 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 2 * acs]));
    DoubleVector a03 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 3 * acs]));
    DoubleVector a10 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars]));
    DoubleVector a11 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars + acs]));
    DoubleVector a12 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars + 2 * acs]));
    DoubleVector a13 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars + 3 * acs]));
    DoubleVector a20 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 2 * ars]));
    DoubleVector a21 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 2 * ars + acs]));
    DoubleVector a22 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 2 * ars + 2 * acs]));
    DoubleVector a23 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 2 * ars + 3 * acs]));
    DoubleVector a30 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 3 * ars]));
    DoubleVector a31 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 3 * ars + acs]));
    DoubleVector a32 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 3 * ars + 2 * acs]));
    DoubleVector a33 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 3 * ars + 3 * acs]));
    for (int j = 0; j < n; j += LENGTH) {
      int q = bt + j;
      int to = ct + j;
      DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, to);
      DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, to + cs);
      DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, to + 2 * cs);
      DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, to + 3 * cs);
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
      c0 = a00.fma(b0, c0);
      c1 = a10.fma(b0, c1);
      c2 = a20.fma(b0, c2);
      c3 = a30.fma(b0, c3);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bs);
      c0 = a01.fma(b1, c0);
      c1 = a11.fma(b1, c1);
      c2 = a21.fma(b1, c2);
      c3 = a31.fma(b1, c3);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, q + 2 * bs);
      c0 = a02.fma(b2, c0);
      c1 = a12.fma(b2, c1);
      c2 = a22.fma(b2, c2);
      c3 = a32.fma(b2, c3);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, q + 3 * bs);
      c0 = a03.fma(b3, c0);
      c1 = a13.fma(b3, c1);
      c2 = a23.fma(b3, c2);
      c3 = a33.fma(b3, c3);
      c0.intoArray(c, to);
      c1.intoArray(c, to + cs);
      c2.intoArray(c, to + 2 * cs);
      c3.intoArray(c, to + 3 * cs);
    }
  }

  private static void twoByFour(
      int n, double[] a, int at, int ars, int acs, double[] b, int bt, int bs, double[] c, int ct, int cs) {
    DoubleVector a00 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at]));
    DoubleVector a01 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + acs]));
    DoubleVector a02 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 2 * acs]));
    DoubleVector a03 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + 3 * acs]));
    DoubleVector a10 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars]));
    DoubleVector a11 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars + acs]));
    DoubleVector a12 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars + 2 * acs]));
    DoubleVector a13 = TYPE.cast(DoubleVector.broadcast(SPECIES, a[at + ars + 3 * acs]));
    for (int j = 0; j < n; j += LENGTH) {
      int q = bt + j;
      int to = ct + j;
      DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, to);
      DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, to + cs);
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, q);
      c0 = a00.fma(b0, c0);
      c1 = a10.fma(b0, c1);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, q + bs);
      c0 = a01.fma(b1, c0);
      c1 = a11.fma(b1, c1);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, q + 2 * bs);
      c0 = a02.fma(b2, c0);
      c1 = a12.fma(b2, c1);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, q + 3 * bs);
      c0 = a03.fma(b3, c0);
      c1 = a13.fma(b3, c1);
      c0.intoArray(c, to);
      c1.intoArray(c, to + cs);
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
      factor.fma(DoubleVector.fromArray(SPECIES, b, bt + j), DoubleVector.fromArray(SPECIES, c, ct + j))
          .intoArray(c, ct + j);
    }
  }
}
