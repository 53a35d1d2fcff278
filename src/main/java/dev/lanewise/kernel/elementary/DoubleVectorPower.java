package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.elementary.DoublePower.*;
import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoublePower] over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// `src/build/FunctionKernels.java` says why it is spelled out.
final class DoubleVectorPower {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private DoubleVectorPower() {}

  /// y = z^exponent, an exponent that is not 0.
  static void pow(double exponent, int n, int last, double[] z, int zo, double[] y, int yo) {
    double below = exponent > 0 ? 0.0 : exponent < 0 ? INFINITY : Double.NaN;
    double above = exponent > 0 ? INFINITY : exponent < 0 ? 0.0 : Double.NaN;
    double leastNan = exponent == Math.rint(exponent) ? -INFINITY : 0.0;
    pow(exponent, below, above, leastNan, isOdd(exponent) ? Long.MIN_VALUE : 0, n, last, z, zo, y, yo);
  }

  /// Negative numbers from `leastNan` on have no power; `sign` has the bits that the result takes from a number.
  private static void pow(
      double exponent, double atZero, double atInfinity, double leastNan, long sign,
      int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector nan = TYPE.cast(DoubleVector.broadcast(SPECIES, Double.NaN));
      DoubleVector exponents = TYPE.cast(DoubleVector.broadcast(SPECIES, EXPONENT));
      DoubleVector third = TYPE.cast(DoubleVector.broadcast(SPECIES, THIRD));
      DoubleVector a = x.abs();
      VectorMask<Double> tiny = a.compare(LT, Double.MIN_NORMAL);
      LongVector bits = a.blend(a.mul(SUBNORMAL_SCALE), tiny).viewAsIntegralLanes().add(ONE_BITS - SQRT_HALF_BITS);
      DoubleVector biased = TYPE.cast(bits.lanewise(LSHR, 52).or(TWO_TO_52_BITS).viewAsFloatingLanes());
      DoubleVector k = biased.sub(exponents.blend(SUBNORMAL_EXPONENT, tiny));
      DoubleVector f = TYPE.cast(bits.and(MANTISSA).add(SQRT_HALF_BITS).viewAsFloatingLanes()).sub(1.0);

      // The logarithm, see DoublePower.ofPositive.
      DoubleVector divisor = f.add(2.0);
      DoubleVector divisorLow = f.sub(divisor.sub(2.0));
      DoubleVector s = f.div(divisor);
      DoubleVector minus = s.neg();
      DoubleVector sLow = minus.fma(divisorLow, minus.fma(divisor, f)).div(divisor);
      DoubleVector twice = s.mul(2.0);
      DoubleVector square = s.mul(s);
      DoubleVector squareLow = twice.fma(sLow, s.fma(s, square.neg()));
      DoubleVector fourth = square.mul(square);
      DoubleVector qTop = square.fma(Q7, Q6).fma(fourth, square.fma(Q5, Q4));
      DoubleVector tail = square.mul(qTop.fma(fourth, square.fma(Q3, Q2)).fma(fourth, square.fma(Q1, Q0)));
      DoubleVector u = third.add(tail);
      DoubleVector uLow = third.sub(u).add(tail).add(THIRD_LOW);
      DoubleVector w = square.mul(u);
      DoubleVector wLow = squareLow.fma(u, square.fma(uLow, square.fma(u, w.neg())));
      DoubleVector bent = twice.mul(w);
      DoubleVector bentLow = sLow.mul(2.0).fma(w, twice.fma(wLow, twice.fma(w, bent.neg())));
      DoubleVector part = twice.add(bent);
      DoubleVector partLow = twice.sub(part).add(bent).add(sLow.lanewise(FMA, 2.0, bentLow));
      DoubleVector whole = k.mul(LN2_HIGH);
      DoubleVector log = whole.add(part);
      DoubleVector logLow = whole.sub(log).add(part).add(k.lanewise(FMA, LN2_LOW, partLow));
      DoubleVector product = log.mul(exponent);
      DoubleVector low = logLow.lanewise(FMA, exponent, log.lanewise(FMA, exponent, product.neg()));

      // e^(product + low), see DoubleMath.exp.
      DoubleVector shifted = product.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, product);
      DoubleVector rLow = turns.lanewise(FMA, -LN2_LOW, low);
      DoubleVector r = high.add(rLow);
      DoubleVector r2 = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(r2, r.fma(E9, E8)).fma(r2, r.fma(E7, E6));
      DoubleVector series = top.fma(r2, r.fma(E5, E4)).fma(r2, r.fma(E3, E2));
      DoubleVector m = high.add(series.fma(r2, rLow));
      LongVector shiftedBits = shifted.viewAsIntegralLanes();
      LongVector half = shiftedBits.lanewise(LSHR, 1);
      DoubleVector first = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector rest = TYPE.cast(shiftedBits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector exp = first.fma(m, first).mul(rest).blend(0.0, product.compare(LT, EXP_MIN));
      DoubleVector power = exp.blend(INFINITY, product.compare(GT, EXP_MAX));

      LongVector signs = x.viewAsIntegralLanes().and(sign);
      DoubleVector negative = nan.blend(power, a.compare(LE, INFINITY)).blend(Double.NaN, x.compare(LT, leastNan));
      DoubleVector ends = negative.blend(atZero, a.compare(EQ, 0.0)).blend(atInfinity, a.compare(EQ, INFINITY));
      TYPE.cast(ends.viewAsIntegralLanes().or(signs).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }
}
