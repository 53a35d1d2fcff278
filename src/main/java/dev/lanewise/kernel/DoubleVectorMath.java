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
/// like the rounded exponent, C2 merges. Turns depend on nothing of each other: the processor keeps several in flight by
/// itself. The mask is full but in the last turn, and what it switches off is computed like the rest.
final class DoubleVectorMath {

  private DoubleVectorMath() {}

  /// Σ exp(z − less) in a fixed order, with the terms in y where they are kept.
  static double expLess(int n, int last, double[] z, int zo, double less, boolean keep, double[] y, int yo) {
    VectorMask<Double> kept = SPECIES.maskAll(keep);
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    DoubleVector total = TYPE.cast(DoubleVector.zero(SPECIES));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).sub(less);
      DoubleVector clamped = x.blend(EXP_MAX, x.compare(GT, EXP_MAX)).blend(EXP_MIN, x.compare(LT, EXP_MIN));
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector sum = high.add(1.0);
      DoubleVector rest = one.sub(sum).add(high).add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector exp = sum.add(rest).mul(lowHalf).mul(highHalf);
      exp.intoArray(y, yo + at, lanes.and(kept));
      total = TYPE.cast(DoubleVector.zero(SPECIES)).blend(exp, lanes).add(total);
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
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector clamped = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN)).blend(0.0, x.compare(GT, 0.0));
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
    for (int i = 0; i < n; i += LENGTH) {
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
    sigmoid(false, n, last, z, zo, y, yo, null, 0);
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    sigmoid(true, n, last, z, zo, y, yo, slope, so);
  }

  /// y = σ(z), or z·σ(z) where `gated`: see sigmoidPart and tailScale.
  private static void sigmoid(
      boolean gated, int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    VectorMask<Double> gate = SPECIES.maskAll(gated);
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      DoubleVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector sum = high.add(1.0);
      DoubleVector rest = one.sub(sum).add(high).add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector power = lowHalf.mul(highHalf);
      DoubleVector e = power.fma(rest, power.mul(sum));
      DoubleVector divisor = e.add(1.0);
      DoubleVector v = one.div(divisor);
      DoubleVector minus = v.neg();
      DoubleVector excess = minus.fma(e.sub(divisor.sub(1.0)), minus.fma(divisor, one));
      VectorMask<Double> negative = x.compare(LT, 0.0);
      DoubleVector numerator = one.blend(sum, negative);
      DoubleVector quotient = numerator.mul(v);
      DoubleVector lost = rest.blend(0.0, negative.not()).fma(v, numerator.fma(v, quotient.neg()));
      DoubleVector part = quotient.add(quotient.fma(excess, lost)).mul(one.blend(lowHalf, negative));
      DoubleVector tail = one.blend(highHalf.blend(0.0, x.compare(LT, EXP_MIN)), negative);
      DoubleVector result = one.blend(x, gate).mul(part).mul(tail);
      result.intoArray(y, yo + at, lanes);
      if (slope != null) {
        DoubleVector sigmoid = part.mul(tail);
        result.fma(one.sub(sigmoid), sigmoid).intoArray(slope, so + at, lanes);
      }
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  static void softplus(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
    DoubleVector zero = TYPE.cast(DoubleVector.zero(SPECIES));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector a = x.abs();
      DoubleVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
      DoubleVector small = series(clamped);
      DoubleVector shifted = clamped.fma(LOG2_E, SHIFT);
      DoubleVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      DoubleVector sum = high.add(1.0);
      DoubleVector rest = one.sub(sum).add(high).add(small);
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector lowHalf = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector decay = sum.add(rest).mul(lowHalf).mul(highHalf);
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
