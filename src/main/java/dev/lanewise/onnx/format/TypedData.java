package dev.lanewise.onnx.format;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// The repeated fields of a `TensorProto`. One of them has its elements, unless they are raw or outside the file.
final class TypedData {

  private enum Field {
    FLOAT_DATA(4), INT32_DATA(5), INT64_DATA(7), DOUBLE_DATA(10), UINT64_DATA(11);

    static final Field[] ALL = values();

    private final int number;

    Field(int number) {
      this.number = number;
    }

    static Field of(ElementType type) {
      return switch (type) {
        case FLOAT -> FLOAT_DATA;
        case DOUBLE -> DOUBLE_DATA;
        case INT64 -> INT64_DATA;
        case UINT32, UINT64 -> UINT64_DATA;
        default -> INT32_DATA;
      };
    }

    Repeated<?> empty() {
      return switch (this) {
        case FLOAT_DATA -> new Repeated.Floats();
        case DOUBLE_DATA -> new Repeated.Doubles();
        case INT32_DATA, INT64_DATA, UINT64_DATA -> new Repeated.Longs();
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Made with the first field: a file may have very many tensors without one.
  private Map<Field, Repeated<?>> fields = Map.of();

  /// Takes field 4, 5, 7, 10 or 11.
  void read(WireReader tensor) throws FormatException {
    fields = fields.isEmpty() ? new EnumMap<>(Field.class) : fields;
    for (Field field : Field.ALL) {
      if (field.number == tensor.field()) {
        fields.computeIfAbsent(field, Field::empty).read(tensor);
      }
    }
  }

  private int count(Field field) {
    Repeated<?> numbers = fields.get(field);
    return numbers == null ? 0 : numbers.count();
  }

  /// Checks that there are none, as the elements are in `place`.
  void requireNone(String place) throws FormatException {
    for (Field field : Field.ALL) {
      if (count(field) > 0) {
        throw new FormatException("has both " + place + " and " + field + ", expected one of them");
      }
    }
  }

  /// {@return the elements}
  ///
  /// @param type floating or integer
  /// @param count how many the dims ask for
  /// @throws FormatException if they are fewer or more, in another type's field, or beyond the type's range
  Object content(ElementType type, int count, int... dims) throws FormatException {
    Field expected = Field.of(type);
    for (Field field : Field.ALL) {
      if (field != expected && count(field) > 0) {
        throw new FormatException("has " + field + ", expected " + expected);
      }
    }
    int found = count(expected);
    if (found != count) {
      throw new FormatException(found == 0 ? "has no data, expected " + count + " elements"
          : expected + " has " + found + " elements, expected " + count);
    }
    if (count == 0) {
      return new Elements(type, 0).content(dims);
    }
    return switch (fields.get(expected).toArray()) {
      case float[] numbers -> Elements.tensor(numbers, dims);
      case double[] numbers -> Elements.tensor(numbers, dims);
      case long[] integers when expected == Field.INT64_DATA -> integers;
      case long[] integers -> narrowed(integers, type, dims);
      default -> throw new AssertionError(expected);
    };
  }

  private static Object narrowed(long[] integers, ElementType type, int... dims) throws FormatException {
    Elements elements = new Elements(type, integers.length);
    elements.putIntegers(integers);
    return elements.content(dims);
  }
}
