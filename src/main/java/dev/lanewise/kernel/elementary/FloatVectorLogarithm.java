package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.FloatLanes.*;
import static dev.lanewise.kernel.math.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.FloatTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// The logarithms of [FloatMath][dev.lanewise.kernel.math.FloatMath] over arrays: the same steps in the same order, so
/// the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// [FloatVectorMath][dev.lanewise.kernel.math.FloatVectorMath] says why it is spelled out.
final class FloatVectorLogarithm {

  private static final float INFINITY = Float.POSITIVE_INFINITY;

  private FloatVectorLogarithm() {}

  /// y = log(z).
  static void log(int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector nan = TYPE.cast(FloatVector.broadcast(SPECIES, Float.NaN));
      FloatVector exponents = TYPE.cast(FloatVector.broadcast(SPECIES, EXPONENT));
      VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
      IntVector bits = x.blend(x.mul(SUBNORMAL_SCALE), tiny).viewAsIntegralLanes().add(ONE_BITS - SQRT_HALF_BITS);
      FloatVector exponent = TYPE.cast(bits.lanewise(LSHR, 23).or(TWO_TO_23_BITS).viewAsFloatingLanes());
      FloatVector k = exponent.sub(exponents.blend(SUBNORMAL_EXPONENT, tiny));
      FloatVector f = TYPE.cast(bits.and(MANTISSA).add(SQRT_HALF_BITS).viewAsFloatingLanes()).sub(1.0f);
      FloatVector s = f.div(f.add(2.0f));
      FloatVector square = s.mul(s);
      FloatVector series = square.mul(square.fma(L3, L2).lanewise(FMA, square, L1));
      FloatVector half = f.mul(0.5f).mul(f);
      FloatVector small = half.sub(s.fma(half.add(series), k.mul(LN2_LOW)));
      FloatVector log = k.lanewise(FMA, LN2_HIGH, f.sub(small));
      FloatVector positive = nan.blend(log.blend(x, x.compare(EQ, INFINITY)), x.compare(GT, 0.0f));
      positive.blend(-INFINITY, x.compare(EQ, 0.0f)).intoArray(y, yo + at, lanes);
    }
  }

  /// y = log(1 + z).
  static void log1p(int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector nan = TYPE.cast(FloatVector.broadcast(SPECIES, Float.NaN));
      FloatVector u = x.add(1.0f);
      FloatVector lost = x.sub(u.sub(1.0f)).blend(u.sub(x).neg().add(1.0f), x.compare(GE, 1.0f));
      IntVector bits = u.viewAsIntegralLanes().add(ONE_BITS - SQRT_HALF_BITS);
      FloatVector k = TYPE.cast(bits.lanewise(LSHR, 23).or(TWO_TO_23_BITS).viewAsFloatingLanes()).sub(EXPONENT);
      FloatVector f = TYPE.cast(bits.and(MANTISSA).add(SQRT_HALF_BITS).viewAsFloatingLanes()).sub(1.0f);
      FloatVector s = f.div(f.add(2.0f));
      FloatVector square = s.mul(s);
      FloatVector series = square.mul(square.fma(L3, L2).lanewise(FMA, square, L1));
      FloatVector half = f.mul(0.5f).mul(f);
      FloatVector small = half.sub(s.fma(half.add(series), k.lanewise(FMA, LN2_LOW, lost.div(u))));
      FloatVector log = k.lanewise(FMA, LN2_HIGH, f.sub(small));
      VectorMask<Float> itself = x.abs().compare(LT, LOG1P_TINY).or(x.compare(EQ, INFINITY));
      FloatVector inside = nan.blend(log.blend(x, itself), x.compare(GT, -1.0f));
      inside.blend(-INFINITY, x.compare(EQ, -1.0f)).intoArray(y, yo + at, lanes);
    }
  }
}
