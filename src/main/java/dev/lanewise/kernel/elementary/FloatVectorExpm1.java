package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.FloatLanes.*;
import static dev.lanewise.kernel.math.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.FloatTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// eˣ − 1 of [FloatMath][dev.lanewise.kernel.math.FloatMath] over arrays: the same steps in the same order, so the same
/// bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// [FloatVectorMath][dev.lanewise.kernel.math.FloatVectorMath] says why it is spelled out.
final class FloatVectorExpm1 {

  /// These bits minus those of a power of two are the bits of its inverse.
  private static final int INVERSE = 254 << 23;

  private FloatVectorExpm1() {}

  /// y = exp(z) − 1.
  static void expm1(int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector shifted = x.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector high = turns.lanewise(FMA, -LN2_SHORT, x);
      FloatVector low = turns.mul(-LN2_REST);
      FloatVector r = high.add(low);
      FloatVector square = r.mul(r);
      FloatVector top = square.lanewise(FMA, E6, r.fma(E5, E4));
      FloatVector series = square.lanewise(FMA, top, r.fma(E3, E2));
      FloatVector tail = series.fma(square, low);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector power = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      IntVector restBits = bits.sub(half).lanewise(LSHL, 23);
      FloatVector rest = TYPE.cast(restBits.viewAsFloatingLanes());
      FloatVector inverse = TYPE.cast(restBits.neg().add(INVERSE).viewAsFloatingLanes());
      FloatVector less = power.sub(inverse);
      FloatVector sum = power.fma(high, less);
      FloatVector lost = power.fma(high, less.sub(sum));
      FloatVector expm1 = sum.add(power.fma(tail, lost)).mul(rest);
      IntVector sign = x.viewAsIntegralLanes().and(Integer.MIN_VALUE);
      FloatVector signed = TYPE.cast(expm1.viewAsIntegralLanes().or(sign).viewAsFloatingLanes());
      FloatVector least = signed.blend(-1.0f, x.compare(LT, EXPM1_MIN));
      least.blend(Float.POSITIVE_INFINITY, x.compare(GT, EXP_MAX)).intoArray(y, yo + at, lanes);
    }
  }
}
