package dev.lanewise.kernel.elementary;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// The logarithms of [DoubleMath][dev.lanewise.kernel.math.DoubleMath] over arrays: the same steps in the same order,
/// so the same bits.
///
/// Formulas, accuracy and the source of the coefficients stand there;
/// [DoubleVectorMath][dev.lanewise.kernel.math.DoubleVectorMath] says why it is spelled out.
final class DoubleVectorLogarithm {

  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private DoubleVectorLogarithm() {}

  /// y = log(z).
  static void log(int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector nan = TYPE.cast(DoubleVector.broadcast(SPECIES, Double.NaN));
      DoubleVector exponents = TYPE.cast(DoubleVector.broadcast(SPECIES, EXPONENT));
      VectorMask<Double> tiny = x.compare(LT, Double.MIN_NORMAL);
      LongVector bits = x.blend(x.mul(SUBNORMAL_SCALE), tiny).viewAsIntegralLanes().add(ONE_BITS - SQRT_HALF_BITS);
      DoubleVector exponent = TYPE.cast(bits.lanewise(LSHR, 52).or(TWO_TO_52_BITS).viewAsFloatingLanes());
      DoubleVector k = exponent.sub(exponents.blend(SUBNORMAL_EXPONENT, tiny));
      DoubleVector f = TYPE.cast(bits.and(MANTISSA).add(SQRT_HALF_BITS).viewAsFloatingLanes()).sub(1.0);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector square = s.mul(s);
      DoubleVector fourth = square.mul(square);
      DoubleVector odd = fourth.fma(L7, L5).lanewise(FMA, fourth, L3).lanewise(FMA, fourth, L1);
      DoubleVector even = fourth.fma(L6, L4).lanewise(FMA, fourth, L2);
      DoubleVector series = square.mul(even.fma(square, odd));
      DoubleVector half = f.mul(0.5).mul(f);
      DoubleVector small = half.sub(s.fma(half.add(series), k.mul(LN2_LOW)));
      DoubleVector log = k.lanewise(FMA, LN2_HIGH, f.sub(small));
      DoubleVector positive = nan.blend(log.blend(x, x.compare(EQ, INFINITY)), x.compare(GT, 0.0));
      positive.blend(-INFINITY, x.compare(EQ, 0.0)).intoArray(y, yo + at, lanes);
    }
  }

  /// y = log(1 + z).
  static void log1p(int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = 0; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector nan = TYPE.cast(DoubleVector.broadcast(SPECIES, Double.NaN));
      DoubleVector u = x.add(1.0);
      DoubleVector lost = x.sub(u.sub(1.0)).blend(u.sub(x).neg().add(1.0), x.compare(GE, 1.0));
      LongVector bits = u.viewAsIntegralLanes().add(ONE_BITS - SQRT_HALF_BITS);
      DoubleVector k = TYPE.cast(bits.lanewise(LSHR, 52).or(TWO_TO_52_BITS).viewAsFloatingLanes()).sub(EXPONENT);
      DoubleVector f = TYPE.cast(bits.and(MANTISSA).add(SQRT_HALF_BITS).viewAsFloatingLanes()).sub(1.0);
      DoubleVector s = f.div(f.add(2.0));
      DoubleVector square = s.mul(s);
      DoubleVector fourth = square.mul(square);
      DoubleVector odd = fourth.fma(L7, L5).lanewise(FMA, fourth, L3).lanewise(FMA, fourth, L1);
      DoubleVector even = fourth.fma(L6, L4).lanewise(FMA, fourth, L2);
      DoubleVector series = square.mul(even.fma(square, odd));
      DoubleVector half = f.mul(0.5).mul(f);
      DoubleVector small = half.sub(s.fma(half.add(series), k.lanewise(FMA, LN2_LOW, lost.div(u))));
      DoubleVector log = k.lanewise(FMA, LN2_HIGH, f.sub(small));
      VectorMask<Double> itself = x.abs().compare(LT, LOG1P_TINY).or(x.compare(EQ, INFINITY));
      DoubleVector inside = nan.blend(log.blend(x, itself), x.compare(GT, -1.0));
      inside.blend(-INFINITY, x.compare(EQ, -1.0)).intoArray(y, yo + at, lanes);
    }
  }
}
