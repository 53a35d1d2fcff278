package dev.lanewise.kernel;

import static dev.lanewise.kernel.FloatLanes.LENGTH;
import static dev.lanewise.kernel.FloatLanes.TYPE;
import static dev.lanewise.kernel.FloatTanh.END;
import static dev.lanewise.kernel.FloatTanh.FIRST;
import static dev.lanewise.kernel.FloatTanh.LEADING;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.NE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// [FloatTanh] over arrays: the same steps in the same order, so the same bits. Spelled out for the reason that
/// [FloatVectorMath] gives: as a method of its own, the pick from four registers boxed its vectors, at a fifth of the speed.
///
/// | lanes | the table                                                                        |
/// |-------|----------------------------------------------------------------------------------|
/// | 16    | two registers for each coefficient, one instruction picks from both              |
/// | 8     | four registers, permuted and blended                                             |
/// | 4     | an array, one number at a time: eight registers would take longer                |
final class FloatVectorTanh {

  private FloatVectorTanh() {}

  static void tanh(int n, int last, float[] z, int zo, float[] y, int yo) {
    switch (LENGTH) {
      case 16 -> sixteen(n, last, z, zo, y, yo);
      case 8 -> eight(n, last, z, zo, y, yo);
      default -> {
        for (int i = 0; i < n; i++) {
          y[yo + i] = FloatTanh.tanh(z[zo + i]);
        }
      }
    }
  }

  private static void sixteen(int n, int last, float[] z, int zo, float[] y, int yo) {
    IntVector centerLow = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.CENTER_BITS, 0);
    IntVector centerHigh = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.CENTER_BITS, 16);
    IntVector c0Low = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C0_BITS, 0);
    IntVector c0High = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C0_BITS, 16);
    IntVector c1Low = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C1_BITS, 0);
    IntVector c1High = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C1_BITS, 16);
    IntVector c2Low = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C2_BITS, 0);
    IntVector c2High = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C2_BITS, 16);
    IntVector c3Low = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C3_BITS, 0);
    IntVector c3High = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C3_BITS, 16);
    IntVector c4Low = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C4_BITS, 0);
    IntVector c4High = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C4_BITS, 16);
    IntVector c5Low = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C5_BITS, 0);
    IntVector c5High = IntVector.fromArray(IntVector.SPECIES_512, FloatTanh.C5_BITS, 16);
    for (int i = FloatInterleavedTanh.sixteen(n, z, zo, y, yo); i < n; i += 16) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(FloatVector.SPECIES_512, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(FloatVector.SPECIES_512, z, zo + at));
      FloatVector a = x.abs();
      FloatVector clamped = a.blend(END, a.compare(GT, END));
      IntVector piece = clamped.viewAsIntegralLanes().lanewise(LSHR, LEADING).sub(FIRST).max(0);
      FloatVector t = clamped.sub(piece.selectFrom(centerLow, centerHigh).viewAsFloatingLanes());
      FloatVector k0 = TYPE.cast(piece.selectFrom(c0Low, c0High).viewAsFloatingLanes());
      FloatVector k1 = TYPE.cast(piece.selectFrom(c1Low, c1High).viewAsFloatingLanes());
      FloatVector k2 = TYPE.cast(piece.selectFrom(c2Low, c2High).viewAsFloatingLanes());
      FloatVector k3 = TYPE.cast(piece.selectFrom(c3Low, c3High).viewAsFloatingLanes());
      FloatVector k4 = TYPE.cast(piece.selectFrom(c4Low, c4High).viewAsFloatingLanes());
      FloatVector k5 = TYPE.cast(piece.selectFrom(c5Low, c5High).viewAsFloatingLanes());
      FloatVector result = t.fma(k5, k4).lanewise(FMA, t, k3).lanewise(FMA, t, k2).lanewise(FMA, t, k1).lanewise(FMA, t, k0);
      IntVector sign = x.viewAsIntegralLanes().and(Integer.MIN_VALUE);
      TYPE.cast(result.viewAsIntegralLanes().or(sign).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }

  private static void eight(int n, int last, float[] z, int zo, float[] y, int yo) {
    for (int i = 0; i < n; i += 8) {
      int at = Math.min(i, last);
      VectorMask<Float> lanes = VectorMask.fromLong(FloatVector.SPECIES_256, FloatTail.lanes(at, i, n));
      FloatVector x = TYPE.cast(FloatVector.fromArray(FloatVector.SPECIES_256, z, zo + at));
      FloatVector a = x.abs();
      FloatVector clamped = a.blend(END, a.compare(GT, END));
      IntVector piece = clamped.viewAsIntegralLanes().lanewise(LSHR, LEADING).sub(FIRST).max(0);
      IntVector lane = piece.and(7);
      VectorMask<Integer> odd = piece.and(8).compare(NE, 0);
      VectorMask<Integer> upper = piece.and(16).compare(NE, 0);
      FloatVector t = clamped.sub(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.CENTER_BITS, 0))
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.CENTER_BITS, 8)), odd)
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.CENTER_BITS, 16))
              .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.CENTER_BITS, 24)), odd), upper).viewAsFloatingLanes());
      FloatVector k0 = lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C0_BITS, 0))
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C0_BITS, 8)), odd)
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C0_BITS, 16))
              .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C0_BITS, 24)), odd), upper).viewAsFloatingLanes();
      FloatVector k1 = lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C1_BITS, 0))
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C1_BITS, 8)), odd)
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C1_BITS, 16))
              .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C1_BITS, 24)), odd), upper).viewAsFloatingLanes();
      FloatVector k2 = lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C2_BITS, 0))
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C2_BITS, 8)), odd)
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C2_BITS, 16))
              .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C2_BITS, 24)), odd), upper).viewAsFloatingLanes();
      FloatVector k3 = lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C3_BITS, 0))
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C3_BITS, 8)), odd)
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C3_BITS, 16))
              .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C3_BITS, 24)), odd), upper).viewAsFloatingLanes();
      FloatVector k4 = lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C4_BITS, 0))
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C4_BITS, 8)), odd)
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C4_BITS, 16))
              .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C4_BITS, 24)), odd), upper).viewAsFloatingLanes();
      FloatVector k5 = lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C5_BITS, 0))
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C5_BITS, 8)), odd)
          .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C5_BITS, 16))
              .blend(lane.selectFrom(IntVector.fromArray(IntVector.SPECIES_256, FloatTanh.C5_BITS, 24)), odd), upper).viewAsFloatingLanes();
      FloatVector result = t.fma(k5, k4).lanewise(FMA, t, k3).lanewise(FMA, t, k2).lanewise(FMA, t, k1).lanewise(FMA, t, k0);
      IntVector sign = x.viewAsIntegralLanes().and(Integer.MIN_VALUE);
      TYPE.cast(result.viewAsIntegralLanes().or(sign).viewAsFloatingLanes()).intoArray(y, yo + at, lanes);
    }
  }
}
