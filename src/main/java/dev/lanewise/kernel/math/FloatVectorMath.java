package dev.lanewise.kernel.math;

import static dev.lanewise.kernel.lanes.FloatLanes.*;
import static dev.lanewise.kernel.math.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lanewise.kernel.lanes.FloatLanes;
import dev.lanewise.kernel.lanes.FloatTail;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatMath] over arrays: on every lane the same steps in the same order, so the same bits, whatever the width.
///
/// Formulas, accuracy and the source of the coefficients stand there. Each function is one loop that spells everything
/// out, because a vector that crosses a call which C2 does not inline is boxed. C2 inlines no method of ours into one
/// that has already taken in 8,000 bytecodes, some 17 operations of the Vector API (`DesiredMethodLimit`), nor one that
/// it has compiled on its own into more than 2,500 bytes (`InlineSmallCode`).
///
/// Generated loops compute whole vectors of arguments near 0, two vectors a turn (`src/build/NearKernels.java`).
/// Methods named `…OfAny` take all other vectors and the remainder. The mask is full except in the last turn; the lanes
/// that it switches off are computed like the others.
public final class FloatVectorMath {

  private FloatVectorMath() {}

  /// y = exp(z).
  public static void exp(int n, int last, float[] z, int zo, float[] y, int yo) {
    expOfAny(FloatNearMath.exp(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  public static void expOfAny(int from, int n, int last, float[] z, int zo, float[] y, int yo) {
    expOfAny(from, n, last, z, zo, 0.0f, y, yo);
  }

  /// y = exp(z − less) from element `from` on, one vector a turn.
  public static void expOfAny(int from, int n, int last, float[] z, int zo, float less, float[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector argument = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at)).sub(less);
      FloatVector shifted = argument.fma(LOG2_E, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, argument));
      FloatVector square = r.mul(r);
      FloatVector top = square.lanewise(FMA, E6, r.fma(E5, E4));
      FloatVector series = square.lanewise(FMA, top, r.fma(E3, E2));
      FloatVector e = series.lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector half = bits.lanewise(LSHR, 1);
      FloatVector power = TYPE.cast(half.lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector rest = TYPE.cast(bits.sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector exp = e.mul(power).mul(rest).blend(0.0f, argument.compare(LT, EXP_MIN));
      exp.blend(Float.POSITIVE_INFINITY, argument.compare(GT, EXP_MAX)).intoArray(y, yo + at, lanes);
    }
  }

  /// Σ exp(z − less) for z − less not above 0 and n of PARTIAL or more, in the order of [FloatSums]. Where vectors are
  /// narrower than that, the partial sums of one vector after the other, in the order in which they are folded.
  public static float expSum(int n, float[] z, int zo, float less) {
    int parts = FloatSums.PARTIAL / LENGTH;
    int apart = Math.max(1, parts / 2);
    FloatVector zero = TYPE.cast(FloatVector.zero(SPECIES));
    FloatVector folded = zero;
    for (int first = 0; first < apart; first++) {
      FloatVector pair = zero;
      for (int part = first; part < parts; part += apart) {
        FloatVector total = zero;
        for (int i = 0; i < n; i += FloatSums.PARTIAL) {
          int from = Math.min(i, n - FloatSums.PARTIAL);
          int at = from + part * LENGTH;
          VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, -1L << i - from >> part * LENGTH);
          FloatVector argument = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at)).sub(less);
          FloatVector shifted = argument.fma(LOG2_E, SHIFT_LIFTED);
          FloatVector turns = shifted.sub(SHIFT_LIFTED);
          FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, argument));
          FloatVector square = r.mul(r);
          FloatVector top = square.lanewise(FMA, E6, r.fma(E5, E4));
          FloatVector series = square.lanewise(FMA, top, r.fma(E3, E2));
          FloatVector e = series.lanewise(FMA, r, 1.0f).lanewise(FMA, r, 1.0f);
          FloatVector power = TYPE.cast(shifted.viewAsIntegralLanes().lanewise(LSHL, 23).viewAsFloatingLanes());
          FloatVector exp = e.mul(power).mul(LOWERED).blend(0.0f, argument.compare(LT, EXP_MIN));
          total = zero.blend(exp, lanes).add(total);
        }
        pair = TYPE.cast(pair).add(total);
      }
      folded = TYPE.cast(folded).add(pair);
    }
    // Spelled out: a vector passed to a method is boxed where C2 does not inline it, as after a loop of many turns.
    folded = TYPE.cast(folded);
    if (LENGTH > 8) {
      folded = folded.add(folded.rearrange(FloatLanes.BY_8));
    }
    if (LENGTH > 4) {
      folded = folded.add(folded.rearrange(FloatLanes.BY_4));
    }
    if (LENGTH > 2) {
      folded = folded.add(folded.rearrange(FloatLanes.BY_2));
    }
    return folded.add(folded.rearrange(FloatLanes.BY_1)).lane(0);
  }

  public static void elu(int n, int last, float[] z, int zo, float[] y, int yo) {
    eluOfAny(FloatNearMath.elu(n, z, zo, y, yo), n, last, z, zo, y, yo);
  }

  static void eluOfAny(int from, int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = from; i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at));
      FloatVector shifted = x.fma(LOG2_E, SHIFT_ONCE);
      FloatVector turns = shifted.sub(SHIFT_ONCE);
      FloatVector r = turns.lanewise(FMA, -LN2_REST, turns.lanewise(FMA, -LN2_SHORT, x));
      FloatVector square = r.mul(r);
      FloatVector top = square.lanewise(FMA, E6, r.fma(E5, E4));
      FloatVector series = square.lanewise(FMA, top, r.fma(E3, E2));
      FloatVector fraction = series.fma(square, r);
      FloatVector power = TYPE.cast(shifted.viewAsIntegralLanes().lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector expm1 = power.fma(fraction, power.sub(1.0f)).blend(-1.0f, x.compare(LT, EXPM1_MIN));
      expm1.blend(x, x.compare(GE, 0.0f)).intoArray(y, yo + at, lanes);
    }
  }
}
