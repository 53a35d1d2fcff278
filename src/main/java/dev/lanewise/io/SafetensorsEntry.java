package dev.lanewise.io;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.util.Arrays;

/// A header's entry for one tensor: bytes `begin` to `end` of the data.
///
/// @param dtype the format's name of the element type
/// @param dims the axes, outermost first; not to be changed
record SafetensorsEntry(String name, String dtype, long[] dims, long begin, long end) {

  /// Checks that the bytes are as many as the elements take.
  static SafetensorsEntry of(JsonReader json, String name, String dtype, long[] dims, long[] offsets)
      throws MalformedSafetensorsException {
    SafetensorsHeader.Where where = new SafetensorsHeader.Where("tensor ", name, "");
    if (offsets.length != 2) {
      throw json.fault(where + ": data_offsets " + Arrays.toString(offsets) + " are " + offsets.length
          + " numbers, expected 2");
    }
    SafetensorsEntry entry = new SafetensorsEntry(name, dtype, dims, offsets[0], offsets[1]);
    long held = entry.end - entry.begin;
    if (held < 0) {
      throw json.fault(where + ": data_offsets " + Arrays.toString(offsets) + " end before they begin");
    }
    int bits = entry.type().bits();
    if (bits == 0) {
      return entry;
    }
    long needed = neededBytes(dims, bits);
    if (held != needed) {
      throw json.fault(where + ": data_offsets " + Arrays.toString(offsets) + " hold " + held + " bytes, expected "
          + (needed < 0 ? "more than a file has" : needed + "") + " for " + entry);
    }
    return entry;
  }

  /// The bytes that the elements take; −1 if a file cannot have so many.
  private static long neededBytes(long[] dims, int bits) {
    long neededBits = bits;
    for (long dim : dims) {
      if (dim == 0) {
        return 0;
      }
      neededBits = neededBits < 0 || dim > Long.MAX_VALUE / neededBits ? -1 : neededBits * dim;
    }
    return neededBits < 0 ? -1 : Math.ceilDiv(neededBits, 8);
  }

  static SafetensorsEntry of(String name, Tensor tensor, long begin) {
    long[] dims = Arrays.stream(tensor.shape().toArray()).asLongStream().toArray();
    Dtype dtype = tensor.precision() == Precision.DOUBLE ? Dtype.F64 : Dtype.F32;
    long end = begin + (long) tensor.size() * tensor.precision().bytes();
    return new SafetensorsEntry(name, dtype.name(), dims, begin, end);
  }

  Dtype type() {
    return Dtype.of(dtype);
  }

  /// Why this cannot become a [Tensor]; null where it can.
  String whyNotRead() {
    return type().precision() == null ? "expected F64, F32, F16 or BF16" : whyNotHeld();
  }

  /// Why this cannot become [Integers]; null where it can.
  String whyNoIntegers() {
    return type().isInteger() ? whyNotHeld() : "expected an integer type or BOOL";
  }

  private String whyNotHeld() {
    long size = 1;
    for (long dim : dims) {
      size = dim > Integer.MAX_VALUE ? dim : size * dim;
      if (size > Shape.LARGEST_ARRAY) {
        return "expected at most " + Shape.LARGEST_ARRAY + " elements";
      }
    }
    return null;
  }

  /// The shape, if an array can hold it.
  Shape shape() {
    int[] axes = new int[dims.length];
    for (int axis = 0; axis < axes.length; axis++) {
      axes[axis] = Math.toIntExact(dims[axis]);
    }
    return Shape.of(axes);
  }

  /// For example `I64 [2, 3]`.
  @Override
  public String toString() {
    return Excerpt.of(dtype) + " " + Arrays.toString(dims);
  }
}
