package dev.lanewise.onnx.format;

import dev.lanewise.Tensor;
import java.nio.ByteBuffer;

/// The elements of a tensor while it is read: room for all, filled from the front.
///
/// Bulk transfers through a view copy bits; element by element a NaN could lose its payload.
final class Elements {

  private final ElementType type;
  private final float[] floats;
  private final double[] doubles;
  private final long[] longs;
  private int filled;

  /// Room for `count` elements, whose data the caller has seen.
  Elements(ElementType type, int count) {
    this.type = type;
    this.doubles = type == ElementType.DOUBLE ? new double[count] : null;
    this.floats = type.isFloating() && doubles == null ? new float[count] : null;
    this.longs = type.isInteger() ? new long[count] : null;
  }

  /// Takes raw data: a whole number of elements, little-endian.
  void put(ByteBuffer raw) {
    int count = raw.remaining() / (type.bits() / Byte.SIZE);
    switch (type) {
      case FLOAT -> raw.asFloatBuffer().get(floats, filled, count);
      case DOUBLE -> raw.asDoubleBuffer().get(doubles, filled, count);
      case INT64, UINT64 -> raw.asLongBuffer().get(longs, filled, count);
      case FLOAT16, BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          floats[filled + i] = half(raw.getShort());
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          longs[filled + i] = integer(raw);
        }
      }
    }
    filled += count;
  }

  private long integer(ByteBuffer raw) {
    return switch (type) {
      case UINT8 -> Byte.toUnsignedLong(raw.get());
      case INT8 -> raw.get();
      case BOOL -> raw.get() == 0 ? 0 : 1;
      case UINT16 -> Short.toUnsignedLong(raw.getShort());
      case INT16 -> raw.getShort();
      case INT32 -> raw.getInt();
      case UINT32 -> Integer.toUnsignedLong(raw.getInt());
      default -> throw new AssertionError(type);
    };
  }

  private float half(short bits) {
    return type == ElementType.FLOAT16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << Short.SIZE);
  }

  /// Takes elements of a narrower type from a repeated field of integers.
  ///
  /// @throws FormatException if one is beyond that type's range
  void putIntegers(long[] values) throws FormatException {
    for (long value : values) {
      if (floats != null) {
        requireRange(value, Short.MIN_VALUE, 0xFFFF);
        floats[filled] = half((short) value);
      } else {
        longs[filled] = narrowed(value);
      }
      filled++;
    }
  }

  private long narrowed(long value) throws FormatException {
    return switch (type) {
      case INT64, UINT64 -> value;
      case INT32 -> (int) value; // An int32 of protobuf is the lower half.
      case BOOL -> value == 0 ? 0 : 1;
      case UINT8, UINT16, UINT32 -> requireRange(value, 0, (1L << type.bits()) - 1);
      case INT8, INT16 -> requireRange(value, -1L << type.bits() - 1, (1L << type.bits() - 1) - 1);
      default -> throw new AssertionError(type);
    };
  }

  private long requireRange(long value, long least, long most) throws FormatException {
    if (value < least || value > most) {
      throw new FormatException("has the value " + value + ", expected " + least + " to " + most);
    }
    return value;
  }

  /// {@return the elements, as a [TensorProto] has them}
  Object content(int... dims) {
    return longs != null ? longs : floats != null ? tensor(floats, dims) : tensor(doubles, dims);
  }

  /// {@return a tensor, which has an axis even where a file's has none}
  static Tensor tensor(float[] values, int... dims) {
    return dims.length == 0 ? Tensor.of(values, 1) : Tensor.of(values, dims);
  }

  /// {@return a tensor, which has an axis even where a file's has none}
  static Tensor tensor(double[] values, int... dims) {
    return dims.length == 0 ? Tensor.of(values, 1) : Tensor.of(values, dims);
  }
}
