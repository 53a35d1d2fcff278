package dev.lanewise.kernel.passes;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.DoubleTail;
import dev.lanewise.kernel.math.DoubleMath;
import dev.lanewise.kernel.math.DoubleSums;
import dev.lanewise.kernel.math.DoubleVectorMath;
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
/// Sums have the order of [DoubleSums]; rows shorter than a vector are computed one number at a time. A logit of −∞
/// gets probability 0; one of +∞, a NaN, or only −∞ makes the whole row NaN. Outputs may be the same part of the same
/// array as an input.
public final class DoubleVectorRows {

  private DoubleVectorRows() {}

  /// Σ x.
  public static double sum(int n, double[] x, int xo) {
    if (n < DoubleSums.PARTIAL) {
      return DoubleSums.sum(n, x, xo);
    }
    return switch (LENGTH * Double.SIZE) {
      case 512 -> DoubleSumKernel512.sum(n, x, xo);
      case 256 -> DoubleSumKernel256.sum(n, x, xo);
      default -> DoubleSumKernel128.sum(n, x, xo);
    };
  }

  /// Σ x·y.
  public static double dot(int n, double[] x, int xo, double[] y, int yo) {
    if (n < DoubleSums.PARTIAL) {
      return DoubleSums.dot(n, x, xo, y, yo);
    }
    return switch (LENGTH * Double.SIZE) {
      case 512 -> DoubleSumKernel512.dot(n, x, xo, y, yo);
      case 256 -> DoubleSumKernel256.dot(n, x, xo, y, yo);
      default -> DoubleSumKernel128.dot(n, x, xo, y, yo);
    };
  }

  /// The largest of x; −∞ if there is none, NaN if one is NaN.
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

  /// Whether all x are numbers: x − x is 0 for these, else NaN.
  public static boolean finite(int n, double[] x, int xo) {
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

  public static void softmax(int n, double[] z, int zo, double[] y, int yo) {
    if (n < LENGTH || DoubleLanes.TOO_NARROW) {
      DoublePortableRows.softmax(n, z, zo, y, yo);
      return;
    }
    expLess(n, z, zo, max(n, z, zo), y, yo);
    scale(n, 1 / sum(n, y, yo), y, yo);
  }

  public static void logSoftmax(int n, double[] z, int zo, double[] y, int yo) {
    boolean isShort = n < DoubleSums.PARTIAL;
    boolean inPlace = z == y && Math.abs(zo - yo) < n;
    if (n < LENGTH || DoubleLanes.TOO_NARROW || isShort && inPlace) {
      DoublePortableRows.logSoftmax(n, z, zo, y, yo);
      return;
    }
    double largest = max(n, z, zo);
    double sum;
    if (isShort) {
      expLess(n, z, zo, largest, y, yo);
      sum = DoubleSums.sum(n, y, yo);
    } else {
      sum = DoubleVectorMath.expSum(n, z, zo, largest);
    }
    // sum − 1 is exact: the largest term is 1.
    double logarithm = DoubleMath.log1p(sum - 1);
    less(n, z, zo, largest, logarithm, y, yo);
  }

  /// y = exp(z − largest). Long rows subtract first, so that most of the work is done by the loop for arguments near 0.
  private static void expLess(int n, double[] z, int zo, double largest, double[] y, int yo) {
    if (n < 8 * LENGTH) {
      DoubleVectorMath.expOfAny(0, n, n - LENGTH, z, zo, y, yo, largest);
    } else {
      less(n, z, zo, largest, 0.0, y, yo);
      DoubleVectorMath.exp(n, n - LENGTH, y, yo, y, yo);
    }
  }

  /// y = z − largest − logarithm.
  private static void less(int n, double[] z, int zo, double largest, double logarithm, double[] y, int yo) {
    for (int i : vectors(n)) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + i)).sub(largest).sub(logarithm).intoArray(y, yo + i);
    }
  }

  public static void softmaxDerivative(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    if (n < LENGTH) {
      DoublePortableRows.softmaxDerivative(n, p, po, u, uo, v, vo);
      return;
    }
    double mean = dot(n, p, po, u, uo);
    for (int i : vectors(n)) {
      DoubleVector pi = TYPE.cast(DoubleVector.fromArray(SPECIES, p, po + i));
      pi.mul(TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i)).sub(mean)).intoArray(v, vo + i);
    }
  }

  public static void logSoftmaxPush(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    if (n < LENGTH) {
      DoublePortableRows.logSoftmaxPush(n, p, po, u, uo, v, vo);
      return;
    }
    double mean = dot(n, p, po, u, uo);
    for (int i : vectors(n)) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + i)).sub(mean).intoArray(v, vo + i);
    }
  }

  public static void logSoftmaxPull(int n, double[] p, int po, double[] u, int uo, double[] v, int vo) {
    if (n < LENGTH) {
      DoublePortableRows.logSoftmaxPull(n, p, po, u, uo, v, vo);
      return;
    }
    DoubleVector minus = DoubleVector.broadcast(SPECIES, -sum(n, u, uo));
    for (int i : vectors(n)) {
      DoubleVector pi = TYPE.cast(DoubleVector.fromArray(SPECIES, p, po + i));
      pi.fma(minus, DoubleVector.fromArray(SPECIES, u, uo + i)).intoArray(v, vo + i);
    }
  }

  private static void scale(int n, double factor, double[] y, int yo) {
    for (int i : vectors(n)) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, y, yo + i)).mul(factor).intoArray(y, yo + i);
    }
  }
}
