package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.elementary.FloatPower.*;
import static dev.lanewise.kernel.lanes.FloatLanes.*;
import static dev.lanewise.kernel.math.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.FloatTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatPower] over arrays: the same steps in the same order, so the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// `src/build/FunctionKernels.java` says why it is spelled out.
final class FloatVectorPower {

  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private FloatVectorPower() {}

  /// y = z^exponent, an exponent that is not 0.
  static void pow(double exponent, int n, int last, float[] z, int zo, float[] y, int yo) {
    float below = exponent > 0 ? 0.0f : exponent < 0 ? INFINITY : Float.NaN;
    float above = exponent > 0 ? INFINITY : exponent < 0 ? 0.0f : Float.NaN;
    float leastNan = exponent == Math.rint(exponent) ? -INFINITY : 0.0f;
    int sign = DoublePower.isOdd(exponent) ? Integer.MIN_VALUE : 0;
    pow(high(exponent), low(exponent), below, above, leastNan, sign, n, last, z, zo, y, yo);
  }

  /// Negative numbers from `leastNan` on have no power; `sign` has the bits that the result takes from a number.
  private static void pow(
      float exponent, float exponentLow, float atZero, float atInfinity, float leastNan, int sign,
      int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector nan = TYPE.cast(FloatVector.broadcast(SPECIES, Float.NaN));
      FloatVector exponents = TYPE.cast(FloatVector.broadcast(SPECIES, EXPONENT));
      FloatVector third = TYPE.cast(FloatVector.broadcast(SPECIES, THIRD));
      FloatVector a = x.abs();
      VectorMask<Float> tiny = a.compare(LT, Float.MIN_NORMAL);
      IntVector bits = a.blend(a.mul(SUBNORMAL_SCALE), tiny).viewAsIntegralLanes().add(ONE_BITS - SQRT_HALF_BITS);
      FloatVector biased = TYPE.cast(bits.lanewise(LSHR, 23).or(TWO_TO_23_BITS).viewAsFloatingLanes());
      FloatVector k = biased.sub(exponents.blend(SUBNORMAL_EXPONENT, tiny));
      FloatVector f = TYPE.cast(bits.and(MANTISSA).add(SQRT_HALF_BITS).viewAsFloatingLanes()).sub(1.0f);

      // The logarithm, see FloatPower.ofPositive.
      FloatVector divisor = f.add(2.0f);
      FloatVector divisorLow = f.sub(divisor.sub(2.0f));
      FloatVector s = f.div(divisor);
      FloatVector minus = s.neg();
      FloatVector sLow = minus.fma(divisorLow, minus.fma(divisor, f)).div(divisor);
      FloatVector twice = s.mul(2.0f);
      FloatVector square = s.mul(s);
      FloatVector squareLow = twice.fma(sLow, s.fma(s, square.neg()));
      FloatVector tail = square.mul(square.fma(Q2, Q1).lanewise(FMA, square, Q0));
      FloatVector u = third.add(tail);
      FloatVector uLow = third.sub(u).add(tail).add(THIRD_LOW);
      FloatVector w = square.mul(u);
      FloatVector wLow = squareLow.fma(u, square.fma(uLow, square.fma(u, w.neg())));
      FloatVector bent = twice.mul(w);
      FloatVector bentLow = sLow.mul(2.0f).fma(w, twice.fma(wLow, twice.fma(w, bent.neg())));
      FloatVector part = twice.add(bent);
      FloatVector partLow = twice.sub(part).add(bent).add(sLow.lanewise(FMA, 2.0f, bentLow));
      FloatVector whole = k.mul(LN2_SHORT);
      FloatVector log = whole.add(part);
      FloatVector logLow = whole.sub(log).add(part).add(k.lanewise(FMA, LN2_REST, partLow));
      FloatVector product = log.mul(exponent);
      FloatVector lost = log.lanewise(FMA, exponent, product.neg());
      FloatVector low = logLow.lanewise(FMA, exponent, log.lanewise(FMA, exponentLow, lost));

      // e^(product + low), see FloatMath.exp.
      FloatVector shifted = product.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector reduced = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, product));
      FloatVector r = reduced.add(low);
      FloatVector r2 = r.mul(r);
      FloatVector series = r2.fma(r2.lanewise(FMA, E6, r.fma(E5, E4)), r.fma(E3, E2));
      FloatVector e = series.lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
      IntVector shiftedBits = shifted.viewAsIntegralLanes();
      IntVector half = shiftedBits.lanewise(LSHR, 1);
      FloatVector first = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector rest = TYPE.cast(shiftedBits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector exp = e.mul(first).mul(rest).blend(0.0f, product.compare(LT, EXP_MIN));
      FloatVector power = exp.blend(INFINITY, product.compare(GT, EXP_MAX));

      IntVector signs = x.viewAsIntegralLanes().and(sign);
      FloatVector negative = nan.blend(power, a.compare(LE, INFINITY)).blend(Float.NaN, x.compare(LT, leastNan));
      FloatVector ends = negative.blend(atZero, a.compare(EQ, 0.0f)).blend(atInfinity, a.compare(EQ, INFINITY));
      TYPE.cast(ends.viewAsIntegralLanes().or(signs).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }
}
