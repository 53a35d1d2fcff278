package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import jdk.incubator.vector.DoubleVector;

/// C = or += a·bᵀ, a product of depth 1, such as the weights' cotangent of a single sample. Its time goes into writing
/// C, so C is written four whole rows at a time, not tile by tile.
///
/// Where the width is not a whole number of vectors, the last vector is moved left until it ends with the row. It is
/// computed from the old C before the row is written, and has the same bits as its neighbour where they overlap.
final class DoubleOuterGemm {

  private DoubleOuterGemm() {}

  /// Requires n to be at least a vector; leaves out the epilogue. a(i) is at `a[at + i·as]`, b in a row.
  static void product(int m, int n, double[] a, int at, int as, double[] b, int bt, double[] c, int ct, int cs,
      boolean add) {
    int i = 0;
    for (; i <= m - 4; i += 4) {
      int p = at + i * as;
      if (add) {
        addFour(n, a[p], a[p + as], a[p + 2 * as], a[p + 3 * as], b, bt, c, ct + i * cs, cs);
      } else {
        four(n, a[p], a[p + as], a[p + 2 * as], a[p + 3 * as], b, bt, c, ct + i * cs, cs);
      }
    }
    for (; i < m; i++) {
      if (add) {
        addOne(n, a[at + i * as], b, bt, c, ct + i * cs);
      } else {
        one(n, a[at + i * as], b, bt, c, ct + i * cs);
      }
    }
  }

  /// Adds to zero like any other product, so −0 becomes 0.
  private static void four(int n, double a0, double a1, double a2, double a3, double[] b, int bt, double[] c, int ct,
      int cs) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int ct1 = ct + cs;
    int ct2 = ct1 + cs;
    int ct3 = ct2 + cs;
    int last = n - LENGTH;
    for (int j = 0; j < last; j += LENGTH) {
      DoubleVector bj = DoubleVector.fromArray(SPECIES, b, bt + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a0)).fma(bj, zero).intoArray(c, ct + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a1)).fma(bj, zero).intoArray(c, ct1 + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a2)).fma(bj, zero).intoArray(c, ct2 + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a3)).fma(bj, zero).intoArray(c, ct3 + j);
    }
    DoubleVector bj = DoubleVector.fromArray(SPECIES, b, bt + last);
    TYPE.cast(DoubleVector.broadcast(SPECIES, a0)).fma(bj, zero).intoArray(c, ct + last);
    TYPE.cast(DoubleVector.broadcast(SPECIES, a1)).fma(bj, zero).intoArray(c, ct1 + last);
    TYPE.cast(DoubleVector.broadcast(SPECIES, a2)).fma(bj, zero).intoArray(c, ct2 + last);
    TYPE.cast(DoubleVector.broadcast(SPECIES, a3)).fma(bj, zero).intoArray(c, ct3 + last);
  }

  private static void addFour(int n, double a0, double a1, double a2, double a3, double[] b, int bt, double[] c, int ct,
      int cs) {
    int ct1 = ct + cs;
    int ct2 = ct1 + cs;
    int ct3 = ct2 + cs;
    int last = n - LENGTH;
    DoubleVector bl = DoubleVector.fromArray(SPECIES, b, bt + last);
    DoubleVector l0 = TYPE.cast(DoubleVector.broadcast(SPECIES, a0))
        .fma(bl, DoubleVector.fromArray(SPECIES, c, ct + last));
    DoubleVector l1 = TYPE.cast(DoubleVector.broadcast(SPECIES, a1))
        .fma(bl, DoubleVector.fromArray(SPECIES, c, ct1 + last));
    DoubleVector l2 = TYPE.cast(DoubleVector.broadcast(SPECIES, a2))
        .fma(bl, DoubleVector.fromArray(SPECIES, c, ct2 + last));
    DoubleVector l3 = TYPE.cast(DoubleVector.broadcast(SPECIES, a3))
        .fma(bl, DoubleVector.fromArray(SPECIES, c, ct3 + last));
    for (int j = 0; j < last; j += LENGTH) {
      DoubleVector bj = DoubleVector.fromArray(SPECIES, b, bt + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a0)).fma(bj, DoubleVector.fromArray(SPECIES, c, ct + j))
          .intoArray(c, ct + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a1)).fma(bj, DoubleVector.fromArray(SPECIES, c, ct1 + j))
          .intoArray(c, ct1 + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a2)).fma(bj, DoubleVector.fromArray(SPECIES, c, ct2 + j))
          .intoArray(c, ct2 + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a3)).fma(bj, DoubleVector.fromArray(SPECIES, c, ct3 + j))
          .intoArray(c, ct3 + j);
    }
    l0.intoArray(c, ct + last);
    l1.intoArray(c, ct1 + last);
    l2.intoArray(c, ct2 + last);
    l3.intoArray(c, ct3 + last);
  }

  private static void one(int n, double a, double[] b, int bt, double[] c, int ct) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    int last = n - LENGTH;
    for (int j = 0; j < last; j += LENGTH) {
      DoubleVector bj = DoubleVector.fromArray(SPECIES, b, bt + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a)).fma(bj, zero).intoArray(c, ct + j);
    }
    DoubleVector bl = DoubleVector.fromArray(SPECIES, b, bt + last);
    TYPE.cast(DoubleVector.broadcast(SPECIES, a)).fma(bl, zero).intoArray(c, ct + last);
  }

  private static void addOne(int n, double a, double[] b, int bt, double[] c, int ct) {
    int last = n - LENGTH;
    DoubleVector bl = DoubleVector.fromArray(SPECIES, b, bt + last);
    DoubleVector l = TYPE.cast(DoubleVector.broadcast(SPECIES, a))
        .fma(bl, DoubleVector.fromArray(SPECIES, c, ct + last));
    for (int j = 0; j < last; j += LENGTH) {
      DoubleVector bj = DoubleVector.fromArray(SPECIES, b, bt + j);
      DoubleVector cj = DoubleVector.fromArray(SPECIES, c, ct + j);
      TYPE.cast(DoubleVector.broadcast(SPECIES, a)).fma(bj, cj).intoArray(c, ct + j);
    }
    l.intoArray(c, ct + last);
  }
}
