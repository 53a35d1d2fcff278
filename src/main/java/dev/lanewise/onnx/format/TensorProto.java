package dev.lanewise.onnx.format;

import dev.lanewise.Tensor;

/// Numbers in a file.
///
/// @param name may be empty
/// @param dims lengths of axes; none for a single number
/// @param content the elements: [Tensor], `long[]`, or null for types that are not read
public record TensorProto(String name, ElementType type, int[] dims, Object content) {

  /// {@return elements of a floating type, under their dims, `[1]` where there are none; FLOAT16 and BFLOAT16 as float}
  ///
  /// @throws ClassCastException unless the type [ElementType#isFloating]
  public Tensor numbers() {
    return (Tensor) content;
  }

  /// {@return elements of an integer type, row-major; a boolean as 0 or 1}
  ///
  /// @throws ClassCastException unless the type [ElementType#isInteger]
  public long[] integers() {
    return (long[]) content;
  }
}
