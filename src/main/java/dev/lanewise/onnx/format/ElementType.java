package dev.lanewise.onnx.format;

/// The type of a tensor's elements, with ONNX's numbers (`TensorProto.DataType`).
public enum ElementType {
  UNDEFINED(0, 0),
  FLOAT(1, 32),
  UINT8(2, 8),
  INT8(3, 8),
  UINT16(4, 16),
  INT16(5, 16),
  INT32(6, 32),
  INT64(7, 64),
  STRING(8, 0),
  BOOL(9, 8),
  /// IEEE 754 binary16.
  FLOAT16(10, 16),
  DOUBLE(11, 64),
  UINT32(12, 32),
  UINT64(13, 64),
  COMPLEX64(14, 64),
  COMPLEX128(15, 128),
  /// The upper half of a float.
  BFLOAT16(16, 16),
  /// A type that is newer than this table, or smaller than a byte.
  OTHER(-1, 0);

  private final int number;
  private final int bits;

  ElementType(int number, int bits) {
    this.number = number;
    this.bits = bits;
  }

  /// {@return the type with this number; [#OTHER] for an unknown one}
  public static ElementType of(long number) {
    for (ElementType type : values()) {
      if (type.number == number && type != OTHER) {
        return type;
      }
    }
    return OTHER;
  }

  /// {@return ONNX's number}
  public int number() {
    return number;
  }

  /// {@return the bits of an element in raw data; 0 if unknown}
  public int bits() {
    return bits;
  }

  /// {@return the bytes of this number of elements in raw data; 0 if unknown}
  long bytes(int count) {
    return (long) count * (bits / Byte.SIZE);
  }

  /// {@return whether a float or a double holds each of its values}
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /// {@return whether a `long` holds its values; the largest of UINT64 as negative ones}
  public boolean isInteger() {
    return switch (this) {
      case UINT8, INT8, UINT16, INT16, INT32, INT64, BOOL, UINT32, UINT64 -> true;
      default -> false;
    };
  }
}
