package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// eˣ − 1 of [DoubleMath][dev.lanewise.kernel.math.DoubleMath] over arrays: the same steps in the same order, so the
/// same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// [DoubleVectorMath][dev.lanewise.kernel.math.DoubleVectorMath] says why it is spelled out.
final class DoubleVectorExpm1 {

  /// These bits minus those of a power of two are the bits of its inverse.
  private static final long INVERSE = 2046L << 52;

  private DoubleVectorExpm1() {}

  /// y = exp(z) − 1.
  static void expm1(int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector shifted = x.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, x);
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector square = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
      DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
      DoubleVector tail = series.fma(square, low);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector power = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      LongVector restBits = bits.sub(half).lanewise(LSHL, 52);
      DoubleVector rest = TYPE.cast(restBits.viewAsFloatingLanes());
      DoubleVector inverse = TYPE.cast(restBits.neg().add(INVERSE).viewAsFloatingLanes());
      DoubleVector less = power.sub(inverse);
      DoubleVector sum = power.fma(high, less);
      DoubleVector lost = power.fma(high, less.sub(sum));
      DoubleVector expm1 = sum.add(power.fma(tail, lost)).mul(rest);
      LongVector sign = x.viewAsIntegralLanes().and(Long.MIN_VALUE);
      DoubleVector signed = TYPE.cast(expm1.viewAsIntegralLanes().or(sign).viewAsFloatingLanes());
      DoubleVector least = signed.blend(-1.0, x.compare(LT, EXPM1_MIN));
      least.blend(Double.POSITIVE_INFINITY, x.compare(GT, EXP_MAX)).intoArray(y, yo + at, lanes);
    }
  }
}
