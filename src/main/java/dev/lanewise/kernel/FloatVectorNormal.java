package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;
import static dev.lanewise.kernel.FloatLanes.SPECIES;
import static dev.lanewise.kernel.FloatLanes.TYPE;
import static dev.lanewise.kernel.FloatMath.*;
import static dev.lanewise.kernel.FloatNormal.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

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
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    for (int i = FloatInterleavedNormal.gelu(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      // Both parts of e^(−x²/2): see gaussianShifted and gaussianFraction.
      FloatVector magnitude = x.abs();
      FloatVector a = magnitude.blend(TAIL_END, magnitude.compare(GT, TAIL_END));
      FloatVector h = a.mul(-0.5f);
      FloatVector exponent = h.mul(a);
      FloatVector shifted = exponent.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector high = turns.lanewise(FMA, -LN2_HIGH, exponent);
      FloatVector low = turns.lanewise(FMA, -LN2_LOW, h.fma(a, exponent.neg()));
      FloatVector r = high.add(low);
      FloatVector s = r.mul(r);
      FloatVector even = s.fma(E6, E4).lanewise(FMA, s, E2);
      FloatVector odd = s.fma(E5, E3);
      FloatVector fraction = high.add(odd.fma(r, even).fma(s, low));
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());

      // g and what rounding took from it: see timesCdf.
      FloatVector divisor = a.fma(MAP, 1.0f);
      FloatVector v = one.div(divisor);
      FloatVector excess = v.neg().fma(a.lanewise(FMA, MAP, one.sub(divisor)), v.neg().fma(divisor, one));
      FloatVector t = v.fma(2.0f, -1.0f);
      FloatVector t2 = t.mul(t);
      FloatVector evenTerms = t2.fma(T9, T7).lanewise(FMA, t2, T5).lanewise(FMA, t2, T3);
      FloatVector oddTerms = t2.fma(T8, T6).lanewise(FMA, t2, T4);
      FloatVector inner = oddTerms.fma(t, evenTerms).lanewise(FMA, t, T2);
      FloatVector rest = t.lanewise(FMA, inner, T1);
      FloatVector p = t.lanewise(FMA, rest, T0);
      FloatVector lost = t.fma(t.fma(inner, rest.neg().add(T1)), t.fma(rest, p.neg().add(T0)));
      FloatVector g = v.mul(p);
      FloatVector slopeOfG = a.lanewise(FMA, g, -INVERSE_SQRT_2PI);
      FloatVector correction = slopeOfG.fma(excess.mul(divisor).mul(-1 / MAP), v.fma(lost, v.fma(p, g.neg())));
      FloatVector remainder = fraction.fma(g, fraction.fma(correction, correction));

      VectorMask<Float> negative = x.compare(LT, 0.0f);
      FloatVector base = one.blend(0.0f, negative);
      FloatVector power = lowHalf.mul(highHalf).neg().blend(lowHalf, negative);
      FloatVector sum = power.fma(g, base);
      FloatVector carried = power.fma(remainder, power.fma(g, base.sub(sum)));
      FloatVector tail = one.blend(highHalf.blend(0.0f, x.compare(LT, -TAIL_END)), negative);
      x.fma(sum, x.blend(TAIL_END, x.compare(GT, TAIL_END)).mul(carried)).mul(tail).intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector density = fraction.fma(INVERSE_SQRT_2PI, INVERSE_SQRT_2PI).mul(lowHalf).mul(highHalf);
        x.fma(density, sum.add(carried).mul(tail)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
