package dev.lanewise.io;

import dev.lanewise.Shape;
import java.util.Arrays;
import java.util.Objects;

/// A tensor of integers or booleans, such as a file's indices, masks and counts.
///
/// | `dtype`                   | in `values`                                                              |
/// |---------------------------|--------------------------------------------------------------------------|
/// | `I64`, `I32`, `I16`, `I8` | the number                                                               |
/// | `U32`, `U16`, `U8`        | the number                                                               |
/// | `U64`                     | its 64 bits; [Long#toUnsignedString(long)] prints those above 2⁶³ − 1    |
/// | `BOOL`                    | 1 for true, which is any byte but 0, and 0 for false                     |
///
/// @param shape the axes
/// @param values the elements, row-major; shared, not copied
public record Integers(Shape shape, long[] values) {

  /// @throws IllegalArgumentException if there are not as many values as the shape has places
  public Integers {
    Objects.requireNonNull(shape, "shape");
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "Integers: " + values.length + " values, expected " + shape.size() + " for " + shape);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Integers that && shape.equals(that.shape) && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  /// For example `Integers [2, 3]`.
  @Override
  public String toString() {
    return "Integers " + shape;
  }
}
