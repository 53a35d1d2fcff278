package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Products and copies of strided views against their formulas, in every layout of every operand.
class MatrixOpsTest {

  private static final int[][] SIZES = {{1, 1, 1}, {3, 5, 2}, {1, 19, 30}, {17, 1, 9}, {18, 33, 40}};

  private final SplittableRandom random = new SplittableRandom(9);

  /// A block of a larger tensor of random numbers, by rows or by columns.
  private Matrix random(Precision precision, int rows, int columns, boolean byColumns) {
    int stride = (byColumns ? rows : columns) + 2;
    Tensor tensor = Tensor.zeros(precision, 3 + stride * (byColumns ? columns : rows));
    for (int at = 0; at < tensor.size(); at++) {
      tensor.set(at, random.nextDouble(-1, 1));
    }
    return (byColumns ? new Matrix(rows, columns, 0, 1, stride) : new Matrix(rows, columns, 0, stride, 1)).over(tensor)
        .moveTo(3);
  }

  private static double at(Matrix matrix, int row, int column) {
    return matrix.tensor().get(matrix.position() + row * matrix.rowStride() + column * matrix.columnStride());
  }

  private Tensor diagonal(Precision precision, int n) {
    return Matrix.of(random(precision, 1, n, false).tensor()).tensor().slice(0, n);
  }

  @ParameterizedTest
  @EnumSource
  void productsScaledWithinAndOutside(Precision precision) {
    for (int[] size : SIZES) {
      for (int layouts = 0; layouts < 8; layouts++) {
        Matrix a = random(precision, size[0], size[2], (layouts & 1) != 0);
        Matrix b = random(precision, size[2], size[1], (layouts & 2) != 0);
        Matrix c = random(precision, size[0], size[1], (layouts & 4) != 0);
        Tensor s = diagonal(precision, size[2]);
        Tensor t = diagonal(precision, size[0]);
        MatrixOps.times(a, s, b, c, new Workspace());
        requireProduct(a, s, b, Tensor.none(), c);
        MatrixOps.times(a, Tensor.none(), b, c, new Workspace());
        requireProduct(a, Tensor.none(), b, Tensor.none(), c);
        if ((layouts & 4) != 0) {
          MatrixOps.timesScaled(t, a, b, c, new Workspace());
          requireProduct(a, Tensor.none(), b, t, c);
        }
      }
    }
  }

  private static void requireProduct(Matrix a, Tensor s, Matrix b, Tensor t, Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      for (int j = 0; j < c.columns(); j++) {
        double sum = 0;
        for (int p = 0; p < a.columns(); p++) {
          sum += at(a, i, p) * (s.isNone() ? 1 : s.get(p)) * at(b, p, j);
        }
        assertEquals(sum * (t.isNone() ? 1 : t.get(i)), at(c, i, j), 100 * c.tensor().precision().unitRoundoff(),
            a + ", " + b + ", " + c);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void scaledAndTurned(Precision precision) {
    for (int[] size : SIZES) {
      Matrix x = random(precision, size[0], size[1], false);
      Matrix y = random(precision, size[0], size[1], false);
      Matrix turned = random(precision, size[0], size[1], true);
      Tensor ofRows = diagonal(precision, size[0]);
      Tensor ofColumns = diagonal(precision, size[1]);
      MatrixOps.scaleRows(ofRows, x, y);
      double u = precision.unitRoundoff();
      forEach(x, (i, j) -> assertEquals(ofRows.get(i) * at(x, i, j), at(y, i, j), u));
      MatrixOps.scaleColumns(x, ofColumns, y);
      forEach(x, (i, j) -> assertEquals(ofColumns.get(j) * at(x, i, j), at(y, i, j), u));
      MatrixOps.scaleColumns(x, Tensor.none(), y);
      forEach(x, (i, j) -> assertEquals(at(x, i, j), at(y, i, j)));
      MatrixOps.turn(x, turned);
      forEach(x, (i, j) -> assertEquals(at(x, i, j), at(turned, i, j)));
      MatrixOps.turn(turned, y);
      forEach(x, (i, j) -> assertEquals(at(x, i, j), at(y, i, j)));
    }
  }

  private interface Place {
    void check(int row, int column);
  }

  private static void forEach(Matrix matrix, Place place) {
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        place.check(i, j);
      }
    }
  }

  @Test
  void badInputIsRefused() {
    Matrix a = random(Precision.FLOAT, 2, 3, false);
    Matrix c = random(Precision.FLOAT, 2, 2, false);
    Workspace ws = new Workspace();
    refused("expected m × k, k × n, m × n", () -> MatrixOps.times(a, Tensor.none(), a, c, ws));
    Matrix b = random(Precision.FLOAT, 3, 2, false);
    refused("s is FLOAT [1, 2], expected 3 elements of FLOAT",
        () -> MatrixOps.times(a, Tensor.zeros(Precision.FLOAT, 1, 2), b, c, ws));
    refused("s is DOUBLE [1, 3], expected 3 elements of FLOAT",
        () -> MatrixOps.times(a, Tensor.zeros(Precision.DOUBLE, 1, 3), b, c, ws));
    refused("expected contiguous rows or columns",
        () -> MatrixOps.times(a, Tensor.none(), b, new Matrix(2, 2, 0, 4, 2).over(Tensor.zeros(Precision.FLOAT, 9)),
        ws));
    refused("expected contiguous columns", () -> MatrixOps.timesScaled(Tensor.none(), a, b, c, ws));
    refused("expected the same sizes and precision", () -> MatrixOps.turn(a, a));
    refused("expected the same sizes and precision", () -> MatrixOps.scaleRows(Tensor.none(), a, b));
    Tensor x = Tensor.zeros(Precision.FLOAT, 2, 3);
    refused("x is FLOAT [2, 3] read as 2 rows, expected FLOAT with 3 columns, to become columns 3 to 5 of 4",
        () -> MatrixOps.transposeInto(x, 2, Tensor.zeros(Precision.FLOAT, 3, 4), 3));
    refused("x is FLOAT [2, 3] read as 2 rows, expected DOUBLE with 3 columns, to become columns 0 to 2 of 4",
        () -> MatrixOps.transposeInto(x, 2, Tensor.zeros(Precision.DOUBLE, 3, 4), 0));
    refused("expected all of it inside", () -> Matrix.rowMajor(2, 3).over(Tensor.zeros(Precision.FLOAT, 5)));
    refused("expected all of it inside", () -> a.moveTo(100));
    refused("expected all of them at least 0", () -> Matrix.rowMajor(-1, 3));
  }

  private static void refused(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
