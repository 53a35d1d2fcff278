package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static dev.lanewise.kernel.math.DoubleTanh.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleTanh] over arrays: the same steps in the same order, so the same bits. [DoubleVectorMath] says why it is
/// spelled out.
public final class DoubleVectorTanh {

  private DoubleVectorTanh() {}

  public static void tanh(int n, int last, double[] z, int zo, double[] y, int yo) {
    tanhOfAny(DoubleNearTanh.tanh(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  static void tanhOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
      DoubleVector a = x.abs();
      DoubleVector twice = a.add(a);
      DoubleVector shifted = twice.fma(LOG2_E, SHIFT_ONCE);
      DoubleVector turns = shifted.sub(SHIFT_ONCE);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, twice);
      LongVector bits = shifted.viewAsIntegralLanes();
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector square = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
      DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
      DoubleVector m = high.add(series.fma(square, low));
      DoubleVector power = TYPE.cast(bits.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector q = power.fma(m, power.sub(1.0));
      DoubleVector divisor = q.add(2.0);
      DoubleVector excess = q.sub(divisor.sub(2.0));
      DoubleVector inverse = one.div(divisor);
      DoubleVector quotient = q.mul(inverse);
      DoubleVector minus = quotient.neg();
      DoubleVector remainder = minus.fma(excess, minus.fma(divisor, q));
      DoubleVector tanh = remainder.fma(inverse, quotient).blend(1.0, a.compare(GT, END));
      LongVector sign = x.viewAsIntegralLanes().and(Long.MIN_VALUE);
      TYPE.cast(tanh.viewAsIntegralLanes().or(sign).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }
}
