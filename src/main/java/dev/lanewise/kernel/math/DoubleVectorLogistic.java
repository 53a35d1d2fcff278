package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleLogistic.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleLogistic] over arrays: the same steps in the same order, so the same bits. [DoubleVectorMath] says why it is
/// spelled out.
public final class DoubleVectorLogistic {

  private DoubleVectorLogistic() {}

  public static void sigmoid(int n, int last, double[] z, int zo, double[] y, int yo) {
    sigmoidOfAny(DoubleNearLogistic.sigmoid(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  static void sigmoidOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector half = TYPE.cast(DoubleVector.broadcast(SPECIES, 0.5));
      DoubleVector shifted = x.fma(-LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, LN2_HIGH, x);
      DoubleVector low = turns.mul(LN2_LOW);
      DoubleVector t = high.add(low);
      DoubleVector square = t.mul(t);
      DoubleVector top = t.fma(E11, -E10).fma(square, t.fma(E9, -E8)).fma(square, t.fma(E7, -E6));
      DoubleVector series = top.fma(square, t.fma(E5, -E4)).fma(square, t.fma(E3, -E2));
      DoubleVector less = high.add(series.fma(square, low));
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector halved = bits.lanewise(LSHR, 1);
      DoubleVector power = TYPE.cast(halved.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector back = TYPE.cast(halved.sub(bits).lanewise(LSHL, 52).add(BACK_BITS).viewAsFloatingLanes());
      DoubleVector minusOne = TYPE.cast(DoubleVector.broadcast(SPECIES, -1.0));
      DoubleVector inverse = minusOne.div(power.fma(less, back.neg().sub(power)));
      DoubleVector share = inverse.mul(power);
      DoubleVector sigma = inverse.mul(back);
      DoubleVector excess = half.sub(sigma).add(half.sub(share));
      DoubleVector sigmoid = inverse.fma(share.fma(less, excess), inverse).mul(back).blend(0.0, x.compare(LT, EXP_MIN));
      sigmoid.blend(1.0, x.compare(GT, FAR)).intoArray(y, yo + at, lanes);
    }
  }

  /// y = silu(z), and slope = silu′(z) where `slope` is not null.
  public static void silu(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    siluOfAny(DoubleNearLogistic.silu(n, z, zo, y, yo, slope, so), n, last, z, zo, y, yo, slope, so);
  }

  static void siluOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector half = TYPE.cast(DoubleVector.broadcast(SPECIES, 0.5));
      DoubleVector shifted = x.fma(-LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, LN2_HIGH, x);
      DoubleVector low = turns.mul(LN2_LOW);
      DoubleVector t = high.add(low);
      DoubleVector square = t.mul(t);
      DoubleVector top = t.fma(E11, -E10).fma(square, t.fma(E9, -E8)).fma(square, t.fma(E7, -E6));
      DoubleVector series = top.fma(square, t.fma(E5, -E4)).fma(square, t.fma(E3, -E2));
      DoubleVector less = high.add(series.fma(square, low));
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector halved = bits.lanewise(LSHR, 1);
      DoubleVector power = TYPE.cast(halved.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector back = TYPE.cast(halved.sub(bits).lanewise(LSHL, 52).add(BACK_BITS).viewAsFloatingLanes());
      DoubleVector minusOne = TYPE.cast(DoubleVector.broadcast(SPECIES, -1.0));
      DoubleVector inverse = minusOne.div(power.fma(less, back.neg().sub(power)));
      DoubleVector share = inverse.mul(power);
      DoubleVector sigma = inverse.mul(back);
      DoubleVector excess = half.sub(sigma).add(half.sub(share));
      DoubleVector bare = x.mul(inverse);
      DoubleVector lost = share.fma(less, excess);
      DoubleVector silu = bare.fma(lost, bare).mul(back).blend(x.mul(0.0), x.compare(LT, EXP_MIN));
      silu.blend(x, x.compare(GT, FAR)).intoArray(y, yo + at, lanes);
      if (slope != null) {
        // Compared again, which takes no instruction: a mask used on both sides of a branch may be kept as an object.
        DoubleVector nothing = x.mul(0.0);
        DoubleVector rest = share.sub(share.mul(less));
        DoubleVector factor = x.lanewise(FMA, rest.fma(lost, rest), 1.0);
        DoubleVector steep = inverse.mul(factor).mul(back).blend(nothing, x.compare(LT, EXP_MIN));
        steep.blend(nothing.add(1.0), x.compare(GT, FAR)).intoArray(slope, so + at, lanes);
      }
    }
  }

  /// y = softplus(z), and slope = softplus′(z) where `slope` is not null.
  public static void softplus(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    softplusOfAny(DoubleNearLogistic.softplus(n, z, zo, y, yo, slope, so), n, last, z, zo, y, yo, slope, so);
  }

  static void softplusOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      LongVector inverses = LongVector.fromArray(LONGS, INVERSES, 0);
      LongVector inversesUpper = LongVector.fromArray(LONGS, INVERSES, UPPER);
      LongVector logarithms = LongVector.fromArray(LONGS, LOGARITHMS, 0);
      LongVector logarithmsUpper = LongVector.fromArray(LONGS, LOGARITHMS, UPPER);
      DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
      DoubleVector zero = TYPE.cast(DoubleVector.zero(SPECIES));
      DoubleVector argument = TYPE.cast(x.viewAsIntegralLanes().or(Long.MIN_VALUE).viewAsFloatingLanes());
      DoubleVector shifted = argument.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, argument);
      LongVector bits = shifted.viewAsIntegralLanes();
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector square = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
      DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
      DoubleVector m = high.add(series.fma(square, low));
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector power = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector rest = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector decay = power.fma(m, power).mul(rest).blend(0.0, argument.compare(LT, EXP_MIN));
      LongVector sevenths = decay.fma(SEVENTHS, SEVENTHS_SHIFT).viewAsIntegralLanes();
      LongVector near = sevenths.and(LANE);
      VectorMask<Long> above = IN_ONE ? null : sevenths.and(4L).compare(NE, 0L);
      LongVector inverseBits = IN_ONE ? near.selectFrom(inverses)
          : near.selectFrom(inverses).blend(near.selectFrom(inversesUpper), above);
      LongVector logarithmBits = IN_ONE ? near.selectFrom(logarithms)
          : near.selectFrom(logarithms).blend(near.selectFrom(logarithmsUpper), above);
      DoubleVector c = TYPE.cast(inverseBits.viewAsFloatingLanes());
      DoubleVector s = decay.fma(c, c.sub(1.0));
      DoubleVector s2 = s.mul(s);
      DoubleVector steep = s2.lanewise(FMA, G11, s.fma(G10, G9)).lanewise(FMA, s2, s.fma(G8, G7));
      DoubleVector terms = steep.fma(s2, s.fma(G6, G5)).fma(s2, s.fma(G4, G3));
      DoubleVector logarithm = TYPE.cast(logarithmBits.viewAsFloatingLanes())
          .add(s2.fma(terms.lanewise(FMA, s, -0.5), s));
      zero.blend(x, x.compare(GT, 0.0)).add(logarithm).intoArray(y, yo + at, lanes);
      if (slope != null) {
        DoubleVector least = decay.div(decay.add(1.0));
        one.sub(least).blend(least, x.compare(LT, 0.0)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
