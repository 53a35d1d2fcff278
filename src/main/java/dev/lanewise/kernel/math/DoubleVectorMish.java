package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static dev.lanewise.kernel.math.DoubleMish.FAR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleMish] over arrays: the same steps in the same order, so the same bits. [DoubleVectorMath] says why it is
/// spelled out.
public final class DoubleVectorMish {

  private DoubleVectorMish() {}

  /// y = mish(z), and slope = mish′(z) where `slope` is not null.
  public static void mish(int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    mishOfAny(DoubleNearMish.mish(n, z, zo, y, yo, slope, so), n, last, z, zo, y, yo, slope, so);
  }

  static void mishOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo, double[] slope, int so) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1.0));
      DoubleVector shifted = x.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector reduced = turns.lanewise(FMA, -LN2_HIGH, x);
      DoubleVector lower = turns.mul(-LN2_LOW);
      DoubleVector r = reduced.add(lower);
      DoubleVector square = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
      DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
      DoubleVector m = reduced.add(series.fma(square, lower));
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector halved = bits.lanewise(LSHR, 1);
      DoubleVector power = TYPE.cast(halved.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector rest = TYPE.cast(bits.sub(halved).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector high = power.fma(m, power);
      DoubleVector low = power.fma(m, power.sub(high));
      DoubleVector e = high.mul(rest);
      DoubleVector half = e.mul(0.5);
      DoubleVector nu = half.fma(high, high);
      DoubleVector lost = e.add(1.0).fma(low, half.fma(high, high.sub(nu)));
      DoubleVector whole = nu.mul(rest);
      DoubleVector inverse = one.div(whole.add(1.0));
      DoubleVector share = nu.mul(inverse);
      DoubleVector carried = inverse.mul(inverse.fma(lost, share.neg().fma(whole, nu.sub(share))));
      LongVector mish = x.fma(share, x.mul(carried)).mul(rest).viewAsIntegralLanes();
      DoubleVector signed = TYPE.cast(mish.or(x.viewAsIntegralLanes().and(Long.MIN_VALUE)).viewAsFloatingLanes());
      signed.blend(x.mul(0.0), x.compare(LT, EXP_MIN)).blend(x, x.compare(GT, FAR)).intoArray(y, yo + at, lanes);
      if (slope != null) {
        // Compared again as in silu.
        DoubleVector nothing = x.mul(0.0);
        DoubleVector zeta = one.sub(share.add(carried).mul(rest));
        DoubleVector q = x.mul(zeta);
        DoubleVector small = zeta.mul(e.fma(q.add(0.5), q.add(1.0)));
        DoubleVector ofNegative = small.fma(high, small.mul(low)).mul(rest);
        DoubleVector ofPositive = inverse.fma(x.mul(inverse).fma(e.fma(e, e), one.neg()), one);
        DoubleVector steep = ofPositive.blend(ofNegative, x.compare(LT, 0.0)).blend(nothing, x.compare(LT, EXP_MIN));
        steep.blend(nothing.add(1.0), x.compare(GT, FAR)).intoArray(slope, so + at, lanes);
      }
    }
  }
}
