package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.elementary.DoubleTrigonometry.*;
import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleTrigonometry] over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// `src/build/FunctionKernels.java` says why it is spelled out. Every lane computes both
/// series; a vector with an argument beyond MOST, or NaN, is computed number by number.
final class DoubleVectorTrigonometry {

  private DoubleVectorTrigonometry() {}

  /// y = sin(z).
  static void sin(int n, int last, double[] z, int zo, double[] y, int yo) {
    turned(0, Long.MIN_VALUE, n, last, z, zo, y, yo);
  }

  /// y = cos(z).
  static void cos(int n, int last, double[] z, int zo, double[] y, int yo) {
    turned(1, 0, n, last, z, zo, y, yo);
  }

  /// y = sin(|z| + quarters·π/2), with the bits of z that are in `sign` flipped.
  private static void turned(long quarters, long sign, int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      if (!a.compare(LE, MOST).allTrue()) {
        eachTurned(quarters, Math.min(LENGTH, n - i), z, zo + i, y, yo + i);
        continue;
      }
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector shifted = a.fma(TWO_OVER_PI, SHIFT);
      DoubleVector k = shifted.sub(SHIFT);
      DoubleVector first = k.lanewise(FMA, -PI_1, a);
      DoubleVector second = k.mul(PI_2);
      DoubleVector r = first.sub(second);
      DoubleVector lost = first.sub(r).sub(second).sub(k.lanewise(FMA, PI_2, second.neg()));
      DoubleVector low = k.lanewise(FMA, -PI_3, lost);
      DoubleVector square = r.mul(r);
      DoubleVector fourth = square.mul(square);
      DoubleVector half = square.mul(0.5);
      DoubleVector sTop = square.fma(S6, S5).fma(fourth, square.fma(S4, S3));
      DoubleVector sines = sTop.fma(fourth, square.fma(S2, S1));
      DoubleVector cTop = square.fma(C6, C5).fma(fourth, square.fma(C4, C3));
      DoubleVector cosines = cTop.fma(fourth, square.fma(C2, C1));
      DoubleVector near = half.neg().add(1.0);
      DoubleVector rest = near.neg().add(1.0).sub(half);
      LongVector sine = r.add(square.mul(r).fma(sines, low.fma(half.neg(), low))).viewAsIntegralLanes();
      LongVector cosine = near.add(rest.add(fourth.fma(cosines, r.mul(low).neg()))).viewAsIntegralLanes();
      LongVector turns = shifted.viewAsIntegralLanes().add(quarters);
      LongVector bits = sine.blend(cosine, turns.and(1).compare(NE, 0));
      LongVector signs = turns.and(2).lanewise(LSHL, 62).lanewise(XOR, x.viewAsIntegralLanes().and(sign));
      TYPE.cast(bits.lanewise(XOR, signs).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }

  private static void eachTurned(long quarters, int n, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = quarters == 0 ? DoubleTrigonometry.sin(z[zo + i]) : DoubleTrigonometry.cos(z[zo + i]);
    }
  }
}
