package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.BY_1;
import static dev.lanewise.kernel.DoubleLanes.BY_2;
import static dev.lanewise.kernel.DoubleLanes.BY_4;
import static dev.lanewise.kernel.DoubleLanes.BY_8;
import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.DoubleLanes.TYPE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Reductions over n numbers from an offset, and softmax of one row with its derivatives, on the Vector API.
///
/// | operation         | formula                                                    |
/// |-------------------|------------------------------------------------------------|
/// | sum, dot, max     | Σ x, Σ x·y, the largest x                                  |
/// | finite            | whether all x are numbers                                  |
/// | softmax           | p = exp(z − max z)/Σ exp(z − max z)                        |
/// | logSoftmax        | y = z − max z − log Σ exp(z − max z)                       |
/// | softmaxDerivative | v = p ⊙ (u − ⟨p, u⟩), symmetric: push and pull             |
/// | logSoftmaxPush    | v = u − ⟨p, u⟩                                             |
/// | logSoftmaxPull    | v = u − p Σ u                                              |
///
/// Every sum has one order, given by n and the width; rows shorter than a vector are worked on one number at a time. A logit of −∞ gets probability 0; one of +∞, a NaN, or nothing but −∞
/// makes the whole row NaN. Outputs may be the same part of the same array as an input.
final class DoubleVectorRows {

  private DoubleVectorRows() {}

