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
/// Formulas, accuracy and the coefficients' source stand there. C2 boxes a vector that crosses a call which it does not
/// inline: so no method here is longer than 325 bytecodes, and each calls few others, early.
final class FloatVectorMath {

  private FloatVectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector clamped = x.blend(EXP_MAX, x.compare(GT, EXP_MAX)).blend(EXP_MIN, x.compare(LT, EXP_MIN));
    FloatVector shifted = shifted(clamped);
    return scale(power(reduced(clamped, shifted), shifted), shifted);
  }

  static FloatVector decay(FloatVector x) {
    FloatVector clamped = decayArgument(x);
    FloatVector shifted = shifted(clamped);
    return scale(power(reduced(clamped, shifted), shifted), shifted);
  }

  static FloatVector elu(FloatVector x) {
    FloatVector clamped = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN)).blend(0.0f, x.compare(GT, 0.0f));
    FloatVector shifted = shifted(clamped);
    FloatVector high = reduced(clamped, shifted);
    FloatVector m = high.add(series(high, shifted));
    FloatVector power = twoToThe(shifted);
    return power.fma(m, power.sub(1.0f)).blend(x, x.compare(GE, 0.0f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector twice = x.abs().mul(2.0f);
    FloatVector clamped = twice.blend(TANH_MAX, twice.compare(GT, TANH_MAX));
    FloatVector shifted = shifted(clamped);
    FloatVector high = reduced(clamped, shifted);
    FloatVector small = series(high, shifted);
    FloatVector m = high.add(small);
    FloatVector power = twoToThe(shifted);
    FloatVector less = power.sub(1.0f);
    FloatVector q = power.fma(m, less);
    FloatVector divisor = q.add(2.0f);
    FloatVector delta = power.fma(high.sub(m).add(small), power.fma(m, less.sub(q)));
    FloatVector epsilon = q.sub(divisor.sub(2.0f)).add(delta);
    FloatVector inverse = one().div(divisor);
    FloatVector y = q.mul(inverse);
    FloatVector remainder = y.neg().fma(divisor, q).add(y.neg().fma(epsilon, delta));
    return withSignOf(x, remainder.fma(inverse, y));
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector shifted = shifted(decayArgument(x));
    return tailScaled(x, sigmoidPart(x, shifted), shifted);
  }

  static FloatVector silu(FloatVector x) {
    FloatVector shifted = shifted(decayArgument(x));
    return tailScaled(x, x.mul(sigmoidPart(x, shifted)), shifted);
  }

  static FloatVector sigmoidPart(FloatVector x, FloatVector shifted) {
    FloatVector high = reduced(decayArgument(x), shifted);
    FloatVector sum = high.add(1.0f);
    FloatVector rest = one().sub(sum).add(high).add(series(high, shifted));
    FloatVector power = lowHalf(shifted).mul(highHalf(shifted));
    FloatVector e = power.fma(rest, power.mul(sum));
    FloatVector divisor = e.add(1.0f);
    FloatVector v = one().div(divisor);
    FloatVector minus = v.neg();
    FloatVector excess = minus.fma(e.sub(divisor.sub(1.0f)), minus.fma(divisor, one()));
    VectorMask<Float> negative = x.compare(LT, 0.0f);
    FloatVector numerator = one().blend(sum, negative);
    FloatVector y = numerator.mul(v);
    FloatVector lost = FloatVector.zero(SPECIES).blend(rest, negative).fma(v, numerator.fma(v, y.neg()));
    return y.add(y.fma(excess, lost));
  }

  static FloatVector tailScaled(FloatVector x, FloatVector v, FloatVector shifted) {
    FloatVector tail = highHalf(shifted).blend(0.0f, x.compare(LT, EXP_MIN));
    return v.blend(v.mul(lowHalf(shifted)).mul(tail), x.compare(LT, 0.0f));
  }

  static FloatVector softplus(FloatVector x) {
    return softplus(x, decay(x));
  }

  static FloatVector softplus(FloatVector x, FloatVector decay) {
    VectorMask<Float> large = decay.compare(GT, SQRT2_LESS_1);
    FloatVector f = decay.blend(decay.fma(0.5f, -0.5f), large);
    FloatVector s = f.div(f.add(2.0f));
    FloatVector k = FloatVector.zero(SPECIES).blend(1.0f, large);
    FloatVector logarithm = logarithm(f, s, k, k.mul(LN2_LOW));
    return FloatVector.zero(SPECIES).blend(x, x.compare(GT, 0.0f)).add(logarithm);
  }

  static FloatVector softplusSlope(FloatVector x, FloatVector decay) {
    FloatVector v = one().div(decay.add(1.0f));
    return v.blend(decay.mul(v), x.compare(LT, 0.0f));
  }

  private static FloatVector logarithm(FloatVector f, FloatVector s, FloatVector k, FloatVector low) {
    FloatVector z = s.mul(s);
    FloatVector series = z.mul(z.fma(L3, L2).lanewise(FMA, z, L1));
    FloatVector square = f.mul(0.5f).mul(f);
    FloatVector small = square.sub(s.fma(square.add(series), low));
    return k.lanewise(FMA, LN2_HIGH, f.sub(small));
  }

  static FloatVector shifted(FloatVector x) {
    return x.fma(LOG2_E, SHIFT);
  }

  static FloatVector reduced(FloatVector x, FloatVector shifted) {
    return shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, x);
  }

  static FloatVector series(FloatVector high, FloatVector shifted) {
    return seriesFrom(high, shifted.sub(SHIFT).mul(-LN2_LOW));
  }

  static FloatVector seriesFrom(FloatVector high, FloatVector low) {
    FloatVector r = high.add(low);
    FloatVector z = r.mul(r);
    FloatVector even = z.fma(E6, E4).lanewise(FMA, z, E2);
    FloatVector odd = z.fma(E5, E3);
    return odd.fma(r, even).fma(z, low);
  }

  private static FloatVector power(FloatVector high, FloatVector shifted) {
    FloatVector sum = high.add(1.0f);
    return sum.add(one().sub(sum).add(high).add(series(high, shifted)));
  }

  static FloatVector decayArgument(FloatVector x) {
    FloatVector a = x.abs();
    return a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
  }

  static FloatVector scale(FloatVector v, FloatVector shifted) {
    return v.mul(lowHalf(shifted)).mul(highHalf(shifted));
  }

  static FloatVector lowHalf(FloatVector shifted) {
    return shifted.viewAsIntegralLanes().lanewise(LSHR, 1).lanewise(LSHL, 23).viewAsFloatingLanes();
  }

  static FloatVector highHalf(FloatVector shifted) {
    IntVector bits = shifted.viewAsIntegralLanes();
    return bits.sub(bits.lanewise(LSHR, 1)).lanewise(LSHL, 23).viewAsFloatingLanes();
  }

  static FloatVector twoToThe(FloatVector shifted) {
    return shifted.viewAsIntegralLanes().sub(127).lanewise(LSHL, 23).viewAsFloatingLanes();
  }

  private static FloatVector withSignOf(FloatVector x, FloatVector y) {
    IntVector sign = x.viewAsIntegralLanes().and(Integer.MIN_VALUE);
    return y.viewAsIntegralLanes().or(sign).viewAsFloatingLanes();
  }

  private static FloatVector one() {
    return FloatVector.broadcast(SPECIES, 1.0f);
  }
}
