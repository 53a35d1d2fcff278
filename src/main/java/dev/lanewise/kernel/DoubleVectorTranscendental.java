package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// y = φ(z) over arrays for the nonlinearities that need an exponential, and y with slope = φ′(z) for those that keep it.
///
/// One loop for each: the vectors of successive turns depend on nothing of each other, so the processor keeps several in
/// flight by itself. A tail is the same arithmetic under a mask, in a method of its own so that both loops and tails stay
/// within what C2 inlines. Formulas and accuracy: [DoubleMath], [DoubleNormal].
final class DoubleVectorTranscendental {

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

  static void gelu(int n, double[] z, int zo, double[] y, int yo) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVectorNormal.gelu(DoubleVector.fromArray(SPECIES, z, zo + i)).intoArray(y, yo + i);
    }
    if (body < n) {
      geluTail(n - body, z, zo + body, y, yo + body);
    }
  }

  private static void geluTail(int n, double[] z, int zo, double[] y, int yo) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVectorNormal.gelu(DoubleVector.fromArray(SPECIES, z, zo, tail)).intoArray(y, yo, tail);
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

  static void geluKeepingSlope(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo + i);
      DoubleVector shifted = DoubleVectorNormal.gaussianShifted(x);
      DoubleVector fraction = DoubleVectorNormal.gaussianFraction(x, shifted);
      DoubleVector part = DoubleVectorNormal.cdfPart(x, shifted, fraction);
      DoubleVectorNormal.gelu(x, part, shifted).intoArray(y, yo + i);
      DoubleVectorNormal.geluSlope(x, part, shifted, fraction).intoArray(slope, so + i);
    }
    if (body < n) {
      geluKeepingSlopeTail(n - body, z, zo + body, y, yo + body, slope, so + body);
    }
  }

  private static void geluKeepingSlopeTail(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo, tail);
    DoubleVector shifted = DoubleVectorNormal.gaussianShifted(x);
    DoubleVector fraction = DoubleVectorNormal.gaussianFraction(x, shifted);
    DoubleVector part = DoubleVectorNormal.cdfPart(x, shifted, fraction);
    DoubleVectorNormal.gelu(x, part, shifted).intoArray(y, yo, tail);
    DoubleVectorNormal.geluSlope(x, part, shifted, fraction).intoArray(slope, so, tail);
  }

  static void softplusKeepingSlope(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo + i);
      DoubleVector decay = DoubleVectorMath.decay(x);
      DoubleVectorMath.softplus(x, decay).intoArray(y, yo + i);
      DoubleVectorMath.softplusSlope(x, decay).intoArray(slope, so + i);
    }
    if (body < n) {
      softplusKeepingSlopeTail(n - body, z, zo + body, y, yo + body, slope, so + body);
    }
  }

  private static void softplusKeepingSlopeTail(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo, tail);
    DoubleVector decay = DoubleVectorMath.decay(x);
    DoubleVectorMath.softplus(x, decay).intoArray(y, yo, tail);
    DoubleVectorMath.softplusSlope(x, decay).intoArray(slope, so, tail);
  }

  static void siluKeepingSlope(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo + i);
      DoubleVector shifted = DoubleVectorMath.shifted(DoubleVectorMath.decayArgument(x));
      DoubleVector part = DoubleVectorMath.sigmoidPart(x, shifted);
      DoubleVector sigmoid = DoubleVectorMath.tailScaled(x, part, shifted);
      DoubleVector silu = DoubleVectorMath.tailScaled(x, x.mul(part), shifted);
      silu.intoArray(y, yo + i);
      silu.fma(sigmoid.neg().add(1.0), sigmoid).intoArray(slope, so + i);
    }
    if (body < n) {
      siluKeepingSlopeTail(n - body, z, zo + body, y, yo + body, slope, so + body);
    }
  }

  private static void siluKeepingSlopeTail(int n, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    VectorMask<Double> tail = SPECIES.indexInRange(0, n);
    DoubleVector x = DoubleVector.fromArray(SPECIES, z, zo, tail);
    DoubleVector shifted = DoubleVectorMath.shifted(DoubleVectorMath.decayArgument(x));
    DoubleVector part = DoubleVectorMath.sigmoidPart(x, shifted);
    DoubleVector sigmoid = DoubleVectorMath.tailScaled(x, part, shifted);
    DoubleVector silu = DoubleVectorMath.tailScaled(x, x.mul(part), shifted);
    silu.intoArray(y, yo, tail);
    silu.fma(sigmoid.neg().add(1.0), sigmoid).intoArray(slope, so, tail);
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
