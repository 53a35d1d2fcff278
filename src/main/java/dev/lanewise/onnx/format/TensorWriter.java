package dev.lanewise.onnx.format;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Writes a `TensorProto`, its elements as raw data.
///
/// A float is rounded to 16 bits to the nearest, ties to even.
final class TensorWriter implements WireWriter.Payload {

  private final ElementType type;
  private final int count;
  private final Tensor numbers;
  private final long[] integers;

  private TensorWriter(TensorProto tensor) {
    type = tensor.type();
    numbers = type.isFloating() ? tensor.numbers() : null;
    integers = type.isInteger() ? tensor.integers() : null;
    count = numbers == null ? integers.length : numbers.size();
  }

  /// @throws IllegalArgumentException if its elements were not read, or are not what its type and dims say
  static WireWriter message(TensorProto tensor) {
    require(tensor);
    WireWriter message = new WireWriter();
    for (int dim : tensor.dims()) {
      message.varint(1, dim);
    }
    message.varint(2, tensor.type().number());
    message.textUnlessEmpty(8, tensor.name());
    message.payload(9, new TensorWriter(tensor));
    return message;
  }

  private static void require(TensorProto tensor) {
    ElementType type = tensor.type();
    Object content = tensor.content();
    if (type.isFloating()) {
      Precision expected = type == ElementType.DOUBLE ? Precision.DOUBLE : Precision.FLOAT;
      require(tensor, content instanceof Tensor numbers && !numbers.isNone() && numbers.precision() == expected,
          expected + " numbers");
      requireCount(tensor, tensor.numbers().size());
    } else {
      require(tensor, type.isInteger() && content instanceof long[], "numbers that were read");
      requireCount(tensor, tensor.integers().length);
      for (long integer : tensor.integers()) {
        require(tensor, holds(type, integer), "no " + integer);
      }
    }
  }

  private static void requireCount(TensorProto tensor, int found) {
    long expected = 1;
    for (int dim : tensor.dims()) {
      require(tensor, dim >= 0, "no negative axis");
      expected = Math.min(expected, Integer.MAX_VALUE) * dim; // Inexact only beyond the size of any array.
    }
    require(tensor, found == expected, "another number of elements than " + found);
  }

  private static void require(TensorProto tensor, boolean holds, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("Tensor " + Excerpt.of(tensor.name()) + " " + tensor.type() + " "
          + Arrays.toString(tensor.dims()) + ": expected " + expected);
    }
  }

  private static boolean holds(ElementType type, long integer) {
    int bits = type.bits();
    return switch (type) {
      case INT64, UINT64 -> true;
      case BOOL -> integer == 0 || integer == 1;
      case UINT8, UINT16, UINT32 -> integer >>> bits == 0;
      default -> integer >> bits - 1 == integer >> Long.SIZE - 1;
    };
  }

  @Override
  public long bytes() {
    return type.bytes(count);
  }

  @Override
  public void put(long fromByte, ByteBuffer buffer) {
    int bytes = type.bits() / Byte.SIZE;
    int from = (int) (fromByte / bytes);
    int to = (int) Math.min(count, from + (long) buffer.remaining() / bytes);
    int size = to - from;
    switch (type) {
      case FLOAT -> {
        buffer.asFloatBuffer().put(numbers.floats(), numbers.offset() + from, size);
        buffer.position(buffer.position() + size * bytes);
      }
      case DOUBLE -> {
        buffer.asDoubleBuffer().put(numbers.doubles(), numbers.offset() + from, size);
        buffer.position(buffer.position() + size * bytes);
      }
      case FLOAT16, BFLOAT16 -> {
        for (int i = from; i < to; i++) {
          float value = numbers.floats()[numbers.offset() + i];
          buffer.putShort(type == ElementType.FLOAT16 ? Float.floatToFloat16(value) : upperHalf(value));
        }
      }
      default -> {
        for (int i = from; i < to; i++) {
          putInteger(integers[i], buffer);
        }
      }
    }
  }

  private void putInteger(long integer, ByteBuffer buffer) {
    switch (type.bits()) {
      case Byte.SIZE -> buffer.put((byte) integer);
      case Short.SIZE -> buffer.putShort((short) integer);
      case Integer.SIZE -> buffer.putInt((int) integer);
      default -> buffer.putLong(integer);
    }
  }

  /// The upper 16 bits, rounded. Rounding could turn a NaN into an infinity: there a bit is set instead.
  private static short upperHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int half = bits >>> Short.SIZE;
    if (Float.isNaN(value)) {
      return (short) ((half & 0x7F) == 0 ? half | 0x40 : half);
    }
    return (short) (bits + 0x7FFF + (half & 1) >>> Short.SIZE);
  }
}
