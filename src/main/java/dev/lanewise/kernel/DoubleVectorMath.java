package dev.lanewise.kernel;

import static dev.lanewise.kernel.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.DoubleLanes.TYPE;
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

/// [DoubleMath] over arrays: on every lane the same steps in the same order, so the same bits, whatever the width.
///
/// Formulas, accuracy and the coefficients' source stand there. Why each function is one loop that spells nearly everything
/// out: a vector that crosses a call which C2 does not inline is boxed, and C2 inlines no method of ours into one that has
/// already taken in 8,000 bytecodes, some 17 operations of the Vector API (`DesiredMethodLimit`), nor one that it has compiled
/// on its own into more than 2,500 bytes (`InlineSmallCode`). So a loop calls [#series], and that first; what both compute,
/// like the rounded exponent, C2 merges.
///
/// Twins that are derived from these loops work on two vectors at a time (`src/build/Interleave.java`); what they leave over is
/// done here. The mask is full but in the last turn, and what it switches off is computed like the rest.
final class DoubleVectorMath {

  private DoubleVectorMath() {}

  /// y = exp(z − less).
  static void exp(int n, int last, double[] z, int zo, double less, double[] y, int yo) {
    for (int i = DoubleInterleavedMath.exp(n, z, zo, less, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector argument = x.sub(less);
      DoubleVector bounded = argument.blend(EXP_MAX, argument.compare(GT, EXP_MAX));
      DoubleVector clamped = bounded.blend(EXP_MIN, argument.compare(LT, EXP_MIN));
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector m = high.add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      m.add(1.0).mul(lowHalf).mul(highHalf).intoArray(y, yo + at, lanes);
    }
  }

  /// Σ exp(z − less) in a fixed order, for z − less not above 0.
  static double expSum(int n, int last, double[] z, int zo, double less) {
    DoubleVector zero = TYPE.cast(DoubleVector.zero(SPECIES));
    DoubleVector total = zero;
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector argument = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).sub(less);
      DoubleVector clamped = argument.blend(EXP_MIN, argument.compare(LT, EXP_MIN));
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector m = high.add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector exp = m.add(1.0).mul(lowHalf).mul(highHalf);
      total = zero.blend(exp, lanes).add(total);
    }
    // Spelled out: a vector that is passed to a method is boxed where C2 does not inline it, as it does after a loop of many turns.
    total = TYPE.cast(total);
    if (LENGTH > 4) {
      total = total.add(total.rearrange(DoubleLanes.BY_4));
    }
    if (LENGTH > 2) {
      total = total.add(total.rearrange(DoubleLanes.BY_2));
    }
    return total.add(total.rearrange(DoubleLanes.BY_1)).lane(0);
  }

  static void elu(int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = DoubleInterleavedMath.elu(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector bounded = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN));
      DoubleVector clamped = bounded.blend(0.0, x.compare(GT, 0.0));
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector m = high.add(small);
      DoubleVector power = TYPE.cast(shifted.viewAsIntegralLanes().sub(1023L).lanewise(LSHL, 52).viewAsFloatingLanes());
      power.fma(m, power.sub(1.0)).blend(x, x.compare(GE, 0.0)).intoArray(y, yo + at, lanes);
    }
  }

  static void tanh(int n, int last, double[] z, int zo, double[] y, int yo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = DoubleInterleavedMath.tanh(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector twice = x.abs().mul(2.0);
      DoubleVector clamped = twice.blend(TANH_MAX, twice.compare(GT, TANH_MAX));
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector m = high.add(small);
      DoubleVector power = TYPE.cast(shifted.viewAsIntegralLanes().sub(1023L).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector less = power.sub(1.0);
      DoubleVector q = power.fma(m, less);
      DoubleVector divisor = q.add(2.0);
      DoubleVector delta = power.fma(high.sub(m).add(small), power.fma(m, less.sub(q)));
      DoubleVector epsilon = q.sub(divisor.sub(2.0)).add(delta);
      DoubleVector inverse = one.div(divisor);
      DoubleVector quotient = q.mul(inverse);
      DoubleVector minus = quotient.neg();
      DoubleVector remainder = minus.fma(divisor, q).add(minus.fma(epsilon, delta));
      DoubleVector result = remainder.fma(inverse, quotient);
      LongVector sign = x.viewAsIntegralLanes().and(Long.MIN_VALUE);
      TYPE.cast(result.viewAsIntegralLanes().or(sign).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }

  static void sigmoid(int n, int last, double[] z, int zo, double[] y, int yo) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = DoubleInterleavedMath.sigmoid(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      VectorMask<Double> held = a.compare(GT, -EXP_MIN);
      DoubleVector clamped = a.neg().blend(EXP_MIN, held);
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector m = high.add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector power = lowHalf.mul(highHalf);
      DoubleVector divisor = power.fma(m, power.add(1.0));
      DoubleVector v = one.div(divisor);
      DoubleVector minus = v.neg();
      DoubleVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0))), minus.fma(divisor, one));
      DoubleVector lost = v.mul(excess);
      DoubleVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      DoubleVector tail = highHalf.blend(0.0, held);
      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector least = part.mul(lowHalf).mul(tail);
      one.sub(least).blend(least, negative).intoArray(y, yo + at, lanes);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    for (int i = DoubleInterleavedMath.silu(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      VectorMask<Double> held = a.compare(GT, -EXP_MIN);
      DoubleVector clamped = a.neg().blend(EXP_MIN, held);
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector m = high.add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector power = lowHalf.mul(highHalf);
      DoubleVector divisor = power.fma(m, power.add(1.0));
      DoubleVector v = one.div(divisor);
      DoubleVector minus = v.neg();
      DoubleVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0))), minus.fma(divisor, one));
      DoubleVector lost = v.mul(excess);
      DoubleVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      DoubleVector tail = highHalf.blend(0.0, held);
      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector scaled = one.blend(x, negative).mul(lowHalf).mul(part).mul(tail);
      DoubleVector silu = clamped.fma(scaled, x).blend(scaled, negative);
      silu.intoArray(y, yo + at, lanes);
      if (slope != null) {
        DoubleVector least = part.mul(lowHalf).mul(tail);
        DoubleVector most = one.sub(least);
        silu.fma(least.blend(most, negative), most.blend(least, negative)).intoArray(slope, so + at, lanes);
      }
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  static void softplus(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    DoubleVector zero = TYPE.cast(DoubleVector.zero(SPECIES));
    for (int i = DoubleInterleavedMath.softplus(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      VectorMask<Double> held = a.compare(GT, -EXP_MIN);
      DoubleVector clamped = a.neg().blend(EXP_MIN, held);
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector m = high.add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector decay = m.add(1.0).mul(lowHalf).mul(highHalf);
      VectorMask<Double> large = decay.compare(GT, SQRT2_LESS_1);
      DoubleVector f = decay.blend(decay.fma(0.5, -0.5), large);
      DoubleVector k = zero.blend(1.0, large);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector t = s.mul(s);
      DoubleVector w = t.mul(t);
      DoubleVector odd = w.fma(L7, L5).lanewise(FMA, w, L3).lanewise(FMA, w, L1);
      DoubleVector even = w.fma(L6, L4).lanewise(FMA, w, L2);
      DoubleVector series = t.mul(even.fma(t, odd));
      DoubleVector square = f.mul(0.5).mul(f);
      DoubleVector less = square.sub(s.fma(square.add(series), k.mul(LN2_LOW)));
      DoubleVector logarithm = k.lanewise(FMA, LN2_HIGH, f.sub(less));
      zero.blend(x, x.compare(GT, 0.0)).add(logarithm).intoArray(y, yo + at, lanes);
      if (slope != null) {
        DoubleVector v = one.div(decay.add(1.0));
        v.blend(decay.mul(v), x.compare(LT, 0.0)).intoArray(slope, so + at, lanes);
      }
    }
  }

  private static DoubleVector series(DoubleVector x) {
    DoubleVector turns = x.fma(LOG2_E, SHIFT).sub(SHIFT);
    DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, x);
    DoubleVector low = turns.mul(-LN2_LOW);
    DoubleVector r = high.add(low);
    DoubleVector square = r.mul(r);
    DoubleVector even = square.fma(E10, E8).lanewise(FMA, square, E6).lanewise(FMA, square, E4).lanewise(FMA, square, E2);
    DoubleVector odd = square.fma(E11, E9).lanewise(FMA, square, E7).lanewise(FMA, square, E5).lanewise(FMA, square, E3);
    return odd.fma(r, even).fma(square, low);
  }
}
