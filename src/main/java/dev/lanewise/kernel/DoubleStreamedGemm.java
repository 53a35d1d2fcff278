package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.DoubleLanes.TYPE;

import jdk.incubator.vector.DoubleVector;

/// c = a·B for one row a and a B of contiguous rows that is too large for the caches: eight rows of B at a time, from end to
/// end, added to c. Read so, B comes in streams that the processor foresees; the tiles' strips of a few vectors from each of
/// a thousand rows it does not.
///
/// Each element of c sums over p in order, as in the tiles: the same bits.
final class DoubleStreamedGemm {

  private static final int ROWS = 8;

  private DoubleStreamedGemm() {}

  /// With n four vectors or more.
  static void product(
      int n, int k, double[] a, int at, int acs, double[] b, int bt, int bs, double[] c, int ct, boolean add, DoubleFusion fusion,
      DoubleScratch scratch) {
    DoublePanel panel = scratch.panel;
    panel.set(0, 1, 0, k, a, at, k * acs, acs, fusion, scratch);
    int step = panel.rows ? 1 : panel.stride;
    double[] sums = add ? scratch.columns(n) : c;
    int st = add ? 0 : ct;
    int columns = (n / LENGTH - 1) * LENGTH;
    DoubleVectorElementwise.fill(columns, 0.0, sums, st);
    int p = 0;
    for (; p <= k - ROWS; p += ROWS) {
      eight(columns, panel.a, panel.at + p * step, step, b, bt + p * bs, bs, sums, st);
    }
    for (; p < k; p++) {
      one(columns, panel.a[panel.at + p * step], b, bt + p * bs, sums, st);
    }
    panel.times(1, n - columns, k, b, bt + columns, bs, sums, st + columns, n, false);
    if (add) {
      DoubleVectorElementwise.add(n, sums, 0, c, ct);
    }
    DoubleEpilogue.apply(0, 1, 0, n, c, ct, n, fusion);
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
