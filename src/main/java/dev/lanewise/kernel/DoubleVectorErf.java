package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleErf.*;
import static dev.lanewise.kernel.DoubleLanes.*;
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

/// [DoubleErf] over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the coefficients' source stand there. Spelled out for the reason that [DoubleVectorMath] gives.
final class DoubleVectorErf {

  private DoubleVectorErf() {}

  /// y = erf(z).
  static void erf(int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = DoubleWholeErf.erf(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
      DoubleVector magnitude = x.abs();
      DoubleVector a = magnitude.blend(END, magnitude.compare(GT, END));
      DoubleVector square = a.mul(a);
      DoubleVector s = square.fma(S26, S24).lanewise(FMA, square, S22).lanewise(FMA, square, S20).lanewise(FMA, square, S18);
      s = s.lanewise(FMA, square, S16).lanewise(FMA, square, S14).lanewise(FMA, square, S12).lanewise(FMA, square, S10);
      s = s.lanewise(FMA, square, S8).lanewise(FMA, square, S6).lanewise(FMA, square, S4).lanewise(FMA, square, S2).lanewise(FMA, square, S0);
      DoubleVector small = a.lanewise(FMA, C, a.mul(s));

      // Both parts of e^(−x²): see DoubleMath.fraction.
      DoubleVector exponent = square.neg();
      DoubleVector shifted = exponent.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, exponent);
      LongVector bits = shifted.viewAsIntegralLanes();
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector r2 = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(r2, r.fma(E9, E8)).fma(r2, r.fma(E7, E6));
      DoubleVector series = top.fma(r2, r.fma(E5, E4)).fma(r2, r.fma(E3, E2));
      DoubleVector fraction = high.add(series.fma(r2, low));
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector power = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector rest = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());

      // G(√2 a): see DoubleNormal.tail.
      DoubleVector v = one.div(a.mul(SQRT_2).fma(MAP, 1.0));
      DoubleVector t = v.fma(2.0, -1.0);
      DoubleVector t2 = t.mul(t);
      DoubleVector even = t2.fma(T21, T19).lanewise(FMA, t2, T17).lanewise(FMA, t2, T15).lanewise(FMA, t2, T13);
      even = even.lanewise(FMA, t2, T11).lanewise(FMA, t2, T9).lanewise(FMA, t2, T7).lanewise(FMA, t2, T5).lanewise(FMA, t2, T3);
      DoubleVector odd = t2.fma(T20, T18).lanewise(FMA, t2, T16).lanewise(FMA, t2, T14).lanewise(FMA, t2, T12);
      odd = odd.lanewise(FMA, t2, T10).lanewise(FMA, t2, T8).lanewise(FMA, t2, T6).lanewise(FMA, t2, T4);
      DoubleVector inner = odd.fma(t, even).lanewise(FMA, t, T2);
      DoubleVector g = v.mul(t.lanewise(FMA, t.lanewise(FMA, inner, T1), T0));
      DoubleVector lessTail = power.mul(rest).mul(-2.0).fma(fraction.fma(g, g), one);

      LongVector erf = lessTail.blend(small, a.compare(LT, SMALL)).viewAsIntegralLanes();
      LongVector sign = x.viewAsIntegralLanes().and(Long.MIN_VALUE);
      TYPE.cast(erf.or(sign).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }
}
