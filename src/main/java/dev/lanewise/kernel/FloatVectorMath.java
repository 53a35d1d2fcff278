package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.SPECIES;
import static dev.lanewise.kernel.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatMath] on every lane: the same steps in the same order, so the same bits, whatever the width.
///
/// Formulas, accuracy and the coefficients' source stand there. A vector that crosses a call which C2 does not inline is
/// boxed, and C2 inlines nothing but the Vector API's own methods into one that has already taken in 8,000 bytecodes, which
/// is some 17 operations (its `DesiredMethodLimit`). Hence the shape of these methods: at most 325 bytecodes, one call of
/// another method of ours, near the top, and below it plain operations. What both sides compute, like the rounded exponent,
/// is written twice and merged by C2.
final class FloatVectorMath {

  private FloatVectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector clamped = x.blend(EXP_MAX, x.compare(GT, EXP_MAX)).blend(EXP_MIN, x.compare(LT, EXP_MIN));
    FloatVector small = series(clamped);
    FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
    FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    FloatVector one = FloatVector.broadcast(SPECIES, 1.0f);
    FloatVector sum = high.add(1.0f);
    FloatVector rest = one.sub(sum).add(high).add(small);
    IntVector bits = shifted.viewAsIntegralLanes();
    IntVector half = bits.lanewise(LSHR, 1);
    FloatVector lowHalf = half.lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector highHalf = bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes();
    return sum.add(rest).mul(lowHalf).mul(highHalf);
  }

  static FloatVector decay(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
    FloatVector small = series(clamped);
    FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
    FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    FloatVector one = FloatVector.broadcast(SPECIES, 1.0f);
    FloatVector sum = high.add(1.0f);
    FloatVector rest = one.sub(sum).add(high).add(small);
    IntVector bits = shifted.viewAsIntegralLanes();
    IntVector half = bits.lanewise(LSHR, 1);
    FloatVector lowHalf = half.lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector highHalf = bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes();
    return sum.add(rest).mul(lowHalf).mul(highHalf);
  }

  static FloatVector elu(FloatVector x) {
    FloatVector clamped = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN)).blend(0.0f, x.compare(GT, 0.0f));
    FloatVector small = series(clamped);
    FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
    FloatVector m = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped).add(small);
    FloatVector power = shifted.viewAsIntegralLanes().sub(127).lanewise(LSHL, 23).viewAsFloatingLanes();
    return power.fma(m, power.sub(1.0f)).blend(x, x.compare(GE, 0.0f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector twice = x.abs().mul(2.0f);
    FloatVector clamped = twice.blend(TANH_MAX, twice.compare(GT, TANH_MAX));
    FloatVector small = series(clamped);
    FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
    FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    FloatVector m = high.add(small);
    FloatVector power = shifted.viewAsIntegralLanes().sub(127).lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector less = power.sub(1.0f);
    FloatVector q = power.fma(m, less);
    FloatVector divisor = q.add(2.0f);
    FloatVector delta = power.fma(high.sub(m).add(small), power.fma(m, less.sub(q)));
    FloatVector epsilon = q.sub(divisor.sub(2.0f)).add(delta);
    FloatVector inverse = FloatVector.broadcast(SPECIES, 1.0f).div(divisor);
    FloatVector y = q.mul(inverse);
    FloatVector minus = y.neg();
    FloatVector result = minus.fma(divisor, q).add(minus.fma(epsilon, delta)).fma(inverse, y);
    IntVector sign = x.viewAsIntegralLanes().and(Integer.MIN_VALUE);
    return result.viewAsIntegralLanes().or(sign).viewAsFloatingLanes();
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector v = sigmoidPart(x);
    FloatVector a = x.abs();
    IntVector bits = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN)).fma(LOG2_E, SHIFT).viewAsIntegralLanes();
    IntVector half = bits.lanewise(LSHR, 1);
    FloatVector lowHalf = half.lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector highHalf = bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector tail = highHalf.blend(0.0f, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf).mul(tail), x.compare(LT, 0.0f));
  }

  static FloatVector silu(FloatVector x) {
    FloatVector v = x.mul(sigmoidPart(x));
    FloatVector a = x.abs();
    IntVector bits = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN)).fma(LOG2_E, SHIFT).viewAsIntegralLanes();
    IntVector half = bits.lanewise(LSHR, 1);
    FloatVector lowHalf = half.lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector highHalf = bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector tail = highHalf.blend(0.0f, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf).mul(tail), x.compare(LT, 0.0f));
  }

  static FloatVector tailScaled(FloatVector x, FloatVector v) {
    FloatVector a = x.abs();
    IntVector bits = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN)).fma(LOG2_E, SHIFT).viewAsIntegralLanes();
    IntVector half = bits.lanewise(LSHR, 1);
    FloatVector lowHalf = half.lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector highHalf = bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector tail = highHalf.blend(0.0f, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf).mul(tail), x.compare(LT, 0.0f));
  }

  static FloatVector sigmoidPart(FloatVector x) {
    FloatVector a = x.abs();
    FloatVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
    FloatVector small = series(clamped);
    FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
    FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
    FloatVector one = FloatVector.broadcast(SPECIES, 1.0f);
    FloatVector sum = high.add(1.0f);
    FloatVector rest = one.sub(sum).add(high).add(small);
    IntVector bits = shifted.viewAsIntegralLanes();
    IntVector half = bits.lanewise(LSHR, 1);
    FloatVector lowHalf = half.lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector highHalf = bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes();
    FloatVector power = lowHalf.mul(highHalf);
    FloatVector e = power.fma(rest, power.mul(sum));
    FloatVector divisor = e.add(1.0f);
    FloatVector v = one.div(divisor);
    FloatVector minus = v.neg();
    FloatVector excess = minus.fma(e.sub(divisor.sub(1.0f)), minus.fma(divisor, one));
    VectorMask<Float> negative = x.compare(LT, 0.0f);
    FloatVector numerator = one.blend(sum, negative);
    FloatVector y = numerator.mul(v);
    FloatVector lost = FloatVector.zero(SPECIES).blend(rest, negative).fma(v, numerator.fma(v, y.neg()));
    return y.add(y.fma(excess, lost));
  }

  static FloatVector softplus(FloatVector x) {
    return softplus(x, decay(x));
  }

  static FloatVector softplus(FloatVector x, FloatVector decay) {
    VectorMask<Float> large = decay.compare(GT, SQRT2_LESS_1);
    FloatVector f = decay.blend(decay.fma(0.5f, -0.5f), large);
    FloatVector k = FloatVector.zero(SPECIES).blend(1.0f, large);
    FloatVector s = f.div(f.add(2.0f));
    FloatVector z = s.mul(s);
    FloatVector series = z.mul(z.fma(L3, L2).lanewise(FMA, z, L1));
    FloatVector square = f.mul(0.5f).mul(f);
    FloatVector small = square.sub(s.fma(square.add(series), k.mul(LN2_LOW)));
    FloatVector logarithm = k.lanewise(FMA, LN2_HIGH, f.sub(small));
    return FloatVector.zero(SPECIES).blend(x, x.compare(GT, 0.0f)).add(logarithm);
  }

  static FloatVector series(FloatVector x) {
    FloatVector n = x.fma(LOG2_E, SHIFT).sub(SHIFT);
    FloatVector high = n.lanewise(FMA, -LN2_HIGH, x);
    FloatVector low = n.mul(-LN2_LOW);
    FloatVector r = high.add(low);
    FloatVector z = r.mul(r);
    FloatVector even = z.fma(E6, E4).lanewise(FMA, z, E2);
    FloatVector odd = z.fma(E5, E3);
    return odd.fma(r, even).fma(z, low);
  }
}
