package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.DoubleLanes.TYPE;
import static dev.lanewise.kernel.DoubleMath.*;
import static dev.lanewise.kernel.DoubleNormal.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleNormal]'s gelu and its slope over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the coefficients' source stand there. The loop spells the arithmetic out, because so much of it
/// would not be inlined from methods (see [DoubleVectorMath]); the mask is full but in the last turn.
final class DoubleVectorNormal {

  private DoubleVectorNormal() {}

  /// y = gelu(z), and slope = gelu′(z) where `slope` is not null.
  static void gelu(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector inner = polynomial(x);

      // Both parts of e^(−x²/2): see gaussianShifted and gaussianFraction.
      DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
      DoubleVector a = x.abs();
      a = a.blend(TAIL_END, a.compare(GT, TAIL_END));
      DoubleVector h = a.mul(-0.5);
      DoubleVector exponent = h.mul(a);
      DoubleVector shifted = exponent.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, exponent);
      DoubleVector low = turns.lanewise(FMA, -LN2_LOW, h.fma(a, exponent.neg()));
      DoubleVector r = high.add(low);
      DoubleVector s = r.mul(r);
      DoubleVector even = s.fma(E10, E8).lanewise(FMA, s, E6).lanewise(FMA, s, E4).lanewise(FMA, s, E2);
      DoubleVector odd = s.fma(E11, E9).lanewise(FMA, s, E7).lanewise(FMA, s, E5).lanewise(FMA, s, E3);
      DoubleVector fraction = high.add(odd.fma(r, even).fma(s, low));
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());

      // g and what rounding took from it: see cdfPart.
      DoubleVector divisor = a.fma(MAP, 1.0);
      DoubleVector v = one.div(divisor);
      DoubleVector excess = v.neg().fma(a.lanewise(FMA, MAP, one.sub(divisor)), v.neg().fma(divisor, one));
      DoubleVector t = v.fma(2.0, -1.0);
      DoubleVector rest = t.lanewise(FMA, inner, T1);
      DoubleVector p = t.lanewise(FMA, rest, T0);
      DoubleVector lost = t.fma(t.fma(inner, rest.neg().add(T1)), t.fma(rest, p.neg().add(T0)));
      DoubleVector g = v.mul(p);
      DoubleVector slopeOfG = a.lanewise(FMA, g, -INVERSE_SQRT_2PI);
      DoubleVector correction = slopeOfG.fma(excess.mul(divisor).mul(-1 / MAP), v.fma(lost, v.fma(p, g.neg())));
      DoubleVector remainder = fraction.fma(g, fraction.fma(correction, correction));

      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector base = one.blend(0.0, negative);
      DoubleVector factor = lowHalf.mul(highHalf).neg().blend(lowHalf, negative);
      DoubleVector sum = factor.fma(g, base);
      DoubleVector part = sum.add(factor.fma(remainder, factor.fma(g, base.sub(sum))));
      DoubleVector tail = one.blend(highHalf.blend(0.0, x.compare(LT, -TAIL_END)), negative);
      x.mul(part).mul(tail).intoArray(y, yo + at, lanes);
      if (slope != null) {
        DoubleVector density = fraction.fma(INVERSE_SQRT_2PI, INVERSE_SQRT_2PI).mul(lowHalf).mul(highHalf);
        x.fma(density, part.mul(tail)).intoArray(slope, so + at, lanes);
      }
    }
  }

  /// DoubleNormal's polynomial at the t that belongs to x.
  private static DoubleVector polynomial(DoubleVector x) {
    DoubleVector a = x.abs();
    a = a.blend(TAIL_END, a.compare(GT, TAIL_END));
    DoubleVector t = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0)).div(a.fma(MAP, 1.0)).fma(2.0, -1.0);
    DoubleVector z = t.mul(t);
    DoubleVector even = z.fma(T21, T19).lanewise(FMA, z, T17).lanewise(FMA, z, T15).lanewise(FMA, z, T13);
    even = even.lanewise(FMA, z, T11).lanewise(FMA, z, T9).lanewise(FMA, z, T7).lanewise(FMA, z, T5).lanewise(FMA, z, T3);
    DoubleVector odd = z.fma(T20, T18).lanewise(FMA, z, T16).lanewise(FMA, z, T14).lanewise(FMA, z, T12);
    odd = odd.lanewise(FMA, z, T10).lanewise(FMA, z, T8).lanewise(FMA, z, T6).lanewise(FMA, z, T4);
    return odd.fma(t, even).lanewise(FMA, t, T2);
  }
}
