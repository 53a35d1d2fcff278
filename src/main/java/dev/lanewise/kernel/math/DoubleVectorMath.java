package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.DoubleLanes.*;
import static dev.lanewise.kernel.math.DoubleMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;

/// [DoubleMath] over arrays: on every lane the same steps in the same order, so the same bits, whatever the width.
///
/// Formulas, accuracy and the source of the coefficients stand there. Each function is one loop that spells everything
/// out, because a vector that crosses a call which C2 does not inline is boxed. C2 inlines no method of ours into one
/// that has already taken in 8,000 bytecodes, some 17 operations of the Vector API (`DesiredMethodLimit`), nor one that
/// it has compiled on its own into more than 2,500 bytes (`InlineSmallCode`).
///
/// Generated loops compute whole vectors of arguments near 0, two vectors a turn (`src/build/NearKernels.java`).
/// Methods named `…OfAny` take all other vectors and the remainder. The mask is full except in the last turn; the lanes
/// that it switches off are computed like the others.
public final class DoubleVectorMath {

  private DoubleVectorMath() {}

  /// y = exp(z).
  public static void exp(int n, int last, double[] z, int zo, double[] y, int yo) {
    expOfAny(DoubleNearMath.exp(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  public static void expOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo) {
    expOfAny(from, n, last, z, zo, 0.0, y, yo);
  }

  /// y = exp(z − less) from element `from` on, one vector a turn.
  public static void expOfAny(int from, int n, int last, double[] z, int zo, double less, double[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector argument = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).sub(less);
      DoubleVector shifted = argument.fma(LOG2_E, SHIFT);
      DoubleVector turns = shifted.sub(SHIFT);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, argument);
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector square = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
      DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
      DoubleVector m = high.add(series.fma(square, low));
      LongVector bits = shifted.viewAsIntegralLanes();
      LongVector half = bits.lanewise(LSHR, 1);
      DoubleVector power = TYPE.cast(half.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector rest = TYPE.cast(bits.sub(half).lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector exp = power.fma(m, power).mul(rest).blend(0.0, argument.compare(LT, EXP_MIN));
      exp.blend(Double.POSITIVE_INFINITY, argument.compare(GT, EXP_MAX)).intoArray(y, yo + at, lanes);
    }
  }

  /// Σ exp(z − less) for z − less not above 0 and n of PARTIAL or more, in the order of [DoubleSums]. Where vectors are
  /// narrower than that, the partial sums of one vector after the other, in the order in which they are folded.
  public static double expSum(int n, double[] z, int zo, double less) {
    int parts = DoubleSums.PARTIAL / LENGTH;
    int apart = Math.max(1, parts / 2);
    DoubleVector zero = TYPE.cast(DoubleVector.zero(SPECIES));
    DoubleVector folded = zero;
    for (int first = 0; first < apart; first++) {
      DoubleVector pair = zero;
      for (int part = first; part < parts; part += apart) {
        DoubleVector total = zero;
        for (int i = 0; i < n; i += DoubleSums.PARTIAL) {
          int from = Math.min(i, n - DoubleSums.PARTIAL);
          int at = from + part * LENGTH;
          VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, -1L << i - from >> part * LENGTH);
          DoubleVector argument = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at)).sub(less);
          DoubleVector shifted = argument.fma(LOG2_E, SHIFT_LIFTED);
          DoubleVector turns = shifted.sub(SHIFT_LIFTED);
          DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, argument);
          DoubleVector low = turns.mul(-LN2_LOW);
          DoubleVector r = high.add(low);
          DoubleVector square = r.mul(r);
          DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
          DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
          DoubleVector m = high.add(series.fma(square, low));
          DoubleVector power = TYPE.cast(shifted.viewAsIntegralLanes().lanewise(LSHL, 52).viewAsFloatingLanes());
          DoubleVector exp = power.fma(m, power).mul(LOWERED).blend(0.0, argument.compare(LT, EXP_MIN));
          total = zero.blend(exp, lanes).add(total);
        }
        pair = TYPE.cast(pair).add(total);
      }
      folded = TYPE.cast(folded).add(pair);
    }
    // Spelled out: a vector passed to a method is boxed where C2 does not inline it, as after a loop of many turns.
    folded = TYPE.cast(folded);
    if (LENGTH > 4) {
      folded = folded.add(folded.rearrange(DoubleLanes.BY_4));
    }
    if (LENGTH > 2) {
      folded = folded.add(folded.rearrange(DoubleLanes.BY_2));
    }
    return folded.add(folded.rearrange(DoubleLanes.BY_1)).lane(0);
  }

  public static void elu(int n, int last, double[] z, int zo, double[] y, int yo) {
    eluOfAny(DoubleNearMath.elu(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  static void eluOfAny(int from, int n, int last, double[] z, int zo, double[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
      DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at));
      DoubleVector shifted = x.fma(LOG2_E, SHIFT_ONCE);
      DoubleVector turns = shifted.sub(SHIFT_ONCE);
      DoubleVector high = turns.lanewise(FMA, -LN2_HIGH, x);
      LongVector bits = shifted.viewAsIntegralLanes();
      DoubleVector low = turns.mul(-LN2_LOW);
      DoubleVector r = high.add(low);
      DoubleVector square = r.mul(r);
      DoubleVector top = r.fma(E11, E10).fma(square, r.fma(E9, E8)).fma(square, r.fma(E7, E6));
      DoubleVector series = top.fma(square, r.fma(E5, E4)).fma(square, r.fma(E3, E2));
      DoubleVector m = high.add(series.fma(square, low));
      DoubleVector power = TYPE.cast(bits.lanewise(LSHL, 52).viewAsFloatingLanes());
      DoubleVector expm1 = power.fma(m, power.sub(1.0)).blend(-1.0, x.compare(LT, EXPM1_MIN));
      expm1.blend(x, x.compare(GE, 0.0)).intoArray(y, yo + at, lanes);
    }
  }
}
