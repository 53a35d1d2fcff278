package dev.lanewise.kernel.passes;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.lanes.DoubleTail;
import dev.lanewise.kernel.lanes.MultiplyAdd;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Rows `stride` apart that are shifted and scaled by one number for all, on the Vector API. Rows shorter than a vector
/// are left to the plain loops, which give the same bits.
///
/// | operation     | formula             |
/// |---------------|---------------------|
/// | shiftAndScale | y = (x − m)·a + b   |
/// | addScaled     | y += a·x            |
///
/// Each operation takes all rows, and several vectors an iteration, so that it is too large to be inlined. When it was
/// inlined in many places, one of the copies ran into C2's limits, and boxed its vectors.
public final class DoubleVectorScales {

  private DoubleVectorScales() {}

  public static void shiftAndScale(
      int rows, int stride, int n, double m, double a, double b, double[] x, int xo, double[] y, int yo) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, a);
    DoubleVector then = DoubleVector.broadcast(SPECIES, b);
    DoubleVector less = DoubleVector.broadcast(SPECIES, m);
    for (int row = 0; row < rows; row++) {
      int xt = xo + row * stride;
      int yt = yo + row * stride;
      int i = 0;
      for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
        DoubleVector x0 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i));
        DoubleVector x1 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i + LENGTH));
        DoubleVector x2 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i + 2 * LENGTH));
        DoubleVector x3 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i + 3 * LENGTH));
        x0.sub(less).fma(factor, then).intoArray(y, yt + i);
        x1.sub(less).fma(factor, then).intoArray(y, yt + i + LENGTH);
        x2.sub(less).fma(factor, then).intoArray(y, yt + i + 2 * LENGTH);
        x3.sub(less).fma(factor, then).intoArray(y, yt + i + 3 * LENGTH);
      }
      for (; i <= n - LENGTH; i += LENGTH) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i)).sub(less).fma(factor, then).intoArray(y, yt + i);
      }
      if (i < n && n >= LENGTH) {
        int at = n - LENGTH;
        VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
        TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + at)).sub(less).fma(factor, then).intoArray(y, yt + at, tail);
        i = n;
      }
      for (; i < n; i++) {
        y[yt + i] = MultiplyAdd.fast(x[xt + i] - m, a, b);
      }
    }
  }

  public static void addScaled(int rows, int stride, int n, double a, double[] x, int xo, double[] y, int yo) {
    DoubleVector factor = DoubleVector.broadcast(SPECIES, a);
    for (int row = 0; row < rows; row++) {
      int xt = xo + row * stride;
      int yt = yo + row * stride;
      int i = 0;
      for (; i <= n - 4 * LENGTH; i += 4 * LENGTH) {
        DoubleVector x0 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i));
        DoubleVector x1 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i + LENGTH));
        DoubleVector x2 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i + 2 * LENGTH));
        DoubleVector x3 = TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i + 3 * LENGTH));
        x0.fma(factor, DoubleVector.fromArray(SPECIES, y, yt + i)).intoArray(y, yt + i);
        x1.fma(factor, DoubleVector.fromArray(SPECIES, y, yt + i + LENGTH)).intoArray(y, yt + i + LENGTH);
        x2.fma(factor, DoubleVector.fromArray(SPECIES, y, yt + i + 2 * LENGTH)).intoArray(y, yt + i + 2 * LENGTH);
        x3.fma(factor, DoubleVector.fromArray(SPECIES, y, yt + i + 3 * LENGTH)).intoArray(y, yt + i + 3 * LENGTH);
      }
      for (; i <= n - LENGTH; i += LENGTH) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + i)).fma(factor, DoubleVector.fromArray(SPECIES, y, yt + i))
            .intoArray(y, yt + i);
      }
      if (i < n && n >= LENGTH) {
        int at = n - LENGTH;
        VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
        TYPE.cast(DoubleVector.fromArray(SPECIES, x, xt + at)).fma(factor, DoubleVector.fromArray(SPECIES, y, yt + at))
            .intoArray(y, yt + at, tail);
        i = n;
      }
      for (; i < n; i++) {
        y[yt + i] = MultiplyAdd.fast(x[xt + i], a, y[yt + i]);
      }
    }
  }
}
