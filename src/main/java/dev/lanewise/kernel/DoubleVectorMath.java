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
/// Formulas, accuracy and the coefficients' source stand there. A vector that crosses a call which C2 does not inline is
/// boxed, and C2 inlines nothing but the Vector API's own methods into one that has already taken in 8,000 bytecodes, which
/// is some 17 operations (its `DesiredMethodLimit`). Hence the shape of these methods: at most 325 bytecodes, one call of
/// another method of ours, near the top, and below it plain operations. What both sides compute, like the rounded exponent,
/// is written twice and merged by C2.
final class DoubleVectorMath {

  private DoubleVectorMath() {}

  static DoubleVector exp(DoubleVector x) {
    DoubleVector clamped = x.blend(EXP_MAX, x.compare(GT, EXP_MAX)).blend(EXP_MIN, x.compare(LT, EXP_MIN));
    DoubleVector small = series(clamped);
    DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
    DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    DoubleVector sum = high.add(1.0);
    DoubleVector rest = one.sub(sum).add(high).add(small);
    LongVector bits = shifted.viewAsIntegralLanes();
    LongVector half = bits.lanewise(LSHR, 1);
    DoubleVector lowHalf = half.lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector highHalf = bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes();
    return sum.add(rest).mul(lowHalf).mul(highHalf);
  }

  static DoubleVector decay(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
    DoubleVector small = series(clamped);
    DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
    DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    DoubleVector sum = high.add(1.0);
    DoubleVector rest = one.sub(sum).add(high).add(small);
    LongVector bits = shifted.viewAsIntegralLanes();
    LongVector half = bits.lanewise(LSHR, 1);
    DoubleVector lowHalf = half.lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector highHalf = bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes();
    return sum.add(rest).mul(lowHalf).mul(highHalf);
  }

