package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.FloatLanes.*;
import static dev.lanewise.kernel.math.FloatMath.*;
import static dev.lanewise.kernel.math.FloatMish.END;
import static dev.lanewise.kernel.math.FloatMish.FAR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.FloatTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatMish] over arrays: the same steps in the same order, so the same bits. [FloatVectorMath] says why it is
/// spelled out.
public final class FloatVectorMish {

  private FloatVectorMish() {}

  /// y = mish(z), and slope = mish′(z) where `slope` is not null.
  public static void mish(int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    mishOfAny(FloatNearMish.mish(n, z, zo, y, yo, slope, so), n, last, z, zo, y, yo, slope, so);
  }

  static void mishOfAny(int from, int n, int last, float[] z, int zo, float[] y, int yo, float[] slope, int so) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector one = TYPE.cast(FloatVector.broadcast(SPECIES, 1.0f));
      FloatVector shifted = x.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, x));
      FloatVector square = r.mul(r);
      FloatVector series = square.lanewise(FMA, square.lanewise(FMA, E6, r.fma(E5, E4)), r.fma(E3, E2));
      FloatVector m = square.fma(series, r);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector halved = bits.lanewise(LSHR, 1);
      FloatVector power = TYPE.cast(halved.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector rest = TYPE.cast(bits.sub(halved).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector high = power.fma(m, power);
      FloatVector low = power.fma(m, power.sub(high));
      FloatVector e = high.mul(rest);
      FloatVector half = e.mul(0.5f);
      FloatVector nu = half.fma(high, high);
      FloatVector lost = e.add(1.0f).fma(low, half.fma(high, high.sub(nu)));
      FloatVector whole = nu.mul(rest);
      FloatVector inverse = one.div(whole.add(1.0f));
      FloatVector share = nu.mul(inverse);
      FloatVector carried = inverse.mul(inverse.fma(lost, share.neg().fma(whole, nu.sub(share))));
      IntVector mish = x.fma(share, x.mul(carried)).mul(rest).viewAsIntegralLanes();
      FloatVector signed = TYPE.cast(mish.or(x.viewAsIntegralLanes().and(Integer.MIN_VALUE)).viewAsFloatingLanes());
      signed.blend(x.mul(0.0f), x.compare(LT, -END)).blend(x, x.compare(GT, FAR)).intoArray(y, yo + at, lanes);
      if (slope != null) {
        // Compared again as in silu.
        FloatVector nothing = x.mul(0.0f);
        FloatVector zeta = one.sub(share.add(carried).mul(rest));
        FloatVector q = x.mul(zeta);
        FloatVector small = zeta.mul(e.fma(q.add(0.5f), q.add(1.0f)));
        FloatVector ofNegative = small.fma(high, small.mul(low)).mul(rest);
        FloatVector ofPositive = inverse.fma(x.mul(inverse).fma(e.fma(e, e), one.neg()), one);
        FloatVector steep = ofPositive.blend(ofNegative, x.compare(LT, 0.0f)).blend(nothing, x.compare(LT, -END));
        steep.blend(nothing.add(1.0f), x.compare(GT, FAR)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
