package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.FloatLanes.*;
import static dev.lanewise.kernel.math.FloatLogistic.*;
import static dev.lanewise.kernel.math.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.FloatTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatLogistic] over arrays: the same steps in the same order, so the same bits. [FloatVectorMath] says why it is
/// spelled out.
public final class FloatVectorLogistic {

  private FloatVectorLogistic() {}

  public static void sigmoid(int n, int last, float[] z, int zo, float[] y, int yo) {
    sigmoidOfAny(FloatNearLogistic.sigmoid(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  static void sigmoidOfAny(int from, int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector half = TYPE.cast(FloatVector.broadcast(SPECIES, 0.5f));
      FloatVector shifted = x.fma(-LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector t = turns.lanewise(FMA, LN2_REST, turns.lanewise(FMA, LN2_SHORT, x));
      FloatVector square = t.mul(t);
      FloatVector series = square.lanewise(FMA, square.lanewise(FMA, -E6, t.fma(E5, -E4)), t.fma(E3, -E2));
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector halved = bits.lanewise(LSHR, 1);
      FloatVector power = TYPE.cast(halved.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector back = TYPE.cast(halved.sub(bits).lanewise(LSHL, 23).add(BACK_BITS).viewAsFloatingLanes());
      FloatVector minusOne = TYPE.cast(FloatVector.broadcast(SPECIES, -1.0f));
      FloatVector inverse = minusOne.div(power.fma(square.fma(series, t), back.neg().sub(power)));
      FloatVector share = inverse.mul(power);
      FloatVector excess = half.sub(inverse.mul(back)).add(half.sub(share));
      FloatVector lost = share.mul(square).fma(series, share.fma(t, excess));
      FloatVector sigmoid = inverse.fma(lost, inverse).mul(back).blend(0.0f, x.compare(LT, -END));
      sigmoid.blend(1.0f, x.compare(GT, FAR)).intoArray(y, yo + at, lanes);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  public static void silu(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    siluOfAny(FloatNearLogistic.silu(n, z, zo, y, yo, slope, so), n, last, z, zo, y, yo, slope, so);
  }

  static void siluOfAny(int from, int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector half = TYPE.cast(FloatVector.broadcast(SPECIES, 0.5f));
      FloatVector shifted = x.fma(-LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector t = turns.lanewise(FMA, LN2_REST, turns.lanewise(FMA, LN2_SHORT, x));
      FloatVector square = t.mul(t);
      FloatVector series = square.lanewise(FMA, square.lanewise(FMA, -E6, t.fma(E5, -E4)), t.fma(E3, -E2));
      FloatVector less = square.fma(series, t);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector halved = bits.lanewise(LSHR, 1);
      FloatVector power = TYPE.cast(halved.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector back = TYPE.cast(halved.sub(bits).lanewise(LSHL, 23).add(BACK_BITS).viewAsFloatingLanes());
      FloatVector minusOne = TYPE.cast(FloatVector.broadcast(SPECIES, -1.0f));
      FloatVector inverse = minusOne.div(power.fma(less, back.neg().sub(power)));
      FloatVector share = inverse.mul(power);
      FloatVector sigma = inverse.mul(back);
      FloatVector excess = half.sub(sigma).add(half.sub(share));
      FloatVector bare = x.mul(inverse);
      FloatVector silu = bare.fma(share.fma(less, excess), bare).mul(back).blend(x.mul(0.0f), x.compare(LT, -END));
      silu.blend(x, x.compare(GT, FAR)).intoArray(y, yo + at, lanes);
      if (slope != null) {
        // Compared again as in double.
        FloatVector nothing = x.mul(0.0f);
        FloatVector rest = share.sub(share.mul(less));
        FloatVector steep = silu.fma(rest, sigma).blend(nothing, x.compare(LT, -END))
            .blend(nothing.add(1.0f), x.compare(GT, FAR));
        steep.intoArray(slope, so + at, lanes);
      }
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  public static void softplus(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    softplusOfAny(FloatNearLogistic.softplus(n, z, zo, y, yo, slope, so), n, last, z, zo, y, yo, slope, so);
  }

  static void softplusOfAny(int from, int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
      FloatVector zero = TYPE.cast(FloatVector.zero(SPECIES));
      FloatVector argument = TYPE.cast(x.viewAsIntegralLanes().or(Integer.MIN_VALUE).viewAsFloatingLanes());
      FloatVector shifted = argument.fma(LOG2_E, SHIFT_LIFTED);
      FloatVector turns = shifted.sub(SHIFT_LIFTED);
      FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, argument));
      FloatVector square = r.mul(r);
      FloatVector series = square.lanewise(FMA, square.lanewise(FMA, E6, r.fma(E5, E4)), r.fma(E3, E2));
      FloatVector power = TYPE.cast(shifted.viewAsIntegralLanes().lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector decay = series.lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f).mul(power);
      FloatVector e = decay.mul(LOWERED);
      FloatVector squared = e.mul(e);
      FloatVector upper = squared.lanewise(FMA, e.fma(H9, H8), e.fma(H7, H6));
      FloatVector lower = squared.lanewise(FMA, e.fma(H5, H4), e.fma(H3, H2));
      FloatVector h = squared.mul(squared).lanewise(FMA, upper, lower).lanewise(FMA, e, H1);
      VectorMask<Float> ended = argument.compare(LT, EXP_MIN);
      FloatVector logarithm = h.mul(e).fma(decay, decay).mul(LOWERED).blend(0.0f, ended);
      zero.blend(x, x.compare(GT, 0.0f)).add(logarithm).intoArray(y, yo + at, lanes);
      if (slope != null) {
        FloatVector least = e.blend(0.0f, ended);
        one.blend(least, x.compare(LT, 0.0f)).div(least.add(1.0f)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
