package dev.lanewise.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// C[m × n] = or += A[m × k] · B[n × k]ᵀ for few rows m: dot products of rows, both read where they lie.
///
/// For one row (a single direction, a single sample) every weight is used once: turning B for the outer-product tiles
/// would cost several times the product itself. Four columns at a time keep four sums in flight and use each vector of A
/// four times. Each element sums its lanes in order, then across lanes, whatever m and n are.
final class DoubleDotKernel {

  private DoubleDotKernel() {}

  static void product(int m, int n, int k, double[] a, int at, int as, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add) {
    int fours = n & -4;
    for (int j = 0; j < fours; j += 4) {
      for (int i = 0; i < m; i++) {
        fourColumns(k, a, at + i * as, b, bt + j * bs, bs, c, ct + i * cs + j, add);
      }
    }
    for (int j = fours; j < n; j++) {
      for (int i = 0; i < m; i++) {
        oneColumn(k, a, at + i * as, b, bt + j * bs, c, ct + i * cs + j, add);
      }
    }
  }

  private static void fourColumns(int k, double[] a, int at, double[] b, int bt, int bs, double[] c, int ct, boolean add) {
    DoubleVector c0 = DoubleVector.zero(DoubleLanes.SPECIES);
    DoubleVector c1 = c0;
    DoubleVector c2 = c0;
    DoubleVector c3 = c0;
    int body = k & -DoubleLanes.LENGTH;
    for (int p = 0; p < body; p += DoubleLanes.LENGTH) {
      DoubleVector ap = DoubleVector.fromArray(DoubleLanes.SPECIES, a, at + p);
      c0 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + p), c0);
      c1 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + bs + p), c1);
      c2 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + 2 * bs + p), c2);
      c3 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + 3 * bs + p), c3);
    }
    if (body < k) {
      VectorMask<Double> tail = DoubleLanes.SPECIES.indexInRange(body, k);
      DoubleVector ap = DoubleVector.fromArray(DoubleLanes.SPECIES, a, at + body, tail);
      c0 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + body, tail), c0);
      c1 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + bs + body, tail), c1);
      c2 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + 2 * bs + body, tail), c2);
      c3 = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + 3 * bs + body, tail), c3);
    }
    double s0 = c0.reduceLanes(VectorOperators.ADD);
    double s1 = c1.reduceLanes(VectorOperators.ADD);
    double s2 = c2.reduceLanes(VectorOperators.ADD);
    double s3 = c3.reduceLanes(VectorOperators.ADD);
    c[ct] = add ? c[ct] + s0 : s0;
    c[ct + 1] = add ? c[ct + 1] + s1 : s1;
    c[ct + 2] = add ? c[ct + 2] + s2 : s2;
    c[ct + 3] = add ? c[ct + 3] + s3 : s3;
  }

  private static void oneColumn(int k, double[] a, int at, double[] b, int bt, double[] c, int ct, boolean add) {
    DoubleVector sum = DoubleVector.zero(DoubleLanes.SPECIES);
    int body = k & -DoubleLanes.LENGTH;
    for (int p = 0; p < body; p += DoubleLanes.LENGTH) {
      sum = DoubleVector.fromArray(DoubleLanes.SPECIES, a, at + p).fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + p), sum);
    }
    if (body < k) {
      VectorMask<Double> tail = DoubleLanes.SPECIES.indexInRange(body, k);
      DoubleVector ap = DoubleVector.fromArray(DoubleLanes.SPECIES, a, at + body, tail);
      sum = ap.fma(DoubleVector.fromArray(DoubleLanes.SPECIES, b, bt + body, tail), sum);
    }
    double s = sum.reduceLanes(VectorOperators.ADD);
    c[ct] = add ? c[ct] + s : s;
  }
}
