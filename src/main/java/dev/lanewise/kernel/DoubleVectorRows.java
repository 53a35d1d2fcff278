package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Reductions over n numbers from an offset, and softmax of one row with its derivatives, on the Vector API.
///
/// | operation         | formula                                                    |
/// |-------------------|------------------------------------------------------------|
/// | sum, dot, max     | Σ x, Σ x·y, the largest x                                  |
/// | softmax           | p = exp(z − max z)/Σ exp(z − max z)                        |
/// | logSoftmax        | y = z − max z − log Σ exp(z − max z)                       |
/// | softmaxDerivative | v = p ⊙ (u − ⟨p, u⟩), symmetric: push and pull             |
/// | logSoftmaxPush    | v = u − ⟨p, u⟩                                             |
/// | logSoftmaxPull    | v = u − p Σ u                                              |
///
/// Every sum has one order, given by n and the width. A logit of −∞ gets probability 0; one of +∞, a NaN, or nothing but −∞
/// makes the whole row NaN. Outputs may be the same part of the same array as an input.
final class DoubleVectorRows {

  private DoubleVectorRows() {}

  /// Σ x in a fixed order: four interleaved sums of vectors, then their lanes.
  static double sum(int n, double[] x, int xo) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, x, xo + i));
      s1 = s1.add(DoubleVector.fromArray(SPECIES, x, xo + i + LENGTH));
      s2 = s2.add(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * LENGTH));
      s3 = s3.add(DoubleVector.fromArray(SPECIES, x, xo + i + 3 * LENGTH));
    }
    s0 = s0.add(s1).add(s2.add(s3));
    for (; i <= n - LENGTH; i += LENGTH) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, x, xo + i));
    }
    if (i < n) {
      s0 = s0.add(DoubleVector.fromArray(SPECIES, x, xo + i, SPECIES.indexInRange(i, n)));
    }
    return DoubleLanes.sum(s0);
  }

  /// Σ x·y, in the order of [#sum].
  static double dot(int n, double[] x, int xo, double[] y, int yo) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
      int xi = xo + i;
      int yi = yo + i;
      s0 = DoubleVector.fromArray(SPECIES, x, xi).fma(DoubleVector.fromArray(SPECIES, y, yi), s0);
      s1 = DoubleVector.fromArray(SPECIES, x, xi + LENGTH).fma(DoubleVector.fromArray(SPECIES, y, yi + LENGTH), s1);
      s2 = DoubleVector.fromArray(SPECIES, x, xi + 2 * LENGTH).fma(DoubleVector.fromArray(SPECIES, y, yi + 2 * LENGTH), s2);
      s3 = DoubleVector.fromArray(SPECIES, x, xi + 3 * LENGTH).fma(DoubleVector.fromArray(SPECIES, y, yi + 3 * LENGTH), s3);
    }
    s0 = s0.add(s1).add(s2.add(s3));
    for (; i <= n - LENGTH; i += LENGTH) {
      s0 = DoubleVector.fromArray(SPECIES, x, xo + i).fma(DoubleVector.fromArray(SPECIES, y, yo + i), s0);
    }
    if (i < n) {
      VectorMask<Double> tail = SPECIES.indexInRange(i, n);
      s0 = DoubleVector.fromArray(SPECIES, x, xo + i, tail).fma(DoubleVector.fromArray(SPECIES, y, yo + i, tail), s0);
    }
    return DoubleLanes.sum(s0);
  }

  /// The largest of x, −∞ of none, NaN if there is one.
  static double max(int n, double[] x, int xo) {
    DoubleVector largest = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      largest = largest.max(DoubleVector.fromArray(SPECIES, x, xo + i));
    }
    if (body < n) {
      VectorMask<Double> tail = SPECIES.indexInRange(body, n);
      largest = largest.lanewise(VectorOperators.MAX, DoubleVector.fromArray(SPECIES, x, xo + body, tail), tail);
    }
    return DoubleLanes.max(largest);
  }

  static void softmax(int n, double[] z, int zo, double[] y, int yo) {
    double largest = max(n, z, zo);
    double sum = DoubleVectorMath.expLess(n, z, zo, largest, true, y, yo);
    scale(n, 1 / sum, y, yo);
  }

  static void logSoftmax(int n, double[] z, int zo, double[] y, int yo) {
    double largest = max(n, z, zo);
    double sum = DoubleVectorMath.expLess(n, z, zo, largest, false, y, yo);
    // sum − 1 is exact: the largest term is 1.
    double logarithm = DoubleMath.log1p(sum - 1);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector.fromArray(SPECIES, z, zo + i).sub(largest).sub(logarithm).intoArray(y, yo + i);
    }
    if (body < n) {
      VectorMask<Double> tail = SPECIES.indexInRange(body, n);
      DoubleVector.fromArray(SPECIES, z, zo + body, tail).sub(largest).sub(logarithm).intoArray(y, yo + body, tail);
    }
  }

  static void softmaxDerivative(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    double mean = dot(n, p, po, u, uo);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector pi = DoubleVector.fromArray(SPECIES, p, po + i);
      pi.mul(DoubleVector.fromArray(SPECIES, u, uo + i).sub(mean)).intoArray(v, vo + i);
    }
    if (body < n) {
      VectorMask<Double> tail = SPECIES.indexInRange(body, n);
      DoubleVector pi = DoubleVector.fromArray(SPECIES, p, po + body, tail);
      pi.mul(DoubleVector.fromArray(SPECIES, u, uo + body, tail).sub(mean)).intoArray(v, vo + body, tail);
    }
  }

  static void logSoftmaxPush(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    double mean = dot(n, p, po, u, uo);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector.fromArray(SPECIES, u, uo + i).sub(mean).intoArray(v, vo + i);
    }
    if (body < n) {
      VectorMask<Double> tail = SPECIES.indexInRange(body, n);
      DoubleVector.fromArray(SPECIES, u, uo + body, tail).sub(mean).intoArray(v, vo + body, tail);
    }
  }

  static void logSoftmaxPull(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    DoubleVector minus = DoubleVector.broadcast(SPECIES, -sum(n, u, uo));
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector pi = DoubleVector.fromArray(SPECIES, p, po + i);
      pi.fma(minus, DoubleVector.fromArray(SPECIES, u, uo + i)).intoArray(v, vo + i);
    }
    if (body < n) {
      VectorMask<Double> tail = SPECIES.indexInRange(body, n);
      DoubleVector pi = DoubleVector.fromArray(SPECIES, p, po + body, tail);
      pi.fma(minus, DoubleVector.fromArray(SPECIES, u, uo + body, tail)).intoArray(v, vo + body, tail);
    }
  }

  private static void scale(int n, double factor, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector.fromArray(SPECIES, y, yo + i).mul(factor).intoArray(y, yo + i);
    }
    if (body < n) {
      VectorMask<Double> tail = SPECIES.indexInRange(body, n);
      DoubleVector.fromArray(SPECIES, y, yo + body, tail).mul(factor).intoArray(y, yo + body, tail);
    }
  }
}
