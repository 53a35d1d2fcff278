package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;
import static dev.lanewise.kernel.FloatLanes.SPECIES;
import static dev.lanewise.kernel.FloatLanes.TYPE;
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

/// [FloatMath] over arrays: on every lane the same steps in the same order, so the same bits, whatever the width.
///
/// Formulas, accuracy and the coefficients' source stand there. Why each function is one loop that spells nearly everything
/// out: a vector that crosses a call which C2 does not inline is boxed, and C2 inlines no method of ours into one that has
/// already taken in 8,000 bytecodes, some 17 operations of the Vector API (`DesiredMethodLimit`), nor one that it has compiled
/// on its own into more than 2,500 bytes (`InlineSmallCode`). So a loop calls [#series], and that first; what both compute,
/// like the rounded exponent, C2 merges. Turns depend on nothing of each other: the processor keeps several in flight by
/// itself. The mask is full but in the last turn, and what it switches off is computed like the rest.
final class FloatVectorMath {

  private FloatVectorMath() {}

  /// Σ exp(z − less) in a fixed order, with the terms in y where they are kept.
  static float expLess(int n, int last, float[] z, int zo, float less, boolean keep, float[] y, int yo) {
    VectorMask<Float> kept = SPECIES.maskAll(keep);
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    FloatVector total = TYPE.cast(FloatVector.zero(SPECIES));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at)).sub(less);
      FloatVector clamped = x.blend(EXP_MAX, x.compare(GT, EXP_MAX)).blend(EXP_MIN, x.compare(LT, EXP_MIN));
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector sum = high.add(1.0f);
      FloatVector rest = one.sub(sum).add(high).add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector exp = sum.add(rest).mul(lowHalf).mul(highHalf);
      exp.intoArray(y, yo + at, lanes.and(kept));
      total = TYPE.cast(FloatVector.zero(SPECIES)).blend(exp, lanes).add(total);
    }
    // Spelled out: a vector that is passed to a method is boxed where C2 does not inline it, as it does after a loop of many turns.
    total = TYPE.cast(total);
    if (LENGTH > 8) {
      total = total.add(total.rearrange(FloatLanes.BY_8));
    }
    if (LENGTH > 4) {
      total = total.add(total.rearrange(FloatLanes.BY_4));
    }
    if (LENGTH > 2) {
      total = total.add(total.rearrange(FloatLanes.BY_2));
    }
    return total.add(total.rearrange(FloatLanes.BY_1)).lane(0);
  }

  static void elu(int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector clamped = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN)).blend(0.0f, x.compare(GT, 0.0f));
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector m = high.add(small);
      FloatVector power = TYPE.cast(shifted.viewAsIntegralLanes().sub(127).lanewise(LSHL, 23).viewAsFloatingLanes());
      power.fma(m, power.sub(1.0f)).blend(x, x.compare(GE, 0.0f)).intoArray(y, yo + at, lanes);
    }
  }

  static void tanh(int n, int last, float[] z, int zo, float[] y, int yo) {
    FloatVectorTanh.tanh(n, last, z, zo, y, yo);
  }

  static void sigmoid(int n, int last, float[] z, int zo, float[] y, int yo) {
    sigmoid(false, n, last, z, zo, y, yo, null, 0);
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    sigmoid(true, n, last, z, zo, y, yo, slope, so);
  }

  /// y = σ(z), or z·σ(z) where `gated`: see sigmoidPart and tailScale.
  private static void sigmoid(
      boolean gated, int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    VectorMask<Float> gate = SPECIES.maskAll(gated);
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      FloatVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector sum = high.add(1.0f);
      FloatVector rest = one.sub(sum).add(high).add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector power = lowHalf.mul(highHalf);
      FloatVector e = power.fma(rest, power.mul(sum));
      FloatVector divisor = e.add(1.0f);
      FloatVector v = one.div(divisor);
      FloatVector minus = v.neg();
      FloatVector excess = minus.fma(e.sub(divisor.sub(1.0f)), minus.fma(divisor, one));
      VectorMask<Float> negative = x.compare(LT, 0.0f);
      FloatVector numerator = one.blend(sum, negative);
      FloatVector quotient = numerator.mul(v);
      FloatVector lost = rest.blend(0.0f, negative.not()).fma(v, numerator.fma(v, quotient.neg()));
      FloatVector part = quotient.add(quotient.fma(excess, lost)).mul(one.blend(lowHalf, negative));
      FloatVector tail = one.blend(highHalf.blend(0.0f, x.compare(LT, EXP_MIN)), negative);
      FloatVector result = one.blend(x, gate).mul(part).mul(tail);
      result.intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector sigmoid = part.mul(tail);
        result.fma(one.sub(sigmoid), sigmoid).intoArray(slope, so + at, lanes);
      }
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  static void softplus(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    FloatVector zero = TYPE.cast(FloatVector.zero(SPECIES));
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      FloatVector clamped = a.neg().blend(EXP_MIN, a.compare(GT, -EXP_MIN));
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector sum = high.add(1.0f);
      FloatVector rest = one.sub(sum).add(high).add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector decay = sum.add(rest).mul(lowHalf).mul(highHalf);
      VectorMask<Float> large = decay.compare(GT, SQRT2_LESS_1);
      FloatVector f = decay.blend(decay.fma(0.5f, -0.5f), large);
      FloatVector k = zero.blend(1.0f, large);
      FloatVector s = f.div(f.add(2.0f));
      FloatVector t = s.mul(s);
      FloatVector series = t.mul(t.fma(L3, L2).lanewise(FMA, t, L1));
      FloatVector square = f.mul(0.5f).mul(f);
      FloatVector less = square.sub(s.fma(square.add(series), k.mul(LN2_LOW)));
      FloatVector logarithm = k.lanewise(FMA, LN2_HIGH, f.sub(less));
      zero.blend(x, x.compare(GT, 0.0f)).add(logarithm).intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector v = one.div(decay.add(1.0f));
        v.blend(decay.mul(v), x.compare(LT, 0.0f)).intoArray(slope, so + at, lanes);
      }
    }
  }

  private static FloatVector series(FloatVector x) {
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
