package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.DoubleMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleMath] on every lane: the same steps in the same order, so the same bits, whatever the width.
///
/// Formulas, accuracy and the coefficients' source stand there. C2 boxes a vector that crosses a call which it does not
/// inline: so no method here is longer than 325 bytecodes, and each calls few others, early.
final class DoubleVectorMath {

  private DoubleVectorMath() {}

  static DoubleVector exp(DoubleVector x) {
    DoubleVector clamped = x.blend(EXP_MAX, x.compare(GT, EXP_MAX)).blend(EXP_MIN, x.compare(LT, EXP_MIN));
    DoubleVector shifted = shifted(clamped);
    return scale(power(reduced(clamped, shifted), shifted), shifted);
  }

  static DoubleVector decay(DoubleVector x) {
    DoubleVector clamped = decayArgument(x);
    DoubleVector shifted = shifted(clamped);
    return scale(power(reduced(clamped, shifted), shifted), shifted);
  }

  static DoubleVector elu(DoubleVector x) {
    DoubleVector clamped = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN)).blend(0.0, x.compare(GT, 0.0));
    DoubleVector shifted = shifted(clamped);
    DoubleVector high = reduced(clamped, shifted);
    DoubleVector m = high.add(series(high, shifted));
    DoubleVector power = twoToThe(shifted);
    return power.fma(m, power.sub(1.0)).blend(x, x.compare(GE, 0.0));
  }

  static DoubleVector tanh(DoubleVector x) {
    DoubleVector twice = x.abs().mul(2.0);
    DoubleVector clamped = twice.blend(TANH_MAX, twice.compare(GT, TANH_MAX));
    DoubleVector shifted = shifted(clamped);
    DoubleVector high = reduced(clamped, shifted);
    DoubleVector small = series(high, shifted);
    DoubleVector m = high.add(small);
    DoubleVector power = twoToThe(shifted);
    DoubleVector less = power.sub(1.0);
    DoubleVector q = power.fma(m, less);
    DoubleVector divisor = q.add(2.0);
    DoubleVector delta = power.fma(high.sub(m).add(small), power.fma(m, less.sub(q)));
    DoubleVector epsilon = q.sub(divisor.sub(2.0)).add(delta);
    DoubleVector inverse = one().div(divisor);
    DoubleVector y = q.mul(inverse);
    DoubleVector remainder = y.neg().fma(divisor, q).add(y.neg().fma(epsilon, delta));
    return withSignOf(x, remainder.fma(inverse, y));
  }

  static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector shifted = shifted(decayArgument(x));
    return tailScaled(x, sigmoidPart(x, shifted), shifted);
  }

  static DoubleVector silu(DoubleVector x) {
    DoubleVector shifted = shifted(decayArgument(x));
    return tailScaled(x, x.mul(sigmoidPart(x, shifted)), shifted);
  }

  static DoubleVector sigmoidPart(DoubleVector x, DoubleVector shifted) {
    DoubleVector high = reduced(decayArgument(x), shifted);
    DoubleVector sum = high.add(1.0);
    DoubleVector rest = one().sub(sum).add(high).add(series(high, shifted));
    DoubleVector power = lowHalf(shifted).mul(highHalf(shifted));
    DoubleVector e = power.fma(rest, power.mul(sum));
    DoubleVector divisor = e.add(1.0);
    DoubleVector v = one().div(divisor);
    DoubleVector minus = v.neg();
    DoubleVector excess = minus.fma(e.sub(divisor.sub(1.0)), minus.fma(divisor, one()));
    VectorMask<Double> negative = x.compare(LT, 0.0);
    DoubleVector numerator = one().blend(sum, negative);
    DoubleVector y = numerator.mul(v);
    DoubleVector lost = DoubleVector.zero(SPECIES).blend(rest, negative).fma(v, numerator.fma(v, y.neg()));
    return y.add(y.fma(excess, lost));
  }

  static DoubleVector tailScaled(DoubleVector x, DoubleVector v, DoubleVector shifted) {
    DoubleVector tail = highHalf(shifted).blend(0.0, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf(shifted)).mul(tail), x.compare(LT, 0.0));
  }

  static DoubleVector softplus(DoubleVector x) {
    return softplus(x, decay(x));
  }

  static DoubleVector softplus(DoubleVector x, DoubleVector decay) {
    VectorMask<Double> large = decay.compare(GT, SQRT2_LESS_1);
    DoubleVector f = decay.blend(decay.fma(0.5, -0.5), large);
    DoubleVector s = f.div(f.add(2.0));
    DoubleVector k = DoubleVector.zero(SPECIES).blend(1.0, large);
    DoubleVector logarithm = logarithm(f, s, k, k.mul(LN2_LOW));
    return DoubleVector.zero(SPECIES).blend(x, x.compare(GT, 0.0)).add(logarithm);
  }

  static DoubleVector softplusSlope(DoubleVector x, DoubleVector decay) {
    DoubleVector v = one().div(decay.add(1.0));
    return v.blend(decay.mul(v), x.compare(LT, 0.0));
  }

  private static DoubleVector logarithm(DoubleVector f, DoubleVector s, DoubleVector k, DoubleVector low) {
    DoubleVector z = s.mul(s);
    DoubleVector w = z.mul(z);
    DoubleVector odd = w.fma(L7, L5).lanewise(FMA, w, L3).lanewise(FMA, w, L1);
    DoubleVector even = w.fma(L6, L4).lanewise(FMA, w, L2);
    DoubleVector series = z.mul(even.fma(z, odd));
    DoubleVector square = f.mul(0.5).mul(f);
    DoubleVector small = square.sub(s.fma(square.add(series), low));
    return k.lanewise(FMA, LN2_HIGH, f.sub(small));
  }

  static DoubleVector shifted(DoubleVector x) {
    return x.fma(LOG2_E, SHIFT);
  }

  static DoubleVector reduced(DoubleVector x, DoubleVector shifted) {
    return shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, x);
  }

  static DoubleVector series(DoubleVector high, DoubleVector shifted) {
    return seriesFrom(high, shifted.sub(SHIFT).mul(-LN2_LOW));
  }

  static DoubleVector seriesFrom(DoubleVector high, DoubleVector low) {
    DoubleVector r = high.add(low);
    DoubleVector z = r.mul(r);
    DoubleVector even = z.fma(E10, E8).lanewise(FMA, z, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2);
    DoubleVector odd = z.fma(E11, E9).lanewise(FMA, z, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3);
    return odd.fma(r, even).fma(z, low);
  }

  private static DoubleVector power(DoubleVector high, DoubleVector shifted) {
    DoubleVector sum = high.add(1.0);
    return sum.add(one().sub(sum).add(high).add(series(high, shifted)));
  }

  static DoubleVector decayArgument(DoubleVector x) {
    DoubleVector a = x.abs();
    return a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
  }

  static DoubleVector scale(DoubleVector v, DoubleVector shifted) {
    return v.mul(lowHalf(shifted)).mul(highHalf(shifted));
  }

  static DoubleVector lowHalf(DoubleVector shifted) {
    return shifted.viewAsIntegralLanes().lanewise(LSHR, 1).lanewise(LSHL, 52).viewAsFloatingLanes();
  }

  static DoubleVector highHalf(DoubleVector shifted) {
    LongVector bits = shifted.viewAsIntegralLanes();
    return bits.sub(bits.lanewise(LSHR, 1)).lanewise(LSHL, 52).viewAsFloatingLanes();
  }

  static DoubleVector twoToThe(DoubleVector shifted) {
    return shifted.viewAsIntegralLanes().sub(1023L).lanewise(LSHL, 52).viewAsFloatingLanes();
  }

  private static DoubleVector withSignOf(DoubleVector x, DoubleVector y) {
    LongVector sign = x.viewAsIntegralLanes().and(Long.MIN_VALUE);
    return y.viewAsIntegralLanes().or(sign).viewAsFloatingLanes();
  }

  private static DoubleVector one() {
    return DoubleVector.broadcast(SPECIES, 1.0);
  }
}
