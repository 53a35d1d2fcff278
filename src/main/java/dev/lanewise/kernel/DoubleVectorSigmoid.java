package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.DoubleLanes.TYPE;
import static dev.lanewise.kernel.DoubleMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// Sigmoid and silu of [DoubleMath] over arrays: the same steps in the same order, so the same bits. Spelled out for the reason that
/// [DoubleVectorMath] gives.
final class DoubleVectorSigmoid {

  private DoubleVectorSigmoid() {}

  static void sigmoid(int n, int last, double[] z, int zo, double[] y, int yo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = DoubleInterleavedSigmoid.sigmoid(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      VectorMask<Double> held = a.compare(GT, -EXP_MIN);
      DoubleVector clamped = a.neg().blend(EXP_MIN, held);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector r2 = r.mul(r);
      DoubleVector evenPowers = r2.fma(E10, E8).lanewise(FMA, r2, E6).lanewise(FMA, r2, E4).lanewise(FMA, r2, E2);
      DoubleVector oddPowers = r2.fma(E11, E9).lanewise(FMA, r2, E7).lanewise(FMA, r2, E5).lanewise(FMA, r2, E3);
      DoubleVector small = oddPowers.fma(r, evenPowers).fma(r2, low);
      DoubleVector m = high.add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector power = lowHalf.mul(highHalf);
      DoubleVector divisor = power.fma(m, power.add(1.0));
      DoubleVector v = one.div(divisor);
      DoubleVector minus = v.neg();
      DoubleVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0))), minus.fma(divisor, one));
      DoubleVector lost = v.mul(excess);
      DoubleVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      DoubleVector tail = highHalf.blend(0.0, held);
      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector least = part.mul(lowHalf).mul(tail);
      one.sub(least).blend(least, negative).intoArray(y, yo + at, lanes);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = DoubleInterleavedSigmoid.silu(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      VectorMask<Double> held = a.compare(GT, -EXP_MIN);
      DoubleVector clamped = a.neg().blend(EXP_MIN, held);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector r2 = r.mul(r);
      DoubleVector evenPowers = r2.fma(E10, E8).lanewise(FMA, r2, E6).lanewise(FMA, r2, E4).lanewise(FMA, r2, E2);
      DoubleVector oddPowers = r2.fma(E11, E9).lanewise(FMA, r2, E7).lanewise(FMA, r2, E5).lanewise(FMA, r2, E3);
      DoubleVector small = oddPowers.fma(r, evenPowers).fma(r2, low);
      DoubleVector m = high.add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector power = lowHalf.mul(highHalf);
      DoubleVector divisor = power.fma(m, power.add(1.0));
      DoubleVector v = one.div(divisor);
      DoubleVector minus = v.neg();
      DoubleVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0))), minus.fma(divisor, one));
      DoubleVector lost = v.mul(excess);
      DoubleVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      DoubleVector tail = highHalf.blend(0.0, held);
      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector scaled = one.blend(x, negative).mul(lowHalf).mul(part).mul(tail);
      DoubleVector silu = clamped.fma(scaled, x).blend(scaled, negative);
      silu.intoArray(y, yo + at, lanes);
      if (slope != null) {
        DoubleVector least = part.mul(lowHalf).mul(tail);
        DoubleVector most = one.sub(least);
        silu.fma(least.blend(most, negative), most.blend(least, negative)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
