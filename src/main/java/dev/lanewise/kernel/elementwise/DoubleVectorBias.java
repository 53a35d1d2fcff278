package dev.lanewise.kernel.elementwise;

import static dev.lanewise.kernel.lanes.DoubleLanes.BOXES_MASKS;
import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.lanewise.kernel.lanes.DoubleTail;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;

/// Adds a bias to all rows of a matrix in one pass, and applies the rectifier that follows: for the gemm's epilogue.
///
/// C(i, j) at `c[ct + i·cs + j]`, n columns. Strips of four vectors go from the first row to the last, with the bias in
/// registers: a call for each row, which reads the bias again, took twice the time for 64 columns.
public final class DoubleVectorBias {

  private DoubleVectorBias() {}

  /// C ← C + 1·biasᵀ.
  public static void add(int rows, int n, double[] c, int ct, int cs, double[] bias, int bo) {
    int last = last(rows, n, c, ct, cs, bias, bo);
    if (last == DoubleTail.NONE) {
      oneByOne(Nonlinearity.IDENTITY, rows, n, c, ct, cs, bias, bo);
      return;
    }
    int j = 0;
    for (; j <= n - 4 * LENGTH; j += 4 * LENGTH) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, bias, bo + j);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, bias, bo + j + LENGTH);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, bias, bo + j + 2 * LENGTH);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, bias, bo + j + 3 * LENGTH);
      for (int i = 0; i < rows; i++) {
        int at = ct + i * cs + j;
        DoubleVector x0 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at)).add(b0);
        DoubleVector x1 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at + LENGTH)).add(b1);
        DoubleVector x2 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at + 2 * LENGTH)).add(b2);
        DoubleVector x3 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at + 3 * LENGTH)).add(b3);
        x0.intoArray(c, at);
        x1.intoArray(c, at + LENGTH);
        x2.intoArray(c, at + 2 * LENGTH);
        x3.intoArray(c, at + 3 * LENGTH);
      }
    }
    for (; j < n; j += LENGTH) {
      int shifted = Math.min(j, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(shifted, j, n));
      DoubleVector b = DoubleVector.fromArray(SPECIES, bias, bo + shifted);
      for (int i = 0; i < rows; i++) {
        int at = ct + i * cs + shifted;
        DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at)).add(b);
        x.intoArray(c, at, lanes);
      }
    }
  }

  /// C ← relu(C + 1·biasᵀ).
  public static void relu(int rows, int n, double[] c, int ct, int cs, double[] bias, int bo) {
    int last = last(rows, n, c, ct, cs, bias, bo);
    if (last == DoubleTail.NONE || BOXES_MASKS) {
      oneByOne(Nonlinearity.RELU, rows, n, c, ct, cs, bias, bo);
      return;
    }
    int j = 0;
    for (; j <= n - 4 * LENGTH; j += 4 * LENGTH) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, bias, bo + j);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, bias, bo + j + LENGTH);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, bias, bo + j + 2 * LENGTH);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, bias, bo + j + 3 * LENGTH);
      for (int i = 0; i < rows; i++) {
        int at = ct + i * cs + j;
        DoubleVector x0 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at)).add(b0);
        DoubleVector x1 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at + LENGTH)).add(b1);
        DoubleVector x2 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at + 2 * LENGTH)).add(b2);
        DoubleVector x3 = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at + 3 * LENGTH)).add(b3);
        x0.blend(0.0, x0.compare(LE, 0.0)).intoArray(c, at);
        x1.blend(0.0, x1.compare(LE, 0.0)).intoArray(c, at + LENGTH);
        x2.blend(0.0, x2.compare(LE, 0.0)).intoArray(c, at + 2 * LENGTH);
        x3.blend(0.0, x3.compare(LE, 0.0)).intoArray(c, at + 3 * LENGTH);
      }
    }
    for (; j < n; j += LENGTH) {
      int shifted = Math.min(j, last);
      VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(shifted, j, n));
      DoubleVector b = DoubleVector.fromArray(SPECIES, bias, bo + shifted);
      for (int i = 0; i < rows; i++) {
        int at = ct + i * cs + shifted;
        DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, c, at)).add(b);
        x.blend(0.0, x.compare(LE, 0.0)).intoArray(c, at, lanes);
      }
    }
  }

  private static void oneByOne(Nonlinearity phi, int rows, int n, double[] c, int ct, int cs, double[] bias, int bo) {
    for (int i = 0; i < rows; i++) {
      int at = ct + i * cs;
      DoublePortableElementwise.addBias(n, bias, bo, c, at);
      DoublePortableElementwise.activate(phi, n, c, at, c, at);
    }
  }

  /// As [DoubleTail], for all rows at once.
  private static int last(int rows, int n, double[] c, int ct, int cs, double[] bias, int bo) {
    int last = DoubleTail.last(n, c, ct + (rows - 1) * cs, bias, bo);
    return last < -ct ? DoubleTail.NONE : last;
  }
}
