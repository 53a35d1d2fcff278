package dev.lanewise;

import dev.lanewise.kernel.memory.DoubleArena;
import dev.lanewise.kernel.memory.FloatArena;
import java.util.Arrays;
import java.util.Objects;

/// A contiguous, row-major array of numbers: a shape over a part of one `float[]` or `double[]`.
///
/// A tensor is a view: it never copies the array it is made over, and reshaping or taking rows shares it. Element
/// (i₀, …, i_r) lies at `offset + ((i₀·d₁ + i₁)·d₂ + …)`.
///
/// [#none()] stands for an optional tensor: a tangent of zero, or a cotangent that is not wanted.
public final class Tensor {

  private static final Tensor NONE = new Tensor(Shape.of(0), null, null, 0);

  private final Shape shape;
  private final float[] floats;
  private final double[] doubles;
  private final int offset;

  private Tensor(Shape shape, float[] floats, double[] doubles, int offset) {
    this.shape = shape;
    this.floats = floats;
    this.doubles = doubles;
    this.offset = offset;
  }

  /// {@return no tensor: a tangent of zero, or a cotangent that is not wanted}
  public static Tensor none() {
    return NONE;
  }

  /// {@return a new tensor of zeros} It begins at a cache line where the collector allows. Its array may be shared:
  /// elements outside `offset()` to `offset() + size()` then belong to other tensors.
  public static Tensor zeros(Precision precision, Shape shape) {
    Objects.requireNonNull(precision, "precision");
    if (precision == Precision.FLOAT) {
      FloatArena.Room room = FloatArena.zeros(shape.size());
      return new Tensor(shape, room.array(), null, room.offset());
    }
    DoubleArena.Room room = DoubleArena.zeros(shape.size());
    return new Tensor(shape, null, room.array(), room.offset());
  }

  /// {@return a new tensor of zeros with these axes}
  public static Tensor zeros(Precision precision, int... dims) {
    return zeros(precision, Shape.of(dims));
  }

  /// {@return a view of `shape` over the whole of `array`}
  ///
  /// @throws IllegalArgumentException if the array is not exactly as long as the shape
  public static Tensor of(float[] array, int... dims) {
    return new Tensor(requireRange(array.length, 0, Shape.of(dims), true), array, null, 0);
  }

  /// {@return a view of `shape` over the whole of `array`}
  ///
  /// @throws IllegalArgumentException if the array is not exactly as long as the shape
  public static Tensor of(double[] array, int... dims) {
    return new Tensor(requireRange(array.length, 0, Shape.of(dims), true), null, array, 0);
  }

  /// {@return one sample, `[1, n]`, over `values`}
  public static Tensor row(float... values) {
    return of(values, 1, values.length);
  }

  /// {@return one sample, `[1, n]`, over `values`}
  public static Tensor row(double... values) {
    return of(values, 1, values.length);
  }

  /// {@return a view of `shape` over a part of `array` that begins at `offset`}
  ///
  /// @throws IllegalArgumentException if that part does not lie in the array
  public static Tensor view(float[] array, int offset, Shape shape) {
    return new Tensor(requireRange(array.length, offset, shape, false), array, null, offset);
  }

  /// {@return a view of `shape` over a part of `array` that begins at `offset`}
  ///
  /// @throws IllegalArgumentException if that part does not lie in the array
  public static Tensor view(double[] array, int offset, Shape shape) {
    return new Tensor(requireRange(array.length, offset, shape, false), null, array, offset);
  }

  /// @param isWhole whether nothing else may be in the array
  private static Shape requireRange(int length, int offset, Shape shape, boolean isWhole) {
    if (offset < 0 || offset > length - shape.size() || isWhole && length != shape.size()) {
      throw new IllegalArgumentException("Tensor " + shape + ": array has " + length + " elements, expected "
          + shape.size() + (isWhole ? "" : " from offset " + offset));
    }
    return shape;
  }

  /// {@return whether this is [#none()]}
  public boolean isNone() {
    return this == NONE;
  }

  /// {@return the number format}
  public Precision precision() {
    if (isNone()) {
      throw new IllegalArgumentException("Tensor.none(): has no precision, expected a tensor");
    }
    return floats != null ? Precision.FLOAT : Precision.DOUBLE;
  }

  /// {@return the axes}
  public Shape shape() {
    return shape;
  }

  /// {@return the number of elements}
  public int size() {
    return shape.size();
  }

  /// {@return the array that holds the elements, [#size()] of them from [#offset()] on; the rest may be other tensors'}
  ///
  /// @throws IllegalArgumentException if this tensor holds doubles
  public float[] floats() {
    if (floats == null) {
      throw new IllegalArgumentException("Tensor " + describe() + ": expected precision FLOAT");
    }
    return floats;
  }

  /// {@return the array that holds the elements, [#size()] of them from [#offset()] on; the rest may be other tensors'}
  ///
  /// @throws IllegalArgumentException if this tensor holds floats
  public double[] doubles() {
    if (doubles == null) {
      throw new IllegalArgumentException("Tensor " + describe() + ": expected precision DOUBLE");
    }
    return doubles;
  }

  /// {@return where in its array the first element lies}
  public int offset() {
    return offset;
  }

  /// {@return the element at flat, row-major position `position`, as a double}
  public double get(int position) {
    int at = offset + Objects.checkIndex(position, size());
    return floats != null ? floats[at] : doubles[at];
  }

  /// {@return the element of row `row` and column `column` of this tensor read as rows of its innermost axis}
  public double get(int row, int column) {
    return get(Objects.checkIndex(row, shape.rows()) * shape.last() + Objects.checkIndex(column, shape.last()));
  }

