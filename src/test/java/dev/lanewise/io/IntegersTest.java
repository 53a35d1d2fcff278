package dev.lanewise.io;

import static dev.lanewise.io.HandMade.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Integers beside weights take nothing until somebody asks for them by name, and then are what the file says.
class IntegersTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({
      "I64, 8, -9223372036854775808 9223372036854775807 -1 0",
      "U64, 8, -9223372036854775808 9223372036854775807 -1 0",
      "I32, 4, -2147483648 2147483647 -1 0",
      "U32, 4, 2147483648 2147483647 4294967295 0",
      "I16, 2, -32768 32767 -1 0",
      "U16, 2, 32768 32767 65535 0",
      "I8, 1, -128 127 -1 0",
      "U8, 1, 128 127 255 0",
      "BOOL, 1, 1 1 1 0",
  })
  void areReadAsTheyAre(String dtype, int bytes, String expected) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(4 * bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : new long[] {1L << 8 * bytes - 1, (1L << 8 * bytes - 1) - 1, -1, 0}) {
      for (int i = 0; i < bytes; i++) {
        data.put((byte) (value >> 8 * i));
      }
    }
    byte[] file = HandMade.file("{" + entry("n", dtype, "[2,2]", 0, 4L * bytes) + "}", data.array());
    Path path = Files.write(folder.resolve("file"), file);
    long[] values = List.of(expected.split(" ")).stream().mapToLong(Long::parseLong).toArray();
    Integers integers = new Integers(Shape.of(2, 2), values);
    assertEquals(integers, Safetensors.read(path, _ -> true, "n"::equals).integers("n"));
    assertEquals(integers, Safetensors.read(ByteBuffer.wrap(file), _ -> false, _ -> true).integers("n"));
    assertEquals(integers,
        Safetensors.read(new ByteArrayInputStream(file), _ -> false, _ -> true).integers("n"));
  }

  @Test
  void onlyThoseThatAreAskedFor() throws IOException {
    byte[] file = HandMade.file("{" + entry("a.n", "I32", "[1]", 0, 4) + "," + entry("a.m", "I32", "[1]", 4, 8) + ","
        + entry("a.w", "F32", "[1]", 8, 12) + "," + entry("a.q", "F8_E4M3", "[1]", 12, 13) + "}",
        new byte[] {3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0x40, 1});
    Safetensors read = Safetensors.read(ByteBuffer.wrap(file), _ -> true, name -> !name.equals("a.m"));
    assertEquals(3, read.integers("a.n").values()[0]);
    assertEquals(3, read.under("a.").integers("n").values()[0]);
    assertEquals(2, read.get("a.w").get(0));
    assertEquals(List.of("a.n", "a.m", "a.q"), List.copyOf(read.skipped().keySet()));
    assertRefused("no integers a.m but I32 [1], which the reader was not asked for, expected one of [a.n]",
        () -> read.integers("a.m"));
    assertRefused("no integers a.w but numbers with fractions [1]", () -> read.integers("a.w"));
    assertRefused("no integers a.q but F8_E4M3 [1]", () -> read.integers("a.q"));
    assertRefused("no integers b, expected one of [a.n]; read(path, wanted, integers) says which are read",
        () -> read.integers("b"));
    assertRefused("tensor a.n is I32 [1], expected F64", () -> read.get("a.n"));
    Safetensors alone = Safetensors.read(ByteBuffer.wrap(file), _ -> false, "a.n"::equals);
    assertEquals(List.of("a.n"), List.copyOf(alone.skipped().keySet()));
    String message = assertThrows(IllegalStateException.class, () -> alone.write(folder.resolve("x"))).getMessage();
    assertTrue(message.contains("[a.n] were skipped and would be lost"), message);
  }

  @Test
  void wrappersAreTakenOut() throws IOException {
    Safetensors file = Safetensors.read(ByteBuffer.wrap(HandMade.file(
        "{" + entry("module.n", "U8", "[1]", 0, 1) + "}", new byte[] {5})), _ -> true, _ -> true);
    assertEquals(5, file.from(Framework.PYTORCH).integers("n").values()[0]);
  }

  /// More than the buffer holds, so that a stream's array grows; and a stream is not taken at its word.
  @Test
  void streams() throws IOException {
    int many = 100_000;
    ByteBuffer data = ByteBuffer.allocate(2 * many).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < many; i++) {
      data.putShort((short) i);
    }
    byte[] file = HandMade.file("{" + entry("n", "U16", "[2,50000]", 0, 2L * many) + "}", data.array());
    long[] values = Safetensors.read(new ByteArrayInputStream(file), _ -> true, _ -> true).integers("n").values();
    for (int i = 0; i < many; i++) {
      assertEquals(i & 0xffff, values[i]);
    }
    byte[] short200KB = HandMade.file("{" + entry("n", "I8", "[2000000000]", 0, 2_000_000_000L) + "}", data.array());
    long before = THREADS.getCurrentThreadAllocatedBytes();
    String message = assertThrows(MalformedSafetensorsException.class,
        () -> Safetensors.read(new ByteArrayInputStream(short200KB), _ -> true, _ -> true)).getMessage();
    assertTrue(message.contains("ends within tensor n"), message);
    assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < 40L * short200KB.length);
  }

  @Test
  void longerThanAnArray() throws IOException {
    byte[] file = HandMade.file("{" + entry("n", "BOOL", "[65536,65536]", 0, 1L << 32) + "}");
    assertThrows(MalformedSafetensorsException.class,
        () -> Safetensors.read(new ByteArrayInputStream(file), _ -> true, _ -> true));
    Path path = folder.resolve("sparse");
    try (var sparse = new java.io.RandomAccessFile(path.toFile(), "rw")) {
      sparse.write(file);
      sparse.setLength(file.length + (1L << 32));
    }
    Safetensors read = Safetensors.read(path, _ -> true, _ -> true);
    assertRefused("no integers n but BOOL [65536, 65536]", () -> read.integers("n"));
    Files.delete(path);
  }

  @Test
  void valuesHaveTheirShape() {
    assertRefused("Integers: 3 values, expected 4 for [2, 2]", () -> new Integers(Shape.of(2, 2), new long[3]));
    Integers one = new Integers(Shape.of(1), new long[] {1});
    assertEquals(one, new Integers(Shape.of(1), new long[] {1}));
    assertEquals(one.hashCode(), new Integers(Shape.of(1), new long[] {1}).hashCode());
    assertNotEquals(one, new Integers(Shape.of(1), new long[] {2}));
    assertNotEquals(one, new Integers(Shape.of(1, 1), new long[] {1}));
    assertEquals("Integers [1]", one.toString());
  }

  private static void assertRefused(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }
}
