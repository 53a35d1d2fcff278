package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.*;
import static dev.lanewise.kernel.FloatLogistic.*;
import static dev.lanewise.kernel.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatLogistic] over arrays: the same steps in the same order, so the same bits. Spelled out for the reason that [FloatVectorMath]
/// gives.
final class FloatVectorLogistic {

  private FloatVectorLogistic() {}

  static void sigmoid(int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = FloatInterleavedLogistic.sigmoid(n, z, zo, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
      FloatVector argument = TYPE.cast(x.viewAsIntegralLanes().or(Integer.MIN_VALUE).viewAsFloatingLanes());
      FloatVector shifted = argument.fma(LOG2_E, SHIFT_LIFTED);
      FloatVector turns = shifted.sub(SHIFT_LIFTED);
      FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, argument));
      FloatVector inner = r.fma(E6, E5).lanewise(FMA, r, E4).lanewise(FMA, r, E3).lanewise(FMA, r, E2).lanewise(FMA, r, 1.0f);
      FloatVector e = inner.lanewise(FMA, r, 1.0f);
      FloatVector power = TYPE.cast(shifted.viewAsIntegralLanes().lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector decay = e.mul(power);
      FloatVector lost = inner.fma(r, one.sub(e)).mul(power);
      FloatVector divisor = decay.fma(LOWERED, 1.0f);
      FloatVector excess = decay.lanewise(FMA, LOWERED, one.sub(divisor));
      FloatVector inverse = one.div(divisor);
      FloatVector bare = decay.mul(inverse);
      FloatVector minus = bare.neg();
      FloatVector remainder = minus.fma(divisor, decay).add(minus.fma(excess, lost));
      FloatVector least = remainder.fma(inverse, bare).mul(LOWERED).blend(0.0f, argument.compare(LT, EXP_MIN));
      one.sub(least).blend(least, x.compare(LT, 0.0f)).intoArray(y, yo + at, lanes);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  static void silu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    for (int i = FloatInterleavedLogistic.silu(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
      FloatVector argument = x.neg();
      FloatVector shifted = argument.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, argument));
      FloatVector series = r.fma(E6, E5).lanewise(FMA, r, E4).lanewise(FMA, r, E3).lanewise(FMA, r, E2);
      FloatVector e = series.lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector power = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector back = TYPE.cast(half.sub(bits).lanewise(LSHL, 23).add(BACK_BITS).viewAsFloatingLanes());
      FloatVector divisor = e.fma(power, back);
      FloatVector excess = e.fma(power, divisor.neg()).add(back);
      FloatVector inverse = one.div(divisor);
      FloatVector bare = x.mul(inverse);
      FloatVector surplus = bare.fma(excess, bare.fma(divisor, argument));
      VectorMask<Float> far = x.compare(GT, FAR);
      VectorMask<Float> ended = x.compare(LT, -END);
      FloatVector nothing = x.mul(0.0f);
      FloatVector silu = surplus.neg().fma(inverse, bare).mul(back).blend(nothing, ended);
      silu.blend(x, far).intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector most = e.mul(power).mul(inverse);
        FloatVector steep = inverse.mul(x.fma(most, one)).mul(back).blend(nothing, ended);
        steep.blend(nothing.add(1.0f), far).intoArray(slope, so + at, lanes);
      }
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  static void softplus(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    for (int i = FloatInterleavedLogistic.softplus(n, z, zo, y, yo, slope, so); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
      FloatVector zero = TYPE.cast(FloatVector.zero(SPECIES));
      FloatVector argument = TYPE.cast(x.viewAsIntegralLanes().or(Integer.MIN_VALUE).viewAsFloatingLanes());
      FloatVector shifted = argument.fma(LOG2_E, SHIFT_LIFTED);
      FloatVector turns = shifted.sub(SHIFT_LIFTED);
      FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, argument));
      FloatVector inner = r.fma(E6, E5).lanewise(FMA, r, E4).lanewise(FMA, r, E3).lanewise(FMA, r, E2).lanewise(FMA, r, 1.0f);
      FloatVector e = inner.lanewise(FMA, r, 1.0f);
      FloatVector power = TYPE.cast(shifted.viewAsIntegralLanes().lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector decay = e.mul(power);
      FloatVector small = decay.mul(LOWERED);
      FloatVector top = small.fma(H9, H8).lanewise(FMA, small, H7).lanewise(FMA, small, H6).lanewise(FMA, small, H5);
      FloatVector series = top.lanewise(FMA, small, H4).lanewise(FMA, small, H3).lanewise(FMA, small, H2).lanewise(FMA, small, H1);
      VectorMask<Float> ended = argument.compare(LT, EXP_MIN);
      FloatVector logarithm = series.mul(small).fma(decay, decay).mul(LOWERED).blend(0.0f, ended);
      zero.blend(x, x.compare(GT, 0.0f)).add(logarithm).intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector least = small.blend(0.0f, ended);
        one.blend(least, x.compare(LT, 0.0f)).div(least.add(1.0f)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