  /// Sets the element at flat, row-major position `position`, rounded to this tensor's precision.
  public void set(int position, double value) {
    int at = offset + Objects.checkIndex(position, size());
    if (floats != null) {
      floats[at] = (float) value;
    } else {
      doubles[at] = value;
    }
  }

  /// {@return the same elements under another shape of the same size; [#none()] stays what it is}
  public Tensor reshape(int... dims) {
    Shape other = Shape.of(dims);
    if (other.size() != size()) {
      throw new IllegalArgumentException("Tensor " + shape + ": read as " + other + ", expected as many elements");
    }
    return isNone() ? this : new Tensor(other, floats, doubles, offset);
  }

  /// {@return the view of `count` entries of the outermost axis, from `from` on}
  public Tensor slice(int from, int count) {
    Shape rest = shape.withoutFirst();
    Objects.checkFromIndexSize(from, count, shape.dim(0));
    return new Tensor(rest.prepend(count), floats, doubles, offset + from * rest.size());
  }

  /// {@return the view of `shape` over the elements from flat, row-major position `position` on}
  ///
  /// @throws IllegalArgumentException if they do not lie in this tensor
  public Tensor view(int position, Shape shape) {
    if (isNone() || position < 0 || position > size() - shape.size()) {
      throw new IllegalArgumentException(
          "Tensor " + describe() + ": expected to hold " + shape + " from position " + position + " on");
    }
    return new Tensor(shape, floats, doubles, offset + position);
  }

  /// Whether this is the view of shape `[leading, …rest]` over `whole`'s elements from `position` on.
  boolean isViewOf(Tensor whole, int position, int leading, Shape rest) {
    return floats == whole.floats && doubles == whole.doubles && offset == whole.offset + position
        && shape.is(leading, rest);
  }

  /// Sets every element to `value`.
  public void fill(double value) {
    if (!isNone()) {
      TensorKernels.fill(size(), value, this, 0);
    }
  }

  /// Overwrites the elements from flat position `position` on with all those of `source`, which has the same precision.
  public void copyFrom(Tensor source, int position) {
    Objects.checkFromIndexSize(position, source.size(), size());
    if (source.precision() != precision()) {
      throw source.refusal("Tensor.copyFrom", "source", precision().toString());
    }
    TensorKernels.copy(source.size(), source, 0, this, position);
  }

  /// Overwrites the elements with those of `source`, which has the same shape and precision.
  public void copyFrom(Tensor source) {
    source.require(precision(), shape, "Tensor.copyFrom", "source");
    copyFrom(source, 0);
  }

  /// {@return a new tensor with the same values, rounded where `precision` is the narrower}
  public Tensor to(Precision precision) {
    Tensor copy = zeros(precision, shape);
    for (int position = 0; position < size(); position++) {
      copy.set(position, get(position));
    }
    return copy;
  }

  /// {@return a new tensor with a copy of the elements}
  public Tensor copy() {
    return to(precision());
  }

  /// {@return the elements as doubles, row-major, in a new array}
  public double[] toDoubles() {
    double[] copy = new double[size()];
    Arrays.setAll(copy, this::get);
    return copy;
  }

  /// Checks this tensor's precision and shape; the message names both sides.
  ///
  /// @param owner the caller, named first in the message; its `toString` is called only on failure
  /// @param name what this tensor is to the owner
  /// @throws IllegalArgumentException if precision or shape differ
  public void require(Precision precision, Shape expected, Object owner, String name) {
    if (!shape.equals(expected) || isNone() || precision() != precision) {
      throw refusal(owner, name, precision + " " + expected);
    }
  }

  /// Checks this tensor's precision, and its shape `[leading, …rest]`. Allocates nothing unless it fails.
  ///
  /// @throws IllegalArgumentException if precision or shape differ
  public void require(Precision precision, int leading, Shape rest, Object owner, String name) {
    if (!shape.is(leading, rest) || precision() != precision) {
      throw refusal(owner, name, precision + " " + rest.prepend(leading));
    }
  }

  /// Checks a panel of tangents or cotangents: its precision, and the shape `[chunk, …rest]` for any chunk ≥ 1.
  ///
  /// @return the chunk
  /// @throws IllegalArgumentException if precision or shape differ
  public int requireChunk(Precision precision, Shape rest, Object owner, String name) {
    int chunk = shape.rank() == 0 ? 0 : shape.dim(0);
    if (chunk < 1 || isNone() || !shape.is(chunk, rest) || precision() != precision) {
      throw refusal(owner, name, precision + " [chunk, …" + rest + "]");
    }
    return chunk;
  }

  /// Checks that all elements are finite numbers.
  ///
  /// @throws IllegalArgumentException if one is infinite or NaN, naming its row (of the outermost axis) and its column
  public void requireFinite(Object owner, String name) {
    if (!RowOps.isFinite(this)) {
      throw RowOps.notFinite(this, owner, name);
    }
  }

  private IllegalArgumentException refusal(Object owner, String name, String expected) {
    return new IllegalArgumentException(owner + ": " + name + " is " + describe() + ", expected " + expected);
  }

  /// {@return precision and shape, for messages}
  public String describe() {
    return isNone() ? "none" : precision() + " " + shape;
  }

  /// Precision, shape, and the elements of a small tensor.
  @Override
  public String toString() {
    return isNone() || size() > 64 ? describe() : describe() + " " + Arrays.toString(toDoubles());
  }
}
