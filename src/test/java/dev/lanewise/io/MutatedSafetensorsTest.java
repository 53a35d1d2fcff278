package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that is cut off or has changed bytes is read, or refused by name.
class MutatedSafetensorsTest {

  private static final byte[] SAMPLE = writtenSample();

  @TempDir
  Path folder;

  @Test
  void truncationAtEveryByteIsRefused() throws IOException {
    byte[] whole = sample();
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      String message = assertThrows(MalformedSafetensorsException.class, () -> read(part),
          "cut to " + length + " bytes").getMessage();
      assertTrue(message.contains("truncated"), message);
    }
    assertEquals(3, read(whole).tensors().size());
  }

  /// Each byte of length and header replaced by each other value, in turn or at random: a valid reading or a named
  /// fault.
  @Test
  void everyChangedByteIsReadOrRefused() throws IOException {
    byte[] whole = sample();
    Path path = folder.resolve("changed.safetensors");
    Files.write(path, whole);
    int refused = 0;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      for (int at = 0; at < headerEnd(whole); at++) {
        for (byte changed : new byte[] {0, ' ', '"', '\\', '{', '}', '[', ']', ',', ':', '-', '0', '9', 'x',
            (byte) 0x80, (byte) 0xff}) {
          file.seek(at);
          file.write(changed);
          refused += isRefused(path) ? 1 : 0;
        }
        file.seek(at);
        file.write(whole[at]);
      }
    }
    assertTrue(refused > 8 * headerEnd(whole), "only " + refused + " refused");
  }

  @Property
  void severalChangedBytesAreReadOrRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int changes)
      throws IOException {
    Random random = new Random(seed);
    byte[] bytes = sample();
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(headerEnd(bytes));
      bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : bytes[8 + random.nextInt(headerEnd(bytes) - 8)];
      if (headerEnd(bytes) <= 8 || headerEnd(bytes) > bytes.length) {
        break;
      }
    }
    Path path = Files.createTempFile("changed", ".safetensors");
    try {
      Files.write(path, bytes);
      isRefused(path);
    } finally {
      Files.delete(path);
    }
  }

  private static boolean isRefused(Path path) throws IOException {
    try {
      Safetensors.read(path);
      return false;
    } catch (MalformedSafetensorsException expected) {
      assertTrue(expected.getMessage().startsWith(path + ": "), expected.getMessage());
      return true;
    }
  }

  private static int headerEnd(byte[] bytes) {
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return Math.clamp(8 + length, 0, Integer.MAX_VALUE);
  }

  /// A file of three tensors, made once: writing forces it to disk, which takes its time.
  private static byte[] sample() {
    return SAMPLE.clone();
  }

  private static byte[] writtenSample() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("0.weight", Tensor.zeros(Precision.FLOAT, 2, 3));
    tensors.put("0.bias", Tensor.zeros(Precision.DOUBLE, 2));
    tensors.put("scalar", Tensor.zeros(Precision.FLOAT));
    try {
      Path path = Files.createTempFile("sample", ".safetensors");
      Safetensors.of(tensors, Map.of("key", "é")).write(path);
      byte[] bytes = Files.readAllBytes(path);
      Files.delete(path);
      return bytes;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Safetensors read(byte[] bytes) throws IOException {
    return Safetensors.read(Files.write(folder.resolve("case.safetensors"), bytes));
  }
}
