package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.elementary.FloatTrigonometry.*;
import static dev.lanewise.kernel.lanes.FloatLanes.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.NE;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.lanewise.kernel.lanes.FloatTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatTrigonometry] over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// `src/build/FunctionKernels.java` says why it is spelled out. Every lane computes both
/// series; a vector with an argument beyond MOST, or NaN, is computed number by number.
final class FloatVectorTrigonometry {

  private FloatVectorTrigonometry() {}

  /// y = sin(z).
  static void sin(int n, int last, float[] z, int zo, float[] y, int yo) {
    turned(0, Integer.MIN_VALUE, n, last, z, zo, y, yo);
  }

  /// y = cos(z).
  static void cos(int n, int last, float[] z, int zo, float[] y, int yo) {
    turned(1, 0, n, last, z, zo, y, yo);
  }

  /// y = sin(|z| + quarters·π/2), with the bits of z that are in `sign` flipped.
  private static void turned(int quarters, int sign, int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      if (!a.compare(LE, MOST).allTrue()) {
        eachTurned(quarters, Math.min(LENGTH, n - i), z, zo + i, y, yo + i);
        continue;
      }
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector shifted = a.fma(TWO_OVER_PI, SHIFT);
      FloatVector k = shifted.sub(SHIFT);
      FloatVector first = k.lanewise(FMA, -PI_1, a);
      FloatVector second = k.mul(PI_2);
      FloatVector r = first.sub(second);
      FloatVector lost = first.sub(r).sub(second).sub(k.lanewise(FMA, PI_2, second.neg()));
      FloatVector low = k.lanewise(FMA, -PI_3, lost);
      FloatVector square = r.mul(r);
      FloatVector fourth = square.mul(square);
      FloatVector half = square.mul(0.5f);
      FloatVector sines = fourth.lanewise(FMA, S3, square.fma(S2, S1));
      FloatVector cosines = fourth.lanewise(FMA, C3, square.fma(C2, C1));
      FloatVector near = half.neg().add(1.0f);
      FloatVector rest = near.neg().add(1.0f).sub(half);
      IntVector sine = r.add(square.mul(r).fma(sines, low.fma(half.neg(), low))).viewAsIntegralLanes();
      IntVector cosine = near.add(rest.add(fourth.fma(cosines, r.mul(low).neg()))).viewAsIntegralLanes();
      IntVector turns = shifted.viewAsIntegralLanes().add(quarters);
      IntVector bits = sine.blend(cosine, turns.and(1).compare(NE, 0));
      IntVector signs = turns.and(2).lanewise(LSHL, 30).lanewise(XOR, x.viewAsIntegralLanes().and(sign));
      TYPE.cast(bits.lanewise(XOR, signs).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }

  private static void eachTurned(int quarters, int n, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = quarters == 0 ? FloatTrigonometry.sin(z[zo + i]) : FloatTrigonometry.cos(z[zo + i]);
    }
  }
}