  static DoubleVector elu(DoubleVector x) {
    DoubleVector clamped = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN)).blend(0.0, x.compare(GT, 0.0));
    DoubleVector small = series(clamped);
    DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
    DoubleVector m = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped).add(small);
    DoubleVector power = shifted.viewAsIntegralLanes().sub(1023L).lanewise(LSHL, 52).viewAsFloatingLanes();
    return power.fma(m, power.sub(1.0)).blend(x, x.compare(GE, 0.0));
  }

  static DoubleVector tanh(DoubleVector x) {
    DoubleVector twice = x.abs().mul(2.0);
    DoubleVector clamped = twice.blend(TANH_MAX, twice.compare(GT, TANH_MAX));
    DoubleVector small = series(clamped);
    DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
    DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    DoubleVector m = high.add(small);
    DoubleVector power = shifted.viewAsIntegralLanes().sub(1023L).lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector less = power.sub(1.0);
    DoubleVector q = power.fma(m, less);
    DoubleVector divisor = q.add(2.0);
    DoubleVector delta = power.fma(high.sub(m).add(small), power.fma(m, less.sub(q)));
    DoubleVector epsilon = q.sub(divisor.sub(2.0)).add(delta);
    DoubleVector inverse = DoubleVector.broadcast(SPECIES, 1.0).div(divisor);
    DoubleVector y = q.mul(inverse);
    DoubleVector minus = y.neg();
    DoubleVector result = minus.fma(divisor, q).add(minus.fma(epsilon, delta)).fma(inverse, y);
    LongVector sign = x.viewAsIntegralLanes().and(Long.MIN_VALUE);
    return result.viewAsIntegralLanes().or(sign).viewAsFloatingLanes();
  }

  static DoubleVector sigmoid(DoubleVector x) {
    DoubleVector v = sigmoidPart(x);
    DoubleVector a = x.abs();
    LongVector bits = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN)).fma(LOG2_E, SHIFT).viewAsIntegralLanes();
    LongVector half = bits.lanewise(LSHR, 1);
    DoubleVector lowHalf = half.lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector highHalf = bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector tail = highHalf.blend(0.0, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf).mul(tail), x.compare(LT, 0.0));
  }

  static DoubleVector silu(DoubleVector x) {
    DoubleVector v = x.mul(sigmoidPart(x));
    DoubleVector a = x.abs();
    LongVector bits = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN)).fma(LOG2_E, SHIFT).viewAsIntegralLanes();
    LongVector half = bits.lanewise(LSHR, 1);
    DoubleVector lowHalf = half.lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector highHalf = bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector tail = highHalf.blend(0.0, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf).mul(tail), x.compare(LT, 0.0));
  }

  static DoubleVector tailScaled(DoubleVector x, DoubleVector v) {
    DoubleVector a = x.abs();
    LongVector bits = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN)).fma(LOG2_E, SHIFT).viewAsIntegralLanes();
    LongVector half = bits.lanewise(LSHR, 1);
    DoubleVector lowHalf = half.lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector highHalf = bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector tail = highHalf.blend(0.0, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf).mul(tail), x.compare(LT, 0.0));
  }

  static DoubleVector sigmoidPart(DoubleVector x) {
    DoubleVector a = x.abs();
    DoubleVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
    DoubleVector small = series(clamped);
    DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
    DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
    DoubleVector sum = high.add(1.0);
    DoubleVector rest = one.sub(sum).add(high).add(small);
    LongVector bits = shifted.viewAsIntegralLanes();
    LongVector half = bits.lanewise(LSHR, 1);
    DoubleVector lowHalf = half.lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector highHalf = bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes();
    DoubleVector power = lowHalf.mul(highHalf);
    DoubleVector e = power.fma(rest, power.mul(sum));
    DoubleVector divisor = e.add(1.0);
    DoubleVector v = one.div(divisor);
    DoubleVector minus = v.neg();
    DoubleVector excess = minus.fma(e.sub(divisor.sub(1.0)), minus.fma(divisor, one));
    VectorMask<Double> negative = x.compare(LT, 0.0);
    DoubleVector numerator = one.blend(sum, negative);
    DoubleVector y = numerator.mul(v);
    DoubleVector lost = DoubleVector.zero(SPECIES).blend(rest, negative).fma(v, numerator.fma(v, y.neg()));
    return y.add(y.fma(excess, lost));
  }

  static DoubleVector softplus(DoubleVector x) {
    return softplus(x, decay(x));
  }

  static DoubleVector softplus(DoubleVector x, DoubleVector decay) {
    VectorMask<Double> large = decay.compare(GT, SQRT2_LESS_1);
    DoubleVector f = decay.blend(decay.fma(0.5, -0.5), large);
    DoubleVector k = DoubleVector.zero(SPECIES).blend(1.0, large);
    DoubleVector s = f.div(f.add(2.0));
    DoubleVector z = s.mul(s);
    DoubleVector w = z.mul(z);
    DoubleVector odd = w.fma(L7, L5).lanewise(FMA, w, L3).lanewise(FMA, w, L1);
    DoubleVector even = w.fma(L6, L4).lanewise(FMA, w, L2);
    DoubleVector series = z.mul(even.fma(z, odd));
    DoubleVector square = f.mul(0.5).mul(f);
    DoubleVector small = square.sub(s.fma(square.add(series), k.mul(LN2_LOW)));
    DoubleVector logarithm = k.lanewise(FMA, LN2_HIGH, f.sub(small));
    return DoubleVector.zero(SPECIES).blend(x, x.compare(GT, 0.0)).add(logarithm);
  }

  static DoubleVector series(DoubleVector x) {
    DoubleVector n = x.fma(LOG2_E, SHIFT).sub(SHIFT);
    DoubleVector high = n.lanewise(FMA, -LN2_HIGH, x);
    DoubleVector low = n.mul(-LN2_LOW);
    DoubleVector r = high.add(low);
    DoubleVector z = r.mul(r);
    DoubleVector even = z.fma(E10, E8).lanewise(FMA, z, E6).lanewise(FMA, z, E4).lanewise(FMA, z, E2);
    DoubleVector odd = z.fma(E11, E9).lanewise(FMA, z, E7).lanewise(FMA, z, E5).lanewise(FMA, z, E3);
    return odd.fma(r, even).fma(z, low);
  }
}
