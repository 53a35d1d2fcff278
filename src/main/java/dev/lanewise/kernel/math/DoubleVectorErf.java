package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleErf.*;
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

/// [DoubleErf] over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there; [DoubleVectorMath] says why it is spelled out.
public final class DoubleVectorErf {

  private DoubleVectorErf() {}

  /// y = erf(z).
  public static void erf(int n, int last, double[] z, int zo, double[] y, int yo) {
    erfOfAny(DoubleNearErf.erf(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  static void erfOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
      DoubleVector magnitude = x.abs();
      DoubleVector a = magnitude.blend(END, magnitude.compare(GT, END));
      DoubleVector square = a.mul(a);
      DoubleVector fourth = square.mul(square);
      DoubleVector s = square.fma(S26, S24).fma(fourth, square.fma(S22, S20)).fma(fourth, square.fma(S18, S16))
          .fma(fourth, square.fma(S14, S12));
      s = s.fma(fourth, square.fma(S10, S8)).fma(fourth, square.fma(S6, S4)).fma(fourth, square.fma(S2, S0));
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
      DoubleVector t4 = t2.mul(t2);
      DoubleVector upper = t.fma(T21, T20).fma(t4, t.fma(T17, T16)).fma(t4, t.fma(T13, T12)).fma(t4, t.fma(T9, T8))
          .fma(t4, t.fma(T5, T4));
      DoubleVector lower = t.fma(T19, T18).fma(t4, t.fma(T15, T14)).fma(t4, t.fma(T11, T10)).fma(t4, t.fma(T7, T6))
          .fma(t4, t.fma(T3, T2));
      DoubleVector inner = upper.fma(t2, lower);
      DoubleVector g = v.mul(t.lanewise(FMA, t.lanewise(FMA, inner, T1), T0));
      DoubleVector lessTail = power.mul(rest).mul(-2.0).fma(fraction.fma(g, g), one);

      LongVector erf = lessTail.blend(small, a.compare(LT, SMALL)).viewAsIntegralLanes();
      LongVector sign = x.viewAsIntegralLanes().and(Long.MIN_VALUE);
      TYPE.cast(erf.or(sign).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }
}
