package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static dev.lanewise.kernel.math.DoubleNormal.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleNormal]'s gelu and its slope over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there; [DoubleVectorMath] says why it is spelled out.
public final class DoubleVectorNormal {

  private DoubleVectorNormal() {}

  /// y = gelu(z), and slope = gelu′(z) where `slope` is not null.
  public static void gelu(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    geluOfAny(DoubleNearNormal.gelu(n, z, zo, y, yo, slope, so), n, last, z, zo, y, yo, slope, so);
  }

  static void geluOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
      // Both parts of e^(−x²/2): see gaussianShifted and gaussianFraction.
      DoubleVector magnitude = x.abs();
      DoubleVector a = magnitude.blend(TAIL_END, magnitude.compare(GT, TAIL_END));
      DoubleVector h = a.mul(-0.5);
      DoubleVector exponent = h.mul(a);
      DoubleVector shifted = exponent.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, exponent);
      LongVector bits = shifted.viewAsIntegralLanes();
      DoubleVector low = turns.lanewise(FMA, -LN2_LOW, h.fma(a, exponent.neg()));
      DoubleVector r = high.add(low);
      DoubleVector square = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
      DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
      DoubleVector fraction = high.add(series.fma(square, low));
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector part = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector other = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());

      // g and its rounding error: see timesCdf.
      DoubleVector divisor = a.fma(MAP, 1.0);
      DoubleVector v = one.div(divisor);
      DoubleVector excess = v.neg().fma(a.lanewise(FMA, MAP, one.sub(divisor)), v.neg().fma(divisor, one));
      DoubleVector t = v.fma(2.0, -1.0);
      DoubleVector t2 = t.mul(t);
      DoubleVector t4 = t2.mul(t2);
      DoubleVector upper = t.fma(T21, T20).fma(t4, t.fma(T17, T16)).fma(t4, t.fma(T13, T12)).fma(t4, t.fma(T9, T8))
          .fma(t4, t.fma(T5, T4));
      DoubleVector lower = t.fma(T19, T18).fma(t4, t.fma(T15, T14)).fma(t4, t.fma(T11, T10)).fma(t4, t.fma(T7, T6))
          .fma(t4, t.fma(T3, T2));
      DoubleVector inner = upper.fma(t2, lower);
      DoubleVector rest = t.lanewise(FMA, inner, T1);
      DoubleVector p = t.lanewise(FMA, rest, T0);
      DoubleVector fallen = t.fma(t.fma(inner, rest.neg().add(T1)), t.fma(rest, p.neg().add(T0)));
      DoubleVector g = v.mul(p);
      DoubleVector slopeOfG = a.lanewise(FMA, g, -INVERSE_SQRT_2PI);
      DoubleVector correction = slopeOfG.fma(excess.mul(divisor).mul(-1 / MAP), v.fma(fallen, v.fma(p, g.neg())));
      DoubleVector remainder = fraction.fma(g, fraction.fma(correction, correction));

      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector base = one.blend(0.0, negative);
      DoubleVector power = part.mul(other).neg().blend(part, negative);
      DoubleVector sum = power.fma(g, base);
      DoubleVector carried = power.fma(remainder, power.fma(g, base.sub(sum)));
      DoubleVector tail = one.blend(other.blend(0.0, x.compare(LT, -TAIL_END)), negative);
      x.fma(sum, x.blend(TAIL_END, x.compare(GT, TAIL_END)).mul(carried)).mul(tail).intoArray(y, yo + at, lanes);
      if (slope != null) {
        DoubleVector level = a.neg().lanewise(FMA, INVERSE_SQRT_2PI, g).add(correction);
        DoubleVector least = fraction.fma(level, level).mul(part).mul(other.blend(0.0, x.compare(LT, -TAIL_END)));
        one.sub(least).blend(least, x.compare(LT, 0.0)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
