package dev.lanewise.onnx.format;

import java.util.Locale;

/// The repeated fields of a `TensorProto` of which one has its elements, unless they are raw or outside the file.
final class TypedData {

  private Repeated.Floats floats;
  private Repeated.Doubles doubles;
  private Repeated.Longs ints;
  private Repeated.Longs longs;
  private Repeated.Longs unsigned;

  /// Takes field 4, 5, 7, 10 or 11.
  void read(WireReader tensor) throws FormatException {
    switch (tensor.field()) {
      case 4 -> floats = Repeated.Floats.read(tensor, floats);
      case 5 -> ints = Repeated.Longs.read(tensor, ints);
      case 7 -> longs = Repeated.Longs.read(tensor, longs);
      case 10 -> doubles = Repeated.Doubles.read(tensor, doubles);
      case 11 -> unsigned = Repeated.Longs.read(tensor, unsigned);
      default -> throw new AssertionError(tensor.field());
    }
  }

  private enum Field {
    FLOAT_DATA, INT32_DATA, INT64_DATA, DOUBLE_DATA, UINT64_DATA;

    static final Field[] ALL = values();

    static Field of(ElementType type) {
      return switch (type) {
        case FLOAT -> FLOAT_DATA;
        case DOUBLE -> DOUBLE_DATA;
        case INT64 -> INT64_DATA;
        case UINT32, UINT64 -> UINT64_DATA;
        default -> INT32_DATA;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private int count(Field field) {
    return switch (field) {
      case FLOAT_DATA -> floats == null ? 0 : floats.count();
      case INT32_DATA -> ints == null ? 0 : ints.count();
      case INT64_DATA -> longs == null ? 0 : longs.count();
      case DOUBLE_DATA -> doubles == null ? 0 : doubles.count();
      case UINT64_DATA -> unsigned == null ? 0 : unsigned.count();
    };
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
    return switch (expected) {
      case FLOAT_DATA -> Elements.tensor(floats.toArray(), dims);
      case DOUBLE_DATA -> Elements.tensor(doubles.toArray(), dims);
      case INT64_DATA -> longs.toArray();
      case INT32_DATA -> narrowed(ints.toArray(), type, dims);
      case UINT64_DATA -> narrowed(unsigned.toArray(), type, dims);
    };
  }

  private static Object narrowed(long[] integers, ElementType type, int... dims) throws FormatException {
    Elements elements = new Elements(type, integers.length);
    elements.putIntegers(integers);
    return elements.content(dims);
  }
}
