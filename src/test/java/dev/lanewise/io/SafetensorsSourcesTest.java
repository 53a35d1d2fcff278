package dev.lanewise.io;

import static dev.lanewise.io.HandMade.entry;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same bytes are the same tensors or the same refusal, wherever they come from.
class SafetensorsSourcesTest {

  private static final int LARGE = 50_000; // More than the buffers hold, so that a stream's arrays grow.
  private static final byte[] SAMPLE = sample();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir
  Path folder;

  /// Where bytes may come from.
  private enum Origin {
    STREAM("InputStream: ") {
      @Override
      Safetensors read(byte[] bytes, Path folder) throws IOException {
        return Safetensors.read(new Trickle(bytes));
      }
    },
    BUFFER("ByteBuffer: ") {
      @Override
      Safetensors read(byte[] bytes, Path folder) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length + 7).put(3, bytes);
        buffer.position(3).limit(bytes.length + 3);
        Safetensors file = Safetensors.read(buffer.asReadOnlyBuffer().order(ByteOrder.BIG_ENDIAN));
        assertEquals(bytes.length, buffer.remaining());
        return file;
      }
    },
    PATH("/") {
      @Override
      Safetensors read(byte[] bytes, Path folder) throws IOException {
        return Safetensors.read(Files.write(folder.resolve("file"), bytes));
      }
    },
    ARCHIVE("/file: ") {
      @Override
      Safetensors read(byte[] bytes, Path folder) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("zip"), Map.of("create", true))) {
          return Safetensors.read(Files.write(zip.getPath("/file"), bytes));
        }
      }
    };

    private final String name;

    Origin(String name) {
      this.name = name;
    }

    abstract Safetensors read(byte[] bytes, Path folder) throws IOException;
  }

  /// A stream that gives few bytes at a time, says that it has none, and must not be closed.
  private static final class Trickle extends InputStream {

    private final ByteArrayInputStream bytes;

    Trickle(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] into, int from, int count) {
      return bytes.read(into, from, Math.min(count, 1_009));
    }

    @Override
    public void close() {
      throw new AssertionError("closed");
    }
  }

  private static byte[] sample() {
    ByteBuffer data = ByteBuffer.allocate(8 + 4 * LARGE + 2 + 8 * LARGE).order(ByteOrder.LITTLE_ENDIAN).putLong(42);
    for (int i = 0; i < LARGE; i++) {
      data.putFloat(i);
    }
    data.putShort((short) 0x3c00);
    for (int i = 0; i < LARGE; i++) {
      data.putDouble(-i);
    }
    // In the header's order last comes first in the data.
    return HandMade.file("{'__metadata__':{'k':'é'},"
        + entry("d", "F64", "[" + LARGE + "]", 4 * LARGE + 10, 12L * LARGE + 10) + ","
        + entry("h", "F16", "[]", 4 * LARGE + 8, 4 * LARGE + 10) + ","
        + entry("f", "F32", "[2," + LARGE / 2 + "]", 8, 4 * LARGE + 8) + ","
        + entry("n", "I64", "[]", 0, 8) + "}", data.array());
  }

  @Test
  void theSameTensors() throws IOException {
    for (Origin origin : Origin.values()) {
      Safetensors file = origin.read(SAMPLE, folder);
      assertEquals(List.of("d", "h", "f"), List.copyOf(file.tensors().keySet()), origin.name());
      assertEquals(Map.of("k", "é"), file.metadata());
      assertEquals(List.of("n"), List.copyOf(file.skipped().keySet()));
      assertEquals(1, file.get("h").get(0));
      assertEquals(LARGE / 2 - 1, file.get("f").get(0, LARGE / 2 - 1));
      double[] f = file.get("f").toDoubles();
      double[] d = file.get("d").toDoubles();
      for (int i = 0; i < LARGE; i++) {
        assertEquals(i, f[i]);
        assertEquals(-i, d[i]);
      }
    }
  }

  @Test
  void theSameRefusals() throws IOException {
    byte[] small = HandMade.file(
        "{" + entry("n", "I64", "[]", 0, 8) + "," + entry("a", "F32", "[2]", 8, 16) + "}", new byte[16]);
    for (Origin origin : Origin.values()) {
      for (int length = 0; length < small.length; length++) {
        assertFault(origin, "truncated", Arrays.copyOf(small, length));
      }
      assertFault(origin, "oversized: ", Arrays.copyOf(small, small.length + 1));
      assertFault(origin, "oversized: header of 100000001 bytes", withLength(100_000_001));
      assertFault(origin, "oversized: header of 18446744073709551615 bytes", withLength(-1));
      assertFault(origin, "truncated: header of 99999999 bytes, but only 8 follow", withLength(99_999_999));
      assertFault(origin, "truncated: header of 123 bytes, but only 8 follow", withLength('{'));
    }
  }

  private static byte[] withLength(long length) {
    return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  /// What a small tensor may set aside for others to come, in each precision: as much as the largest region of G1.
  private static final long SLABS = 64L << 20;

  /// Arrays of sixteen gigabytes on a stream's word would be an OutOfMemoryError; so would they where only their bytes
  /// are passed over.
  @Test
  void aStreamIsNotTakenAtItsWord() throws IOException {
    for (String dtype : List.of("F64", "I64")) {
      byte[] file = HandMade.file("{" + entry("a", dtype, "[2000000000]", 0, 16_000_000_000L) + "}", new byte[200_000]);
      long before = THREADS.getCurrentThreadAllocatedBytes();
      assertFault(Origin.STREAM, "truncated: ends within tensor ", file);
      assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before < SLABS + 2_000_000 + 4L * file.length);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "version https://git-lfs.github.com/spec/v1\\noid sha256:4665\\nsize 12345\\n | is a Git LFS pointer",
      "<!DOCTYPE html>\\n<html><head><title>404 | is an HTML page",
      "\\n <html lang='en'> | is an HTML page",
      "<!doctype HTML PUBLIC | is an HTML page",
      "\\u00ef\\u00bb\\u00bf<!DOCTYPE html> | is an HTML page",
      "<?xml version='1.0'?><Error><Code>AccessDenied | is an XML document",
      "{'metadata': {'total_size': 1}, 'weight_map': {}} | is JSON text without the 8 bytes of length before it",
      "PK\\u0003\\u0004\\u0000\\u0000\\u0008\\u0008\\u0000\\u0000"
          + " | is a ZIP archive, as PyTorch's own files and Keras's are",
      "\\u0080\\u0002\\u008a\\nl\\u00fc\\u009cF\\u00f9 j\\u00a8P | is a Python pickle",
      "\\u0089HDF\\r\\n\\u001a\\n\\u0000\\u0000 | is an HDF5 file, as Keras writes",
      "GGUF\\u0003\\u0000\\u0000\\u0000\\u0001 | is a GGUF file",
      "\\u001f\\u008b\\u0008\\u0000\\u0000\\u0000\\u0000\\u0000\\u0000\\u0003 | is compressed by gzip",
      "<html> | is an HTML page",
  })
  void whatIsSomethingElseIsCalledThat(String escaped, String what) throws IOException {
    byte[] bytes = unescaped(escaped).getBytes(StandardCharsets.ISO_8859_1);
    for (Origin origin : Origin.values()) {
      assertFault(origin, what, bytes);
    }
    byte[] long600KB = Arrays.copyOf(bytes, 600_000); // As long as gzip's first bytes say that a header is.
    assertFault(Origin.PATH, what, long600KB);
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      if (text.charAt(at) != '\\') {
        plain.append(text.charAt(at));
        continue;
      }
      at++;
      switch (text.charAt(at)) {
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        default -> {
          plain.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        }
      }
    }
    return plain.toString();
  }

  private void assertFault(Origin origin, String fault, byte[] bytes) {
    String message = assertThrows(MalformedSafetensorsException.class, () -> origin.read(bytes, folder),
        () -> origin + " of " + bytes.length + " bytes").getMessage();
    assertTrue(message.startsWith(origin.name), message);
    assertTrue(message.contains(fault), "found: " + message + "\nexpected: " + fault);
  }

  /// A pipe has no size, and is read to its end.
  @Test
  void aPipeIsAStream() throws Exception {
    Path pipe = folder.resolve("pipe");
    if (new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() != 0) {
      return;
    }
    Thread writer = Thread.ofPlatform().start(() -> {
      try {
        Files.write(pipe, SAMPLE);
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
    });
    double[] expected = Safetensors.read(ByteBuffer.wrap(SAMPLE)).get("f").toDoubles();
    assertArrayEquals(expected, Safetensors.read(pipe).get("f").toDoubles());
    writer.join();
  }
}
