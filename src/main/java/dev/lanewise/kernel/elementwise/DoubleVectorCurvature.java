package dev.lanewise.kernel.elementwise;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;
import static dev.lanewise.kernel.math.DoubleMath.EXP_MIN;
import static dev.lanewise.kernel.math.DoubleNormal.INVERSE_SQRT_2PI;
import static dev.lanewise.kernel.math.DoubleNormal.TAIL_END;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.DoubleTail;
import dev.lanewise.kernel.math.DoubleVectorLogistic;
import dev.lanewise.kernel.math.DoubleVectorMath;
import dev.lanewise.kernel.math.DoubleVectorTanh;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// φ″ over arrays, by the formulas of [DoubleCurvature] and to the same bits. Where a kernel already computes a part,
/// it writes that to the result first, and a loop completes it.
public final class DoubleVectorCurvature {

  /// The number of elements that go through both steps while they are in L1.
  private static final int AT_ONCE = (16 << 10) / Double.BYTES;

  private DoubleVectorCurvature() {}

  /// v = φ″(z), v not overlapping z.
  public static void curvature(Nonlinearity phi, int n, double[] z, int zo, double[] v, int vo) {
    for (int i = 0; i < n; i += AT_ONCE) {
      part(phi, Math.min(AT_ONCE, n - i), z, zo + i, v, vo + i);
    }
  }

  private static void part(Nonlinearity phi, int n, double[] z, int zo, double[] v, int vo) {
    int last = DoubleTail.last(n, z, zo, v, vo);
    if (last == DoubleTail.NONE || DoubleLanes.TOO_NARROW) {
      DoublePortableElementwise.curvature(phi, n, z, zo, v, vo);
      return;
    }
    switch (phi) {
      case IDENTITY, RELU, LEAKY_RELU -> DoubleVectorElementwise.fill(n, 0.0, v, vo);
      case TANH -> {
        DoubleVectorTanh.tanh(n, last, z, zo, v, vo);
        tanh(n, last, v, vo);
      }
      case ELU -> {
        DoubleVectorMath.elu(n, last, z, zo, v, vo);
        elu(n, last, v, vo);
      }
      case GELU -> {
        minusHalfSquare(n, last, z, zo, v, vo);
        DoubleVectorMath.exp(n, last, v, vo, v, vo);
        gelu(n, last, z, zo, v, vo);
      }
      case MISH -> {
        minusAbs(n, last, z, zo, v, vo);
        DoubleVectorMath.exp(n, last, v, vo, v, vo);
        mish(n, last, z, zo, v, vo);
      }
      case SIGMOID, SOFTPLUS, SILU -> {
        minusAbs(n, last, z, zo, v, vo);
        DoubleVectorLogistic.sigmoid(n, last, v, vo, v, vo);
        switch (phi) {
          case SIGMOID -> sigmoid(n, last, z, zo, v, vo);
          case SOFTPLUS -> softplus(n, last, v, vo);
          default -> silu(n, last, z, zo, v, vo);
        }
      }
    }
  }

  private static void minusAbs(int n, int last, double[] z, int zo, double[] v, int vo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).abs().neg().intoArray(v, vo + at, lanes);
    }
  }

  private static void minusHalfSquare(int n, int last, double[] z, int zo, double[] v, int vo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector magnitude = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).abs();
      DoubleVector a = magnitude.blend(TAIL_END, magnitude.compare(GT, TAIL_END));
      a.mul(-0.5).mul(a).intoArray(v, vo + at, lanes);
    }
  }

  private static void tanh(int n, int last, double[] v, int vo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector y = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + at));
      y.mul(-2.0).mul(y.neg().fma(y, one)).intoArray(v, vo + at, lanes);
    }
  }

  private static void elu(int n, int last, double[] v, int vo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector y = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + at));
      y.add(1.0).blend(0.0, y.compare(GE, 0.0)).intoArray(v, vo + at, lanes);
    }
  }

  private static void gelu(int n, int last, double[] z, int zo, double[] v, int vo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector magnitude = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).abs();
      DoubleVector exp = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + at));
      DoubleVector a = magnitude.blend(TAIL_END, magnitude.compare(GT, TAIL_END));
      DoubleVector half = a.mul(-0.5);
      DoubleVector lost = half.fma(a, half.mul(a).neg());
      DoubleVector two = TYPE.cast(DoubleVector.broadcast(SPECIES, 2.0));
      exp.fma(lost, exp).mul(INVERSE_SQRT_2PI).mul(a.neg().fma(a, two)).intoArray(v, vo + at, lanes);
    }
  }

  private static void sigmoid(int n, int last, double[] z, int zo, double[] v, int vo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector least = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + at));
      DoubleVector product = least.mul(one.sub(least)).mul(least.fma(-2.0, 1.0));
      product.neg().blend(product, x.compare(LT, 0.0)).intoArray(v, vo + at, lanes);
    }
  }

  private static void softplus(int n, int last, double[] v, int vo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector least = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + at));
      least.mul(one.sub(least)).intoArray(v, vo + at, lanes);
    }
  }

  private static void silu(int n, int last, double[] z, int zo, double[] v, int vo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    DoubleVector two = TYPE.cast(DoubleVector.broadcast(SPECIES, 2.0));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector magnitude = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).abs();
      DoubleVector least = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + at));
      DoubleVector clamped = magnitude.neg().blend(EXP_MIN, magnitude.compare(GT, -EXP_MIN));
      least.mul(one.sub(least)).mul(clamped.fma(least.fma(-2.0, 1.0), two)).intoArray(v, vo + at, lanes);
    }
  }

  private static void mish(int n, int last, double[] z, int zo, double[] v, int vo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector decay = TYPE.cast(DoubleVector.fromArray(SPECIES, v, vo + at));
      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector factor = one.add(1.0).blend(1.0, negative);
      DoubleVector a = x.abs();
      DoubleVector magnitude = a.blend(-EXP_MIN, a.compare(GT, -EXP_MIN));
      DoubleVector d = decay.mul(factor);
      DoubleVector nu = d.mul(0.5).fma(d, d);
      DoubleVector divisor = nu.add(1.0);
      DoubleVector minus = one.neg().div(divisor);
      DoubleVector minusZeta = minus.fma(minus.fma(nu.sub(divisor.sub(1.0)), minus.fma(divisor, one)), minus);
      DoubleVector half = factor.mul(0.5);
      DoubleVector minusQ = magnitude.mul(minusZeta).mul(half);
      DoubleVector kappa = half.sub(2.0).sub(decay).fma(decay, half.add(0.5));
      DoubleVector bend = decay.fma(minusQ.fma(kappa, one), minusQ.add(1.0));
      DoubleVector curvature = minusZeta.mul(2.0).mul(minusZeta).mul(bend).mul(d);
      curvature.mul(d.blend(1.0, negative)).intoArray(v, vo + at, lanes);
    }
  }
}
