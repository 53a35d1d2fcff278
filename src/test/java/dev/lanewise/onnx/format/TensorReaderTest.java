package dev.lanewise.onnx.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Elements are read from where they are, bit by bit, or refused where they are not what type and dims say.
class TensorReaderTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static TensorProto read(Wire tensor) throws IOException {
    return Protos.tensor(ByteBuffer.wrap(tensor.bytes()));
  }

  private static Wire tensor(ElementType type, long... dims) {
    Wire tensor = Wire.of();
    for (long dim : dims) {
      tensor.varint(1, dim);
    }
    return tensor.varint(2, type.number()).block(8, "w");
  }

  private static void assertFault(String message, Wire tensor) {
    assertEquals(message, assertThrows(FormatException.class, () -> read(tensor)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
      "UINT8, 0 255, 00FF", "INT8, 0 -1 -128 127, 00FF807F", "BOOL, 0 1 1, 000102",
      "UINT16, 255 65535, FF00FFFF", "INT16, 255 -1 -32768, FF00FFFF0080",
      "INT32, 1 -1 -2147483648, 01000000FFFFFFFF00000080", "UINT32, 1 4294967295, 01000000FFFFFFFF",
      "INT64, 1 -1, 0100000000000000FFFFFFFFFFFFFFFF", "UINT64, 1 -1, 0100000000000000FFFFFFFFFFFFFFFF",
  })
  void integersRawAndTyped(ElementType type, String values, String raw) throws IOException {
    long[] expected = Arrays.stream(values.split(" ")).mapToLong(Long::parseLong).toArray();
    byte[] bytes = HexFormat.of().parseHex(raw);
    assertArrayEquals(expected, read(tensor(type, expected.length).block(9, bytes)).integers());
    int field = switch (type) {
      case INT64 -> 7;
      case UINT32, UINT64 -> 11;
      default -> 5;
    };
    assertArrayEquals(expected, read(tensor(type, expected.length).packed(field, expected)).integers());
    Wire single = tensor(type, expected.length);
    for (long value : expected) {
      single.varint(field, value);
    }
    assertArrayEquals(expected, read(single).integers());
  }

  @Test
  void anInt32IsTheLowerHalf() throws IOException {
    assertArrayEquals(new long[] {-1, 0},
        read(tensor(ElementType.INT32, 2).packed(5, 0xFFFF_FFFFL, 1L << 32)).integers());
  }

  @Test
  void numbersRawAndTyped() throws IOException {
    byte[] floats = Wire.little(8).putInt(0x7F80_0001).putFloat(1.5f).array();
    for (Wire wire : new Wire[] {tensor(ElementType.FLOAT, 2, 1).block(9, floats),
        tensor(ElementType.FLOAT, 2, 1).block(4, floats)}) {
      TensorProto read = read(wire);
      assertEquals(Shape.of(2, 1), read.numbers().shape());
      assertEquals(0x7F80_0001, Float.floatToRawIntBits(read.numbers().floats()[0]));
      assertEquals(1.5f, read.numbers().floats()[1]);
    }
    assertArrayEquals(new float[] {1, 2},
        read(tensor(ElementType.FLOAT, 2).fixed(4, 1f).fixed(4, 2f)).numbers().floats());
    byte[] doubles = Wire.little(16).putLong(0x7FF0_0000_0000_0001L).putDouble(1.5).array();
    for (Wire wire : new Wire[] {tensor(ElementType.DOUBLE, 2).block(9, doubles),
        tensor(ElementType.DOUBLE, 2).block(10, doubles)}) {
      double[] read = read(wire).numbers().doubles();
      assertEquals(0x7FF0_0000_0000_0001L, Double.doubleToRawLongBits(read[0]));
      assertEquals(1.5, read[1]);
    }
    assertArrayEquals(new double[] {1, 2},
        read(tensor(ElementType.DOUBLE, 2).fixed(10, 1.0).fixed(10, 2.0)).numbers().doubles());
  }

  @Test
  void halvesRawAndTyped() throws IOException {
    byte[] float16 = Wire.little(8).putShort((short) 0x3E00).putShort((short) 0x8001).putShort((short) 0xFC00)
        .putShort((short) 0x7BFF).array();
    float[] expected = {1.5f, -0x1p-24f, Float.NEGATIVE_INFINITY, 65504};
    assertArrayEquals(expected, read(tensor(ElementType.FLOAT16, 4).block(9, float16)).numbers().floats());
    assertArrayEquals(expected,
        read(tensor(ElementType.FLOAT16, 4).packed(5, 0x3E00, 0x8001, 0xFC00, 0x7BFF)).numbers().floats());
    assertArrayEquals(expected,
        read(tensor(ElementType.FLOAT16, 4).packed(5, 0x3E00, -0x7FFF, -0x400, 0x7BFF)).numbers().floats());
    byte[] bfloat16 = Wire.little(4).putShort((short) 0x3FC0).putShort((short) 0xFF81).array();
    for (Wire wire : new Wire[] {tensor(ElementType.BFLOAT16, 2).block(9, bfloat16),
        tensor(ElementType.BFLOAT16, 2).packed(5, 0x3FC0, 0xFF81)}) {
      float[] read = read(wire).numbers().floats();
      assertEquals(1.5f, read[0]);
      assertEquals(0xFF81_0000, Float.floatToRawIntBits(read[1]));
    }
  }

  @Test
  void numbersWithoutAxesAndAxesWithoutNumbers() throws IOException {
    TensorProto single = read(tensor(ElementType.FLOAT).fixed(4, 3f));
    assertEquals(0, single.dims().length);
    assertEquals(Shape.of(1), single.numbers().shape());
    TensorProto none = read(tensor(ElementType.FLOAT, 2, 0, 3));
    assertEquals(Shape.of(2, 0, 3), none.numbers().shape());
    assertEquals(Precision.DOUBLE, read(tensor(ElementType.DOUBLE, 0).block(9, new byte[0])).numbers().precision());
    assertEquals(0, read(tensor(ElementType.INT64, 0)).integers().length);
    assertEquals(0, read(tensor(ElementType.UINT8, 0).block(5, new byte[0])).integers().length);
    assertArrayEquals(new int[] {2, 3}, read(Wire.of().packed(1, 2, 3).varint(2, 3).block(9, new byte[6])).dims());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 14, 15, 17, 20, 22, 23, 99, -1})
  void typesThatAreNotRead(int type) throws IOException {
    TensorProto read = read(Wire.of().varint(1, 7).varint(2, type).block(9, new byte[3]).block(6, "text"));
    assertNull(read.content());
    assertArrayEquals(new int[] {7}, read.dims());
    assertEquals(ElementType.of(type), read.type());
  }

  @Test
  void elementsThatAreTooFewOrTooMany() {
    assertFault("tensor w FLOAT [2, 3]: raw_data has 20 bytes, expected 24",
        tensor(ElementType.FLOAT, 2, 3).block(9, new byte[20]));
    assertFault("tensor w FLOAT []: raw_data has 8 bytes, expected 4", tensor(ElementType.FLOAT).block(9, new byte[8]));
    assertFault("tensor w FLOAT [0]: raw_data has 4 bytes, expected 0",
        tensor(ElementType.FLOAT, 0).block(9, new byte[4]));
    assertFault("tensor w FLOAT [2]: raw_data has 7 bytes, expected 8",
        tensor(ElementType.FLOAT, 2).block(9, new byte[7]));
    assertFault("tensor w FLOAT [2]: raw_data has 0 bytes, expected 8",
        tensor(ElementType.FLOAT, 2).block(9, new byte[0]));
    assertFault("tensor w FLOAT [2]: float_data has 1 elements, expected 2", tensor(ElementType.FLOAT, 2).fixed(4, 1f));
    assertFault("tensor w INT64 [1]: int64_data has 2 elements, expected 1",
        tensor(ElementType.INT64, 1).packed(7, 1, 2));
    assertFault("tensor w BOOL [3]: has no data, expected 3 elements", tensor(ElementType.BOOL, 3));
  }

  @Test
  void elementsInTwoPlacesOrTheWrongOne() {
    assertFault("tensor w FLOAT [1]: has both raw_data and float_data, expected one of them",
        tensor(ElementType.FLOAT, 1).block(9, new byte[4]).fixed(4, 1f));
    assertFault("tensor w FLOAT [1]: has both raw_data and uint64_data, expected one of them",
        tensor(ElementType.FLOAT, 1).block(9, new byte[4]).varint(11, 1));
    assertFault("tensor w FLOAT [1]: has double_data, expected float_data",
        tensor(ElementType.FLOAT, 1).fixed(10, 1.0));
    assertFault("tensor w INT8 [1]: has int64_data, expected int32_data", tensor(ElementType.INT8, 1).varint(7, 1));
    assertFault("tensor w UINT32 [1]: has int32_data, expected uint64_data",
        tensor(ElementType.UINT32, 1).varint(5, 1));
    assertFault("tensor w FLOAT [0]: has int64_data, expected float_data", tensor(ElementType.FLOAT, 0).varint(7, 1));
    assertFault("tensor w FLOAT [1]: is one of several segments, which are not read",
        tensor(ElementType.FLOAT, 1).block(9, new byte[4]).block(3, Wire.of().varint(1, 0)));
    assertFault("tensor w FLOAT [1]: has data_location 2, expected 0 or 1",
        tensor(ElementType.FLOAT, 1).block(9, new byte[4]).varint(14, 2));
  }

  @Test
  void valuesBeyondTheirType() {
    assertFault("tensor w UINT8 [1]: has the value 256, expected 0 to 255",
        tensor(ElementType.UINT8, 1).varint(5, 256));
    assertFault("tensor w UINT8 [1]: has the value -1, expected 0 to 255", tensor(ElementType.UINT8, 1).varint(5, -1));
    assertFault("tensor w INT8 [1]: has the value 128, expected -128 to 127",
        tensor(ElementType.INT8, 1).varint(5, 128));
    assertFault("tensor w INT16 [1]: has the value -32769, expected -32768 to 32767",
        tensor(ElementType.INT16, 1).varint(5, -32769));
    assertFault("tensor w UINT32 [1]: has the value 4294967296, expected 0 to 4294967295",
        tensor(ElementType.UINT32, 1).varint(11, 1L << 32));
    assertFault("tensor w FLOAT16 [1]: has the value 65536, expected -32768 to 65535",
        tensor(ElementType.FLOAT16, 1).varint(5, 65536));
  }

  @Test
  void dimsThatNoTensorHas() {
    assertFault("tensor w: dims [2, -1], expected each to be 0 to 2147483639", tensor(ElementType.FLOAT, 2, -1));
    assertFault("tensor w: dims [2147483640], expected each to be 0 to 2147483639",
        tensor(ElementType.FLOAT, 2147483640L));
    assertFault("tensor w: dims [4294967297], expected each to be 0 to 2147483639",
        tensor(ElementType.INT8, (1L << 32) + 1));
    String most = "has more elements than an array holds, expected at most 2147483639";
    assertFault("tensor w FLOAT [65536, 65536]: " + most,
        tensor(ElementType.FLOAT, 65536, 65536).block(9, new byte[4]));
    assertFault("tensor w FLOAT [65536, 65536, 0]: " + most, tensor(ElementType.FLOAT, 65536, 65536, 0));
    long[] large = new long[64];
    Arrays.fill(large, 2147483639L);
    assertFault("tensor w FLOAT " + Arrays.toString(large) + ": " + most, tensor(ElementType.FLOAT, large));
    assertFault("tensor w has 65 axes, expected at most 64", tensor(ElementType.FLOAT, new long[65]));
  }

  /// Two gigabytes of elements are promised, and none is there.
  @Test
  void nothingIsAllocatedOnTheFilesWord() {
    for (Wire wire : new Wire[] {tensor(ElementType.INT64, 200_000_000),
        tensor(ElementType.FLOAT, 500_000_000).fixed(4, 1f),
        tensor(ElementType.DOUBLE, 200_000_000).block(9, new byte[8])}) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertThrows(FormatException.class, () -> read(wire));
      assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 1 << 20);
    }
  }
}
