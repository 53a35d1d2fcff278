package dev.lanewise;

/// Products and scalings of [Matrix] views, by which chains of Jacobians are multiplied out, and transposes.
///
/// | operation        | formula                      | shapes            |
/// |------------------|------------------------------|-------------------|
/// | [#times]         | C = A·diag(s)·B              | m×k, k, k×n, m×n  |
/// | [#timesScaled]   | C = diag(t)·A·B              | m, m×k, k×n, m×n  |
/// | [#scaleRows]     | Y = diag(s)·X                | m, m×n, m×n       |
/// | [#scaleColumns]  | Y = X·diag(s)                | n, m×n, m×n       |
/// | [#turn]          | Y = X                        | m×n, m×n          |
/// | [#transposeInto] | Y(j, column + i) = X(i, j)   | r×m, m×n          |
public final class MatrixOps {

  private MatrixOps() {}

  /// C = A·diag(s)·B, the diagonal applied in the product's own pass. C has contiguous rows or contiguous columns, A
  /// and B any strides.
  ///
  /// @param s k elements, or [Tensor#none()] for ones
  /// @param c overwritten; must not overlap the others
  /// @throws IllegalArgumentException if sizes, precisions or C's strides do not fit
  public static void times(Matrix a, Tensor s, Matrix b, Matrix c, Workspace ws) {
    requireProduct(a, b, c, "times");
    Precision precision = c.tensor().precision();
    requireDiagonal(s, a.columns(), precision, "times");
    if (c.hasContiguousRows()) {
      product(c.rows(), c.columns(), a.columns(), a, a.rowStride(), a.columnStride(),
          b, b.rowStride(), b.columnStride(), c, c.rowStride(), s, true, ws);
    } else if (c.hasContiguousColumns()) {
      product(c.columns(), c.rows(), a.columns(), b, b.columnStride(), b.rowStride(),
          a, a.columnStride(), a.rowStride(), c, c.columnStride(), s, true, ws);
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
  private static void product(int m, int n, int k, Matrix a, int ars, int acs, Matrix b, int brs, int bcs,
      Matrix c, int cs, Tensor s, boolean onA, Workspace ws) {
    if (s.isNone()) {
      TensorKernels.product(m, n, k, a.tensor(), a.position(), ars, acs, b.tensor(), b.position(), brs, bcs,
          c.tensor(), c.position(), cs, false, ws);
    } else {
      TensorKernels.scaledProduct(m, n, k, a.tensor(), a.position(), ars, acs, b.tensor(), b.position(), brs, bcs,
          c.tensor(), c.position(), cs, s, onA, ws);
    }
  }

  /// Y = diag(s)·X: row i times s_i. `y` may be `x`.
  ///
  /// @param x contiguous rows
  /// @param y contiguous rows
  /// @throws IllegalArgumentException if sizes, precisions or strides do not fit
  public static void scaleRows(Tensor s, Matrix x, Matrix y) {
    requireRows(x, y, "scaleRows");
    requireDiagonal(s, x.rows(), y.tensor().precision(), "scaleRows");
    TensorKernels.scaleRows(x.rows(), x.columns(), x.tensor(), x.position(), x.rowStride(),
        y.tensor(), y.position(), y.rowStride(), s);
  }

  /// Y = X·diag(s): column j times s_j. `y` may be `x`.
  ///
  /// @param x contiguous rows
  /// @param y contiguous rows
  /// @throws IllegalArgumentException if sizes, precisions or strides do not fit
  public static void scaleColumns(Matrix x, Tensor s, Matrix y) {
    requireRows(x, y, "scaleColumns");
    requireDiagonal(s, x.columns(), y.tensor().precision(), "scaleColumns");
    if (s.isNone()) {
      scaleRows(s, x, y);
    } else {
      TensorKernels.scaleColumns(x.rows(), x.columns(), x.tensor(), x.position(), x.rowStride(),
          y.tensor(), y.position(), y.rowStride(), s);
    }
  }

  /// Y = X, a copy from contiguous rows to contiguous columns, or from columns to rows. `x` and `y` must not overlap.
  ///
  /// @throws IllegalArgumentException if sizes, precisions or strides do not fit
  public static void turn(Matrix x, Matrix y) {
    boolean toColumns = x.hasContiguousRows() && y.hasContiguousColumns();
    boolean toRows = x.hasContiguousColumns() && y.hasContiguousRows();
    if (x.rows() != y.rows() || x.columns() != y.columns() || !toColumns && !toRows
        || x.tensor().precision() != y.tensor().precision()) {
      throw new IllegalArgumentException("MatrixOps.turn: x is " + x.tensor().describe() + " read as " + x + ", y is "
          + y.tensor().describe() + " read as " + y
          + ", expected the same sizes and precision, rows of one and columns of the other contiguous");
    }
    if (toColumns) {
      transpose(x.rows(), x.columns(), x, x.rowStride(), y, y.columnStride());
    } else {
      transpose(x.columns(), x.rows(), x, x.columnStride(), y, y.rowStride());
    }
  }

  private static void transpose(int rows, int columns, Matrix x, int xs, Matrix y, int ys) {
    TensorKernels.transpose(rows, columns, x.tensor(), x.position(), xs, y.tensor(), y.position(), ys);
  }

  /// Writes Xᵀ into the columns of Y from `column` on: Y(j, column + i) = X(i, j), with X read as `r` rows.
  ///
  /// @param x r×m
  /// @param y m×n with n ≥ column + r
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  public static void transposeInto(Tensor x, int r, Tensor y, int column) {
    int m = y.shape().rows();
    int n = y.shape().last();
    if (x.size() != (long) r * m || x.precision() != y.precision() || column < 0 || column > n - r) {
      throw new IllegalArgumentException("MatrixOps.transposeInto: x is " + x.describe() + " read as " + r
          + " rows, expected " + y.precision() + " with " + m + " columns, to become columns " + column + " to "
          + (column + r) + " of " + n);
    }
    TensorKernels.transpose(r, m, x, 0, m, y, column, n);
  }

  private static void requireProduct(Matrix a, Matrix b, Matrix c, String op) {
    if (a.columns() != b.rows() || a.rows() != c.rows() || b.columns() != c.columns()) {
      throw new IllegalArgumentException("MatrixOps." + op + ": a is " + a + ", b is " + b + ", c is " + c
          + ", expected m × k, k × n, m × n");
    }
  }

  private static void requireRows(Matrix x, Matrix y, String op) {
    if (x.rows() != y.rows() || x.columns() != y.columns() || !x.hasContiguousRows() || !y.hasContiguousRows()
        || x.tensor().precision() != y.tensor().precision()) {
      throw new IllegalArgumentException("MatrixOps." + op + ": x is " + x.tensor().describe() + " read as " + x
          + ", y is " + y.tensor().describe() + " read as " + y
          + ", expected the same sizes and precision, and contiguous rows");
    }
  }

  private static void requireDiagonal(Tensor s, int n, Precision precision, String op) {
    if (!s.isNone() && (s.size() != n || s.precision() != precision)) {
      throw new IllegalArgumentException("MatrixOps." + op + ": s is " + s.describe() + ", expected " + n
          + " elements of " + precision);
    }
  }
}
