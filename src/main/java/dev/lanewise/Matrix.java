package dev.lanewise;

/// A matrix in a tensor's memory with any strides: element (i, j) lies `position + i·rowStride + j·columnStride`
/// elements after the tensor's first. For operators that multiply blocks, transposes and samples of panels without
/// copying them.
///
/// A matrix is made with its geometry and without a tensor. The geometry stays; [#over] and [#moveTo] point the same
/// matrix at other memory, for loops that must not allocate. [MatrixOps] works on matrices.
public final class Matrix {

  private final int rows;
  private final int columns;
  private final int rowStride;
  private final int columnStride;
  private int position;
  private Tensor tensor = Tensor.none();

  /// A matrix of this geometry, without a tensor yet.
  ///
  /// @throws IllegalArgumentException for a negative size, stride or position
  public Matrix(int rows, int columns, int position, int rowStride, int columnStride) {
    if (rows < 0 || columns < 0 || position < 0 || rowStride < 0 || columnStride < 0) {
      throw new IllegalArgumentException("Matrix: " + rows + " × " + columns + " from " + position + " by strides "
          + rowStride + " and " + columnStride + ", expected all of them at least 0");
    }
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
    this.position = position;
  }

  /// {@return the whole of `tensor` as rows of its innermost axis}
  public static Matrix of(Tensor tensor) {
    return rowMajor(tensor.shape().rows(), tensor.shape().last()).over(tensor);
  }

  /// {@return a matrix with contiguous rows, without a tensor yet}
  public static Matrix rowMajor(int rows, int columns) {
    return new Matrix(rows, columns, 0, columns, 1);
  }

  /// {@return a matrix with contiguous columns, without a tensor yet: a panel of tangents, each of which is a column of
  /// a Jacobian}
  public static Matrix columnMajor(int rows, int columns) {
    return new Matrix(rows, columns, 0, 1, rows);
  }

  /// {@return this matrix over `tensor` from now on}
  ///
  /// @throws IllegalArgumentException if its last element would lie after the tensor's
  public Matrix over(Tensor tensor) {
    requireRoom(tensor, position);
    this.tensor = tensor;
    return this;
  }

  /// {@return this matrix with its first element at `position` from now on}
  ///
  /// @throws IllegalArgumentException if its last element would lie after the tensor's
  public Matrix moveTo(int position) {
    if (!tensor.isNone()) {
      requireRoom(tensor, position);
    }
    this.position = position;
    return this;
  }

  private void requireRoom(Tensor tensor, int position) {
    long last = position + (long) Math.max(0, rows - 1) * rowStride + (long) Math.max(0, columns - 1) * columnStride;
    if (position < 0 || rows > 0 && columns > 0 && last >= tensor.size()) {
      throw new IllegalArgumentException("Matrix " + this + ": first element at " + position + " and last at " + last
          + " of a tensor of " + tensor.size() + ", expected all of it inside");
    }
  }

  /// {@return the number of rows}
  public int rows() {
    return rows;
  }

  /// {@return the number of columns}
  public int columns() {
    return columns;
  }

  /// {@return the memory}
  public Tensor tensor() {
    return tensor;
  }

  /// The index of the first element in the tensor.
  int position() {
    return position;
  }

  int rowStride() {
    return rowStride;
  }

  int columnStride() {
    return columnStride;
  }

  /// Whether rows are contiguous.
  boolean hasContiguousRows() {
    return columnStride == 1 || columns <= 1;
  }

  /// Whether columns are contiguous.
  boolean hasContiguousColumns() {
    return rowStride == 1 || rows <= 1;
  }

  /// Sizes and strides.
  @Override
  public String toString() {
    return rows + " × " + columns + " by strides " + rowStride + " and " + columnStride;
  }
}
