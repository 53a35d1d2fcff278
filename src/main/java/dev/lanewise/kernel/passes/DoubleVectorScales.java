package dev.lanewise.kernel.passes;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.lanes.DoubleTail;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Rows that are shifted and scaled by one number each, on the Vector API. Bits are those of the plain loops, for which rows shorter than
/// a vector are left.
///
/// | operation     | formula             |
/// |---------------|---------------------|
/// | shiftAndScale | y = (x − m)·a + b   |
/// | addScaled     | y += a·x            |
public final class DoubleVectorScales {

  private DoubleVectorScales() {}

  public static void shiftAndScale(int n, double m, double a, double b, double[] x, int xo, double[] y, int yo) {
    if (n < LENGTH) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = MultiplyAdd.fast(x[xo + i] - m, a, b);
      }
      return;
    }
    DoubleVector factor = DoubleVector.broadcast(SPECIES, a);
    DoubleVector then = DoubleVector.broadcast(SPECIES, b);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i)).sub(m).fma(factor, then).intoArray(y, yo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at)).sub(m).fma(factor, then).intoArray(y, yo + at, tail);
    }
  }

  public static void addScaled(int n, double a, double[] x, int xo, double[] y, int yo) {
    if (n < LENGTH) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = MultiplyAdd.fast(x[xo + i], a, y[yo + i]);
      }
      return;
    }
    DoubleVector factor = DoubleVector.broadcast(SPECIES, a);
    int body = SPECIES.loopBound(n);
    for (int i = 0; i < body; i += LENGTH) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + i)).fma(factor, DoubleVector.fromArray(SPECIES, y, yo + i))
          .intoArray(y, yo + i);
    }
    if (body < n) {
      int at = n - LENGTH;
      VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
      TYPE.cast(DoubleVector.fromArray(SPECIES, x, xo + at)).fma(factor, DoubleVector.fromArray(SPECIES, y, yo + at))
          .intoArray(y, yo + at, tail);
    }
  }
}
