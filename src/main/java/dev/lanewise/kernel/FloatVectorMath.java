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
/// like the rounded exponent, C2 merges.
///
/// Twins that are derived from these loops work on two vectors at a time (`src/build/Interleave.java`); what they leave over is
/// done here. The mask is full but in the last turn, and what it switches off is computed like the rest.
final class FloatVectorMath {

  private FloatVectorMath() {}

  /// y = exp(z − less).
  static void exp(int n, int last, float[] z, int zo, float less, float[] y, int yo) {
    for (int i = FloatInterleavedMath.exp(n, z, zo, less, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector argument = x.sub(less);
      FloatVector bounded = argument.blend(EXP_MAX, argument.compare(GT, EXP_MAX));
      FloatVector clamped = bounded.blend(EXP_MIN, argument.compare(LT, EXP_MIN));
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector m = high.add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      m.add(1.0f).mul(lowHalf).mul(highHalf).intoArray(y, yo + at, lanes);
    }
  }

  /// Σ exp(z − less) in a fixed order, for z − less not above 0.
  static float expSum(int n, int last, float[] z, int zo, float less) {
    FloatVector zero = TYPE.cast(FloatVector.zero(SPECIES));
    FloatVector total = zero;
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector argument = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at)).sub(less);
      FloatVector clamped = argument.blend(EXP_MIN, argument.compare(LT, EXP_MIN));
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector m = high.add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector exp = m.add(1.0f).mul(lowHalf).mul(highHalf);
      total = zero.blend(exp, lanes).add(total);
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
    for (int i = FloatInterleavedMath.elu(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector bounded = x.blend(EXPM1_MIN, x.compare(LT, EXPM1_MIN));
      FloatVector clamped = bounded.blend(0.0f, x.compare(GT, 0.0f));
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
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    for (int i = FloatInterleavedMath.sigmoid(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      VectorMask<Float> held = a.compare(GT, -EXP_MIN);
      FloatVector clamped = a.neg().blend(EXP_MIN, held);
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector m = high.add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector power = lowHalf.mul(highHalf);
      FloatVector divisor = power.fma(m, power.add(1.0f));
      FloatVector v = one.div(divisor);
      FloatVector minus = v.neg();
      FloatVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0f))), minus.fma(divisor, one));
      FloatVector lost = v.mul(excess);
      FloatVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      FloatVector tail = highHalf.blend(0.0f, held);
      VectorMask<Float> negative = x.compare(LT, 0.0f);
      FloatVector least = part.mul(lowHalf).mul(tail);
      one.sub(least).blend(least, negative).intoArray(y, yo + at, lanes);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    for (int i = FloatInterleavedMath.silu(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      VectorMask<Float> held = a.compare(GT, -EXP_MIN);
      FloatVector clamped = a.neg().blend(EXP_MIN, held);
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector m = high.add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector power = lowHalf.mul(highHalf);
      FloatVector divisor = power.fma(m, power.add(1.0f));
      FloatVector v = one.div(divisor);
      FloatVector minus = v.neg();
      FloatVector excess = minus.fma(power.fma(m, power.sub(divisor.sub(1.0f))), minus.fma(divisor, one));
      FloatVector lost = v.mul(excess);
      FloatVector part = v.add(high.fma(v, small.fma(v, m.fma(lost, lost))));
      FloatVector tail = highHalf.blend(0.0f, held);
      VectorMask<Float> negative = x.compare(LT, 0.0f);
      FloatVector scaled = one.blend(x, negative).mul(lowHalf).mul(part).mul(tail);
      FloatVector silu = clamped.fma(scaled, x).blend(scaled, negative);
      silu.intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector least = part.mul(lowHalf).mul(tail);
        FloatVector most = one.sub(least);
        silu.fma(least.blend(most, negative), most.blend(least, negative)).intoArray(slope, so + at, lanes);
      }
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  static void softplus(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
    FloatVector zero = TYPE.cast(FloatVector.zero(SPECIES));
    for (int i = FloatInterleavedMath.softplus(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector a = x.abs();
      VectorMask<Float> held = a.compare(GT, -EXP_MIN);
      FloatVector clamped = a.neg().blend(EXP_MIN, held);
      FloatVector small = series(clamped);
      FloatVector shifted = clamped.fma(LOG2_E, SHIFT);
      FloatVector high = shifted.sub(SHIFT).lanewise(FMA, -LN2_HIGH, clamped);
      FloatVector m = high.add(small);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector lowHalf = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector highHalf = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector decay = m.add(1.0f).mul(lowHalf).mul(highHalf);
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
    FloatVector turns = x.fma(LOG2_E, SHIFT).sub(SHIFT);
    FloatVector high = turns.lanewise(FMA, -LN2_HIGH, x);
    FloatVector low = turns.mul(-LN2_LOW);
    FloatVector r = high.add(low);
    FloatVector square = r.mul(r);
    FloatVector even = square.fma(E6, E4).lanewise(FMA, square, E2);
    FloatVector odd = square.fma(E5, E3);
    return odd.fma(r, even).fma(square, low);
  }
}
