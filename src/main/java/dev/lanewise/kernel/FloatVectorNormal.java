package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.*;
import static dev.lanewise.kernel.FloatMath.*;
import static dev.lanewise.kernel.FloatNormal.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatNormal]'s gelu and its slope over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the coefficients' source stand there. Spelled out for the reason that [FloatVectorMath] gives.
final class FloatVectorNormal {

  private FloatVectorNormal() {}

  /// y = gelu(z), and slope = gelu′(z) where `slope` is not null.
  static void gelu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    for (int i = FloatInterleavedNormal.gelu(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      IntVector powers = IntVector.fromArray(INTS, POWERS, 0);
      IntVector powersUpper = IntVector.fromArray(INTS, POWERS, UPPER);
      IntVector lost = IntVector.fromArray(INTS, LOST, 0);
      IntVector lostUpper = IntVector.fromArray(INTS, LOST, UPPER);
      FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
      // Both parts of e^(−x²/2): see gaussianShifted and gaussianFraction.
      FloatVector magnitude = x.abs();
      FloatVector a = magnitude.blend(TAIL_END, magnitude.compare(GT, TAIL_END));
      FloatVector h = a.mul(-0.5f);
      FloatVector exponent = h.mul(a);
      FloatVector shifted = exponent.fma(LOG2_E_8, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector high = turns.lanewise(FMA, -LN2_8_HIGH, exponent);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector lane = bits.and(LANE);
      VectorMask<Integer> upper = IN_ONE ? null : bits.and(4).compare(NE, 0);
      IntVector lostBits = IN_ONE ? lane.selectFrom(lost) : lane.selectFrom(lost).blend(lane.selectFrom(lostUpper), upper);
      FloatVector low = turns.lanewise(FMA, -LN2_8_LOW, TYPE.cast(lostBits.viewAsFloatingLanes()).add(h.fma(a, exponent.neg())));
      FloatVector r = high.add(low);
      FloatVector square = r.mul(r);
      FloatVector series = r.fma(E4, E3).lanewise(FMA, r, E2);
      FloatVector fraction = high.add(series.fma(square, low));
      IntVector powerBits = IN_ONE ? lane.selectFrom(powers) : lane.selectFrom(powers).blend(lane.selectFrom(powersUpper), upper);
      IntVector half = bits.lanewise(LSHR, 4);
      FloatVector part = TYPE.cast(half.lanewise(LSHL, 23).add(powerBits).viewAsFloatingLanes());
      FloatVector other = TYPE.cast(bits.lanewise(LSHR, 3).sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());

      // g and what rounding took from it: see timesCdf.
      FloatVector divisor = a.fma(MAP, 1.0f);
      FloatVector v = one.div(divisor);
      FloatVector excess = v.neg().fma(a.lanewise(FMA, MAP, one.sub(divisor)), v.neg().fma(divisor, one));
      FloatVector t = v.fma(2.0f, -1.0f);
      FloatVector t2 = t.mul(t);
      FloatVector t2To5 = t.fma(T5, T4).fma(t2, t.fma(T3, T2));
      FloatVector t6To9 = t.fma(T9, T8).fma(t2, t.fma(T7, T6));
      FloatVector inner = t6To9.fma(t2.mul(t2), t2To5);
      FloatVector rest = t.lanewise(FMA, inner, T1);
      FloatVector p = t.lanewise(FMA, rest, T0);
      FloatVector fallen = t.fma(t.fma(inner, rest.neg().add(T1)), t.fma(rest, p.neg().add(T0)));
      FloatVector g = v.mul(p);
      FloatVector slopeOfG = a.lanewise(FMA, g, -INVERSE_SQRT_2PI);
      FloatVector correction = slopeOfG.fma(excess.mul(divisor).mul(-1 / MAP), v.fma(fallen, v.fma(p, g.neg())));
      FloatVector remainder = fraction.fma(g, fraction.fma(correction, correction));

      VectorMask<Float> negative = x.compare(LT, 0.0f);
      FloatVector base = one.blend(0.0f, negative);
      FloatVector power = part.mul(other).neg().blend(part, negative);
      FloatVector sum = power.fma(g, base);
      FloatVector carried = power.fma(remainder, power.fma(g, base.sub(sum)));
      FloatVector tail = one.blend(other.blend(0.0f, x.compare(LT, -TAIL_END)), negative);
      x.fma(sum, x.blend(TAIL_END, x.compare(GT, TAIL_END)).mul(carried)).mul(tail).intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector level = a.neg().lanewise(FMA, INVERSE_SQRT_2PI, g).add(correction);
        FloatVector least = fraction.fma(level, level).mul(part).mul(other.blend(0.0f, x.compare(LT, -TAIL_END)));
        one.sub(least).blend(least, negative).intoArray(slope, so + at, lanes);
      }
    }
  }
}
