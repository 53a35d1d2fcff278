package dev.lanewise;

import dev.lanewise.kernel.DoubleKernels;
import dev.lanewise.kernel.FloatKernels;

/// The operations that chains of Jacobians are multiplied out by, on [Matrix] views of either precision.
///
/// | operation        | formula                  | shapes            |
/// |------------------|--------------------------|-------------------|
/// | [#times]         | C = A·diag(s)·B          | m×k, k, k×n, m×n  |
/// | [#timesScaled]   | C = diag(t)·A·B          | m, m×k, k×n, m×n  |
/// | [#scaleRows]     | Y = diag(s)·X            | m, m×n, m×n       |
/// | [#scaleColumns]  | Y = X·diag(s)            | n, m×n, m×n       |
/// | [#turn]          | Y = X                    | m×n, m×n          |
/// | [#multiply]      | z = x ⊙ y                | n, n, n           |
public final class MatrixOps {

  private MatrixOps() {}

  /// C = A·diag(s)·B, the diagonal applied in the product's own pass. C has contiguous rows or contiguous columns, A and B any
  /// strides.
  ///
  /// @param s k elements, or [Tensor#none()] for ones
  /// @param c overwritten; must not overlap the others
  /// @throws IllegalArgumentException if sizes, precisions or C's strides do not fit
  public static void times(Matrix a, Tensor s, Matrix b, Matrix c, Workspace ws) {
    requireProduct(a, b, c, "times");
    Precision precision = c.tensor().precision();
    requireDiagonal(s, a.columns(), precision, "times");
    if (c.hasContiguousRows()) {
      product(c.rows(), c.columns(), a.columns(), a, a.rowStride(), a.columnStride(), b, b.rowStride(), b.columnStride(),
          c, c.rowStride(), s, true, ws);
    } else if (c.hasContiguousColumns()) {
      product(c.columns(), c.rows(), a.columns(), b, b.columnStride(), b.rowStride(), a, a.columnStride(), a.rowStride(),
          c, c.columnStride(), s, true, ws);
    } else {
      throw new IllegalArgumentException("MatrixOps.times: c is " + c + ", expected contiguous rows or columns");
    }
  }

  /// C = diag(t)·A·B, the diagonal applied in the product's own pass. C has contiguous columns, A and B any strides.
  ///
  /// @param t m elements, or [Tensor#none()] for ones
  /// @param c overwritten; must not overlap the others
  /// @throws IllegalArgumentException if sizes, precisions or C's strides do not fit
  public static void timesScaled(Tensor t, Matrix a, Matrix b, Matrix c, Workspace ws) {
    requireProduct(a, b, c, "timesScaled");
    Precision precision = c.tensor().precision();
    requireDiagonal(t, c.rows(), precision, "timesScaled");
    if (!c.hasContiguousColumns()) {
      throw new IllegalArgumentException("MatrixOps.timesScaled: c is " + c + ", expected contiguous columns");
    }
    product(c.columns(), c.rows(), a.columns(), b, b.columnStride(), b.rowStride(), a, a.columnStride(), a.rowStride(),
        c, c.columnStride(), t, false, ws);
  }

  /// C = A·diag(s)·B where `onA`, else A·B·diag(s), in the order of memory.
  private static void product(int m, int n, int k, Matrix a, int ars, int acs, Matrix b, int brs, int bcs, Matrix c, int cs,
      Tensor s, boolean onA, Workspace ws) {
    if (c.tensor().precision() == Precision.FLOAT) {
      var scratch = ws.floatScratch();
      var fusion = s.isNone() ? scratch.fusion.none()
          : onA ? scratch.fusion.diagonalOnA(s.floats(), s.offset()) : scratch.fusion.diagonalOnC(s.floats(), s.offset());
      FloatKernels.BEST.gemm(m, n, k, a.tensor().floats(), a.offset(), ars, acs, b.tensor().floats(), b.offset(), brs, bcs,
          c.tensor().floats(), c.offset(), cs, false, fusion, scratch);
    } else {
      var scratch = ws.doubleScratch();
      var fusion = s.isNone() ? scratch.fusion.none()
          : onA ? scratch.fusion.diagonalOnA(s.doubles(), s.offset()) : scratch.fusion.diagonalOnC(s.doubles(), s.offset());
      DoubleKernels.BEST.gemm(m, n, k, a.tensor().doubles(), a.offset(), ars, acs, b.tensor().doubles(), b.offset(), brs, bcs,
          c.tensor().doubles(), c.offset(), cs, false, fusion, scratch);
    }
  }

  /// Y = diag(s)·X: row i times s_i. `y` may be `x`.
  ///
  /// @param x contiguous rows
  /// @param y contiguous rows
  /// @throws IllegalArgumentException if sizes, precisions or strides do not fit
  public static void scaleRows(Tensor s, Matrix x, Matrix y) {
    requireRows(x, y, "scaleRows");
    Precision precision = y.tensor().precision();
    requireDiagonal(s, x.rows(), precision, "scaleRows");
    for (int row = 0; row < x.rows(); row++) {
      int from = x.offset() + row * x.rowStride();
      int to = y.offset() + row * y.rowStride();
      if (precision == Precision.FLOAT) {
        float factor = s.isNone() ? 1 : s.floats()[s.offset() + row];
        FloatKernels.BEST.scale(x.columns(), factor, x.tensor().floats(), from, y.tensor().floats(), to);
      } else {
        double factor = s.isNone() ? 1 : s.doubles()[s.offset() + row];
        DoubleKernels.BEST.scale(x.columns(), factor, x.tensor().doubles(), from, y.tensor().doubles(), to);
      }
    }
  }

