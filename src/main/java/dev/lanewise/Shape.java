package dev.lanewise;

import java.util.Arrays;
import java.util.Objects;

/// The sizes of a tensor's axes, outermost first: `[batch, features]`, `[batch, channel, height, width]`.
///
/// Immutable. An axis may be 0 long (the tensor is empty then); the number of elements must fit one Java array.
public final class Shape {

  /// The most elements that a shape may have: the longest array that every HotSpot build can allocate.
  public static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final int[] dims;
  private final int size;
  /// Kept, as every product asks for it.
  private final int rows;
  /// The axes after the outermost one, cached because every check asks for them; null before. Threads
  /// may race to set it.
  private Shape rest;

  private Shape(int[] dims) {
    this.dims = dims;
    long product = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException("Shape " + Arrays.toString(dims) + ": axis of length " + dim
            + ", expected 0 or more");
      }
      product = product == 0 ? 0 : Math.multiplyExact(product, dim);
      if (product > LARGEST_ARRAY) {
        throw new IllegalArgumentException(
            "Shape " + Arrays.toString(dims) + ": more elements than an array holds, expected at most "
            + LARGEST_ARRAY);
      }
    }
    this.size = (int) product;
    int outer = 1;
    for (int axis = 0; axis < dims.length - 1; axis++) {
      outer *= dims[axis];
    }
    this.rows = outer;
  }

  /// {@return a shape with these axis lengths, outermost first}
  ///
  /// @throws IllegalArgumentException for a negative length, or more elements than an array holds
  public static Shape of(int... dims) {
    return new Shape(Objects.requireNonNull(dims, "dims").clone());
  }

  /// {@return the number of axes}
  public int rank() {
    return dims.length;
  }

  /// {@return the length of axis `axis`, counted from the outermost, 0}
  public int dim(int axis) {
    return dims[axis];
  }

  /// {@return the length of the innermost axis: the features of a row} 1 for a shape without axes.
  public int last() {
    return dims.length == 0 ? 1 : dims[dims.length - 1];
  }

  /// {@return the number of elements: the product of all axes}
  public int size() {
    return size;
  }

  /// {@return the number of rows: the product of all axes except the innermost}
  public int rows() {
    return rows;
  }

  /// {@return this shape with one more, outermost, axis}
  public Shape prepend(int length) {
    int[] longer = new int[dims.length + 1];
    longer[0] = length;
    System.arraycopy(dims, 0, longer, 1, dims.length);
    return new Shape(longer);
  }

  /// {@return this shape without its outermost axis}
  public Shape withoutFirst() {
    if (dims.length == 0) {
      throw new IllegalArgumentException("Shape []: has no outermost axis to drop");
    }
    return new Shape(Arrays.copyOfRange(dims, 1, dims.length));
  }

  /// {@return this shape with its outermost axis replaced by one of `length`: another batch of the same samples}
  public Shape withFirst(int length) {
    return withoutFirst().prepend(length);
  }

  /// {@return whether this shape is `[leading, …rest]`} Allocates nothing.
  public boolean is(int leading, Shape rest) {
    return dims.length > 0 && dims[0] == leading && (rest != null && this.rest == rest || endsIn(rest));
  }

  private boolean endsIn(Shape rest) {
    boolean same = Arrays.equals(dims, 1, dims.length, rest.dims, 0, rest.dims.length);
    if (same) {
      this.rest = rest;
    }
    return same;
  }

  /// {@return whether this shape is the vector `[length]`} Allocates nothing.
  public boolean is(int length) {
    return dims.length == 1 && dims[0] == length;
  }

  /// {@return whether this shape is the matrix `[rows, columns]`} Allocates nothing.
  public boolean is(int rows, int columns) {
    return dims.length == 2 && dims[0] == rows && dims[1] == columns;
  }

  /// {@return the axis lengths, outermost first, in a new array}
  public int[] toArray() {
    return dims.clone();
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Shape that && Arrays.equals(dims, that.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /// For example `[32, 64]`.
  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
