package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// y = φ(z) over arrays for the nonlinearities that need an exponential, and y with slope = φ′(z) for those that keep it.
///
/// One loop for each: the vectors of successive turns depend on nothing of each other, so the processor keeps several in
/// flight by itself. A tail is the same arithmetic under a mask, in a method of its own so that both loops and tails stay
/// within what C2 inlines. Formulas and accuracy: [DoubleMath], [DoubleNormal].
final class DoubleVectorTranscendental {

  private static final int BLOCK = 512;

  private DoubleVectorTranscendental() {}

  static void sigmoid(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.sigmoid(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      sigmoidTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void sigmoidTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.sigmoid(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
  }

  static void tanh(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.tanh(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      tanhTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void tanhTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.tanh(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
  }

  static void softplus(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.softplus(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      softplusTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void softplusTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.softplus(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
  }

  static void elu(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.elu(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      eluTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void eluTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.elu(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
  }

  static void silu(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.silu(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      siluTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void siluTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.silu(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
  }

  /// In two turns over blocks that stay in cache, because one would exceed what C2 inlines: the exponential, left in `slope`,
  /// then what both results make of it.
  static void softplusKeepingSlope(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    for (int from = 0; from < n; from += BLOCK) {
      int length = Math.min(BLOCK, n - from);
      decay(length, z, zo + from, slope, so + from);
      softplusFromDecay(length, z, zo + from, y, yo + from, slope, so + from);
    }
  }

  private static void softplusFromDecay(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Double> lanes = SPECIES.indexInRange(i, n);
      DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo + i, lanes);
      DoubleVector decay = DoubleVector.fromArray(SPECIES, slope, so + i, lanes);
      DoubleVectorMath.softplus(x, decay).intoArray(y, yo + i, lanes);
      DoubleVector v = one.div(decay.add(1.0));
      v.blend(decay.mul(v), x.compare(LT, 0.0)).intoArray(slope, so + i, lanes);
    }
  }

  /// In two turns, like [#softplusKeepingSlope].
  static void siluKeepingSlope(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    for (int from = 0; from < n; from += BLOCK) {
      int length = Math.min(BLOCK, n - from);
      sigmoidPart(length, z, zo + from, slope, so + from);
      siluFromPart(length, z, zo + from, y, yo + from, slope, so + from);
    }
  }

  private static void siluFromPart(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    for (int i = 0; i < n; i += LENGTH) {
      VectorMask<Double> lanes = SPECIES.indexInRange(i, n);
      DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo + i, lanes);
      DoubleVector part = DoubleVector.fromArray(SPECIES, slope, so + i, lanes);
      DoubleVector sigmoid = DoubleVectorMath.tailScaled(x, part);
      DoubleVector silu = DoubleVectorMath.tailScaled(x, x.mul(part));
      silu.intoArray(y, yo + i, lanes);
      silu.fma(one.sub(sigmoid), sigmoid).intoArray(slope, so + i, lanes);
    }
  }

  private static void decay(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.decay(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      decayTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void decayTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.decay(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
  }

  private static void sigmoidPart(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.sigmoidPart(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      sigmoidPartTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void sigmoidPartTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.sigmoidPart(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
  }

  /// y = exp(z − less), softmax's numerators.
  static void expLess(int n, double[] z, int zo, double less, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorMath.exp(DoubleVector.fromArray(SPECIES, z, zo + i).sub(less)).intoArray(y, yo + i);
    }
    if (body < n) {
      expLessTail(n - body, z, zo + body, less, y, yo + body);
    }
  }

  private static void expLessTail(int n, double[] z, int zo, double less, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorMath.exp(DoubleVector.fromArray(SPECIES, z, zo, tail).sub(less)).intoArray(y, yo, tail);
  }

  /// Σ exp(z − less), in a fixed order.
  static double sumExpLess(int n, double[] z, int zo, double less) {
    DoubleVector sum = DoubleVector.zero(SPECIES);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      sum = sum.add(DoubleVectorMath.exp(DoubleVector.fromArray(SPECIES, z, zo + i).sub(less)));
    }
    double lanes = DoubleLanes.sum(sum);
    return body < n ? lanes + sumExpLessTail(n - body, z, zo + body, less) : lanes;
  }

  private static double sumExpLessTail(int n, double[] z, int zo, double less) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVector exp = DoubleVectorMath.exp(DoubleVector.fromArray(SPECIES, z, zo, tail).sub(less));
    return DoubleLanes.sum(DoubleVector.zero(SPECIES).blend(exp, tail));
  }
}