  /// Y = X·diag(s): column j times s_j. `y` may be `x`.
  ///
  /// @param x contiguous rows
  /// @param y contiguous rows
  /// @throws IllegalArgumentException if sizes, precisions or strides do not fit
  public static void scaleColumns(Matrix x, Tensor s, Matrix y) {
    requireRows(x, y, "scaleColumns");
    Precision precision = y.tensor().precision();
    requireDiagonal(s, x.columns(), precision, "scaleColumns");
    for (int row = 0; row < x.rows(); row++) {
      int from = x.offset() + row * x.rowStride();
      int to = y.offset() + row * y.rowStride();
      if (s.isNone() && precision == Precision.FLOAT) {
        FloatKernels.BEST.scale(x.columns(), 1, x.tensor().floats(), from, y.tensor().floats(), to);
      } else if (s.isNone()) {
        DoubleKernels.BEST.scale(x.columns(), 1, x.tensor().doubles(), from, y.tensor().doubles(), to);
      } else if (precision == Precision.FLOAT) {
        FloatKernels.BEST.product(x.columns(), s.floats(), s.offset(), x.tensor().floats(), from, y.tensor().floats(), to);
      } else {
        DoubleKernels.BEST.product(x.columns(), s.doubles(), s.offset(), x.tensor().doubles(), from, y.tensor().doubles(), to);
      }
    }
  }

  /// Y = X, rows in one piece becoming columns in one piece or the other way round. Must not overlap.
  ///
  /// @throws IllegalArgumentException if sizes, precisions or strides do not fit
  public static void turn(Matrix x, Matrix y) {
    boolean toColumns = x.hasContiguousRows() && y.hasContiguousColumns();
    boolean toRows = x.hasContiguousColumns() && y.hasContiguousRows();
    if (x.rows() != y.rows() || x.columns() != y.columns() || !toColumns && !toRows
        || x.tensor().precision() != y.tensor().precision()) {
      throw new IllegalArgumentException("MatrixOps.turn: x is " + x.tensor().describe() + " read as " + x + ", y is "
          + y.tensor().describe() + " read as " + y + ", expected the same sizes and precision, rows of one and columns of the other contiguous");
    }
    if (toColumns) {
      transpose(x.rows(), x.columns(), x, x.rowStride(), y, y.columnStride());
    } else {
      transpose(x.columns(), x.rows(), x, x.columnStride(), y, y.rowStride());
    }
  }

  private static void transpose(int rows, int columns, Matrix x, int xs, Matrix y, int ys) {
    if (x.tensor().precision() == Precision.FLOAT) {
      FloatKernels.BEST.transpose(rows, columns, x.tensor().floats(), x.offset(), xs, y.tensor().floats(), y.offset(), ys);
    } else {
      DoubleKernels.BEST.transpose(rows, columns, x.tensor().doubles(), x.offset(), xs, y.tensor().doubles(), y.offset(), ys);
    }
  }

  /// z = x ⊙ y, of diagonals' elements. `z` may be either.
  ///
  /// @throws IllegalArgumentException if sizes or precisions do not fit
  public static void multiply(Tensor x, Tensor y, Tensor z) {
    requireDiagonal(x, z.size(), z.precision(), "multiply");
    requireDiagonal(y, z.size(), z.precision(), "multiply");
    if (z.precision() == Precision.FLOAT) {
      FloatKernels.BEST.product(z.size(), x.floats(), x.offset(), y.floats(), y.offset(), z.floats(), z.offset());
    } else {
      DoubleKernels.BEST.product(z.size(), x.doubles(), x.offset(), y.doubles(), y.offset(), z.doubles(), z.offset());
    }
  }

  private static void requireProduct(Matrix a, Matrix b, Matrix c, String op) {
    if (a.columns() != b.rows() || a.rows() != c.rows() || b.columns() != c.columns()) {
      throw new IllegalArgumentException("MatrixOps." + op + ": a is " + a + ", b is " + b + ", c is " + c + ", expected m × k, k × n, m × n");
    }
  }

  private static void requireRows(Matrix x, Matrix y, String op) {
    if (x.rows() != y.rows() || x.columns() != y.columns() || !x.hasContiguousRows() || !y.hasContiguousRows()
        || x.tensor().precision() != y.tensor().precision()) {
      throw new IllegalArgumentException("MatrixOps." + op + ": x is " + x.tensor().describe() + " read as " + x + ", y is "
          + y.tensor().describe() + " read as " + y + ", expected the same sizes and precision, and contiguous rows");
    }
  }

  private static void requireDiagonal(Tensor s, int n, Precision precision, String op) {
    if (!s.isNone() && (s.size() != n || s.precision() != precision)) {
      throw new IllegalArgumentException("MatrixOps." + op + ": s is " + s.describe() + ", expected " + n + " elements of " + precision);
    }
  }
}
