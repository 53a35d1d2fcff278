package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;
import static dev.lanewise.kernel.FloatLanes.SPECIES;
import static dev.lanewise.kernel.FloatLanes.TYPE;
import static dev.lanewise.kernel.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Sigmoid and silu of [FloatMath] over arrays: the same steps in the same order, so the same bits. Spelled out for the reason that
/// [FloatVectorMath] gives.
final class FloatVectorSigmoid {

  private FloatVectorSigmoid() {}

  static void sigmoid(int n, int last, float[] z, int zo, float[] y, int yo) {
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    for (int i = FloatInterleavedSigmoid.sigmoid(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      VectorMask<Float> held = a.compare(GT, -EXP_MIN);
      FloatVector clamped = a.neg().blend(EXP_MIN, held);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector high = turns.lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector low = turns.mul(-LN2_LOW);
      FloatVector r = high.add(low);
      FloatVector r2 = r.mul(r);
      FloatVector evenPowers = r2.fma(E6, E4).lanewise(FMA, r2, E2);
      FloatVector oddPowers = r2.fma(E5, E3);
      FloatVector small = oddPowers.fma(r, evenPowers).fma(r2, low);
      FloatVector m = high.add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector power = lowHalf.mul(highHalf);
      FloatVector divisor = power.fma(m, power.add(1.0f));
      FloatVector v = one.div(divisor);
      FloatVector minus = v.neg();
      FloatVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0f))), minus.fma(divisor, one));
      FloatVector lost = v.mul(excess);
      FloatVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      FloatVector tail = highHalf.blend(0.0f, held);
      VectorMask<Float> negative = x.compare(LT, 0.0f);
      FloatVector least = part.mul(lowHalf).mul(tail);
      one.sub(least).blend(least, negative).intoArray(y, yo + at, lanes);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    for (int i = FloatInterleavedSigmoid.silu(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      VectorMask<Float> held = a.compare(GT, -EXP_MIN);
      FloatVector clamped = a.neg().blend(EXP_MIN, held);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector high = turns.lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector low = turns.mul(-LN2_LOW);
      FloatVector r = high.add(low);
      FloatVector r2 = r.mul(r);
      FloatVector evenPowers = r2.fma(E6, E4).lanewise(FMA, r2, E2);
      FloatVector oddPowers = r2.fma(E5, E3);
      FloatVector small = oddPowers.fma(r, evenPowers).fma(r2, low);
      FloatVector m = high.add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector power = lowHalf.mul(highHalf);
      FloatVector divisor = power.fma(m, power.add(1.0f));
      FloatVector v = one.div(divisor);
      FloatVector minus = v.neg();
      FloatVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0f))), minus.fma(divisor, one));
      FloatVector lost = v.mul(excess);
      FloatVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      FloatVector tail = highHalf.blend(0.0f, held);
      VectorMask<Float> negative = x.compare(LT, 0.0f);
      FloatVector scaled = one.blend(x, negative).mul(lowHalf).mul(part).mul(tail);
      FloatVector silu = clamped.fma(scaled, x).blend(scaled, negative);
      silu.intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector least = part.mul(lowHalf).mul(tail);
        FloatVector most = one.sub(least);
        silu.fma(least.blend(most, negative), most.blend(least, negative)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
