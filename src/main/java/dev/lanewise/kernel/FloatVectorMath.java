package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.*;
import static dev.lanewise.kernel.FloatMath.*;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatMath] over arrays: on every lane the same steps in the same order, so the same bits, whatever the width.
///
/// Formulas, accuracy and the coefficients' source stand there. Why each function is one loop that spells everything out: a vector
/// that crosses a call which C2 does not inline is boxed, and C2 inlines no method of ours into one that has already taken in 8,000
/// bytecodes, some 17 operations of the Vector API (`DesiredMethodLimit`), nor one that it has compiled on its own into more than
/// 2,500 bytes (`InlineSmallCode`).
///
/// A table of eight numbers lies in one register, or in two where vectors have four lanes: `IN_ONE` is a constant to C2. Twins that
/// are derived from these loops work on two vectors at a time (`src/build/Interleave.java`); what they leave over is done here.
/// The mask is full but in the last turn, and what it switches off is computed like the rest.
final class FloatVectorMath {

  private FloatVectorMath() {}

  /// y = exp(z − less).
  static void exp(int n, int last, float[] z, int zo, float less, float[] y, int yo) {
    for (int i = FloatInterleavedMath.exp(n, z, zo, less, y, yo); i < n; i += LENGTH) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(SPECIES, FloatTail.lanes(at, i, n));
      FloatVector argument = TYPE.cast(FloatVector.fromArray(SPECIES, z, zo + at)).sub(less);
      IntVector powers = IntVector.fromArray(INTS, POWERS, 0);
      IntVector powersUpper = IntVector.fromArray(INTS, POWERS, UPPER);
      IntVector lost = IntVector.fromArray(INTS, LOST, 0);
      IntVector lostUpper = IntVector.fromArray(INTS, LOST, UPPER);
      FloatVector shifted = argument.fma(LOG2_E_8, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector high = turns.lanewise(FMA, -LN2_8_HIGH, argument);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector lane = bits.and(LANE);
      VectorMask<Integer> upper = IN_ONE ? null : bits.and(4).compare(NE, 0);
      IntVector lostBits = IN_ONE ? lane.selectFrom(lost) : lane.selectFrom(lost).blend(lane.selectFrom(lostUpper), upper);
      FloatVector low = TYPE.cast(turns.lanewise(FMA, -LN2_8_LOW, lostBits.viewAsFloatingLanes()));
      FloatVector r = high.add(low);
      FloatVector square = r.mul(r);
      FloatVector series = r.fma(E4, E3).lanewise(FMA, r, E2);
      FloatVector m = high.add(series.fma(square, low));
      IntVector powerBits = IN_ONE ? lane.selectFrom(powers) : lane.selectFrom(powers).blend(lane.selectFrom(powersUpper), upper);
      IntVector half = bits.lanewise(LSHR, 4);
      FloatVector power = TYPE.cast(half.lanewise(LSHL, 23).add(powerBits).viewAsFloatingLanes());
      FloatVector rest = TYPE.cast(bits.lanewise(LSHR, 3).sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector exp = power.fma(m, power).mul(rest).blend(0.0f, argument.compare(LT, EXP_MIN));
      exp.blend(Float.POSITIVE_INFINITY, argument.compare(GT, EXP_MAX)).intoArray(y, yo + at, lanes);
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
      IntVector powers = IntVector.fromArray(INTS, POWERS, 0);
      IntVector powersUpper = IntVector.fromArray(INTS, POWERS, UPPER);
      IntVector lost = IntVector.fromArray(INTS, LOST, 0);
      IntVector lostUpper = IntVector.fromArray(INTS, LOST, UPPER);
      FloatVector shifted = argument.fma(LOG2_E_8, SHIFT);
      FloatVector turns = shifted.sub(SHIFT);
      FloatVector high = turns.lanewise(FMA, -LN2_8_HIGH, argument);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector lane = bits.and(LANE);
      VectorMask<Integer> upper = IN_ONE ? null : bits.and(4).compare(NE, 0);
      IntVector lostBits = IN_ONE ? lane.selectFrom(lost) : lane.selectFrom(lost).blend(lane.selectFrom(lostUpper), upper);
      FloatVector low = TYPE.cast(turns.lanewise(FMA, -LN2_8_LOW, lostBits.viewAsFloatingLanes()));
      FloatVector r = high.add(low);
      FloatVector square = r.mul(r);
      FloatVector series = r.fma(E4, E3).lanewise(FMA, r, E2);
      FloatVector m = high.add(series.fma(square, low));
      IntVector powerBits = IN_ONE ? lane.selectFrom(powers) : lane.selectFrom(powers).blend(lane.selectFrom(powersUpper), upper);
      IntVector half = bits.lanewise(LSHR, 4);
      FloatVector power = TYPE.cast(half.lanewise(LSHL, 23).add(powerBits).viewAsFloatingLanes());
      FloatVector rest = TYPE.cast(bits.lanewise(LSHR, 3).sub(half).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector exp = power.fma(m, power).mul(rest).blend(0.0f, argument.compare(LT, EXP_MIN));
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
      IntVector powers = IntVector.fromArray(INTS, POWERS, 0);
      IntVector powersUpper = IntVector.fromArray(INTS, POWERS, UPPER);
      IntVector lost = IntVector.fromArray(INTS, LOST, 0);
      IntVector lostUpper = IntVector.fromArray(INTS, LOST, UPPER);
      FloatVector shifted = x.fma(LOG2_E_8, SHIFT_ONCE);
      FloatVector turns = shifted.sub(SHIFT_ONCE);
      FloatVector high = turns.lanewise(FMA, -LN2_8_HIGH, x);
      IntVector bits = shifted.viewAsIntegralLanes();
      IntVector lane = bits.and(LANE);
      VectorMask<Integer> upper = IN_ONE ? null : bits.and(4).compare(NE, 0);
      IntVector lostBits = IN_ONE ? lane.selectFrom(lost) : lane.selectFrom(lost).blend(lane.selectFrom(lostUpper), upper);
      FloatVector low = TYPE.cast(turns.lanewise(FMA, -LN2_8_LOW, lostBits.viewAsFloatingLanes()));
      FloatVector r = high.add(low);
      FloatVector square = r.mul(r);
      FloatVector series = r.fma(E4, E3).lanewise(FMA, r, E2);
      FloatVector m = high.add(series.fma(square, low));
      IntVector powerBits = IN_ONE ? lane.selectFrom(powers) : lane.selectFrom(powers).blend(lane.selectFrom(powersUpper), upper);
      FloatVector power = TYPE.cast(bits.lanewise(LSHR, 3).lanewise(LSHL, 23).add(powerBits).viewAsFloatingLanes());
      FloatVector less = power.sub(1.0f);
      FloatVector expm1 = less.add(power.fma(m, power.sub(less.add(1.0f)))).blend(-1.0f, x.compare(LT, EXPM1_MIN));
      expm1.blend(x, x.compare(GE, 0.0f)).intoArray(y, yo + at, lanes);
    }
  }
}