  /// Σ x in a fixed order: four interleaved sums of vectors, then their lanes by halves. `reduceLanes(ADD)` may order them
  /// differently when interpreted and when compiled.
  static double sum(int n, double[] x, int xo) {
    if (n < LENGTH) {
      return DoublePortableRows.sum(n, x, xo);
    }
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
      s0 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i)).add(s0);
      s1 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i + LENGTH)).add(s1);
      s2 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i + 2 * LENGTH)).add(s2);
      s3 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i + 3 * LENGTH)).add(s3);
    }
    s0 = TYPE.cast(s0).add(s1).add(TYPE.cast(s2).add(s3));
    for (; i <= n - LENGTH; i += LENGTH) {
      s0 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i)).add(s0);
    }
    int at = n - LENGTH;
    VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
    s0 = TYPE.cast(DoubleVector.zero(SPECIES)).blend(DoubleVector.fromArray(SPECIES, x, xo + at), tail).add(s0);
    if (LENGTH > 8) {
      s0 = s0.add(s0.rearrange(BY_8));
    }
    if (LENGTH > 4) {
      s0 = s0.add(s0.rearrange(BY_4));
    }
    if (LENGTH > 2) {
      s0 = s0.add(s0.rearrange(BY_2));
    }
    return s0.add(s0.rearrange(BY_1)).lane(0);
  }

  /// Σ x·y, in the order of [#sum].
  static double dot(int n, double[] x, int xo, double[] y, int yo) {
    if (n < LENGTH) {
      return DoublePortableRows.dot(n, x, xo, y, yo);
    }
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = s0;
    DoubleVector s2 = s0;
    DoubleVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
      int xi = xo + i;
      int yi = yo + i;
      s0 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xi)).fma(DoubleVector.fromArray(SPECIES, y, yi), s0);
      s1 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xi + LENGTH)).fma(DoubleVector.fromArray(SPECIES, y, yi + LENGTH), s1);
      s2 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xi + 2 * LENGTH)).fma(DoubleVector.fromArray(SPECIES, y, yi + 2 * LENGTH), s2);
      s3 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xi + 3 * LENGTH)).fma(DoubleVector.fromArray(SPECIES, y, yi + 3 * LENGTH), s3);
    }
    s0 = TYPE.cast(s0).add(s1).add(TYPE.cast(s2).add(s3));
    for (; i <= n - LENGTH; i += LENGTH) {
      s0 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i)).fma(DoubleVector.fromArray(SPECIES, y, yo + i), s0);
    }
    int at = n - LENGTH;
    DoubleVector product = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at)).fma(DoubleVector.fromArray(SPECIES, y, yo + at), s0);
    s0 = TYPE.cast(s0).blend(product, VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n)));
    if (LENGTH > 8) {
      s0 = s0.add(s0.rearrange(BY_8));
    }
    if (LENGTH > 4) {
      s0 = s0.add(s0.rearrange(BY_4));
    }
    if (LENGTH > 2) {
      s0 = s0.add(s0.rearrange(BY_2));
    }
    return s0.add(s0.rearrange(BY_1)).lane(0);
  }

  /// The largest of x, −∞ of none, NaN if there is one.
  static double max(int n, double[] x, int xo) {
    if (n < LENGTH) {
      return DoublePortableRows.max(n, x, xo);
    }
    DoubleVector largest = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      largest = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i)).max(largest);
    }
    return TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + n - LENGTH)).max(largest).reduceLanes(VectorOperators.MAX);
  }

  /// Whether all x are numbers: x − x is 0 of those, else NaN.
  static boolean finite(int n, double[] x, int xo) {
    if (n < LENGTH) {
      return DoublePortableRows.finite(n, x, xo);
    }
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i));
      sum = xi.sub(xi).add(sum);
    }
    DoubleVector xi = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + n - LENGTH));
    return xi.sub(xi).add(sum).test(VectorOperators.IS_FINITE).allTrue();
  }

  static void softmax(int n, double[] z, int zo, double[] y, int yo) {
    if (n < LENGTH || DoubleLanes.TOO_NARROW) {
      DoublePortableRows.softmax(n, z, zo, y, yo);
      return;
    }
    double largest = max(n, z, zo);
    if (n < 8 * LENGTH) {
      DoubleVectorMath.expOfAny(0, n, n - LENGTH, z, zo, largest, y, yo);
    } else {
      less(n, z, zo, largest, 0.0, y, yo);
      DoubleVectorMath.exp(n, n - LENGTH, y, yo, y, yo);
    }
    scale(n, 1 / sum(n, y, yo), y, yo);
  }

  static void logSoftmax(int n, double[] z, int zo, double[] y, int yo) {
    if (n < LENGTH || DoubleLanes.TOO_NARROW) {
      DoublePortableRows.logSoftmax(n, z, zo, y, yo);
      return;
    }
    double largest = max(n, z, zo);
    double sum = DoubleVectorMath.expSum(n, n - LENGTH, z, zo, largest);
    // sum − 1 is exact: the largest term is 1.
    double logarithm = DoubleMath.log1p(sum - 1);
    less(n, z, zo, largest, logarithm, y, yo);
  }

  /// y = z − largest − logarithm.
  private static void less(int n, double[] z, int zo, double largest, double logarithm, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i)).sub(largest).sub(logarithm).intoArray(y, yo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).sub(largest).sub(logarithm).intoArray(y, yo + at, tail);
    }
  }

  static void softmaxDerivative(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    if (n < LENGTH) {
      DoublePortableRows.softmaxDerivative(n, p, po, u, uo, v, vo);
      return;
    }
    double mean = dot(n, p, po, u, uo);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector pi = TYPE.cast(DoubleVector.fromArray(SPECIES, p, po + i));
      pi.mul(TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i)).sub(mean)).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector pi = TYPE.cast(DoubleVector.fromArray(SPECIES, p, po + at));
      pi.mul(TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at)).sub(mean)).intoArray(v, vo + at, tail);
    }
  }

  static void logSoftmaxPush(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    if (n < LENGTH) {
      DoublePortableRows.logSoftmaxPush(n, p, po, u, uo, v, vo);
      return;
    }
    double mean = dot(n, p, po, u, uo);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i)).sub(mean).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + at)).sub(mean).intoArray(v, vo + at, tail);
    }
  }

  static void logSoftmaxPull(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    if (n < LENGTH) {
      DoublePortableRows.logSoftmaxPull(n, p, po, u, uo, v, vo);
      return;
    }
    DoubleVector minus = DoubleVector.broadcast(SPECIES, -sum(n, u, uo));
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector pi = TYPE.cast(DoubleVector.fromArray(SPECIES, p, po + i));
      pi.fma(minus, DoubleVector.fromArray(SPECIES, u, uo + i)).intoArray(v, vo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      DoubleVector pi = TYPE.cast(DoubleVector.fromArray(SPECIES, p, po + at));
      pi.fma(minus, DoubleVector.fromArray(SPECIES, u, uo + at)).intoArray(v, vo + at, tail);
    }
  }

  private static void scale(int n, double factor, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i)).mul(factor).intoArray(y, yo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + at)).mul(factor).intoArray(y, yo + at, tail);
    }
  }
}
