package dev.lanewise.onnx.format;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Files that are almost ONNX files: mutations of ones that are, each from its number alone.
///
/// Half of them change single bytes: bits, values, lengths, an end that is missing. The other half change fields
/// (their numbers and types, integers, bodies; some are left out, doubled, exchanged, taken from another file) and then
/// make the lengths around them right again, so that what is wrong is deep inside.
///
/// ```java
/// OnnxMutations.of(42).run(OnnxMutations.count(2_000), bytes -> Onnx.read(new ByteArrayInputStream(bytes)),
///     List.of(MalformedOnnxException.class, UnsupportedOnnxException.class));
/// ```
public final class OnnxMutations {

  /// How many of them are tried, as a property of the system: 10⁷ in a profile.
  public static final String COUNT = "lanewise.mutations";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_NANOSECONDS = 1_000_000_000L;
  private static final byte[] BYTES = {0, 1, 2, 8, 10, 0x12, 0x7F, (byte) 0x80, (byte) 0xFF};
  private static final long[] NUMBERS = {0, 1, 2, 3, 4, 64, 127, 128, 255, 256, 65_535, 65_536, Integer.MAX_VALUE - 8,
      Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1, 1L << 32, Long.MAX_VALUE, -1, -2, Integer.MIN_VALUE, Long.MIN_VALUE};

  private final long seed;
  private final List<File> files;

  private OnnxMutations(long seed, List<byte[]> files) {
    this.seed = seed;
    this.files = files.stream().map(File::of).toList();
  }

  /// Mutations of the networks in `src/test/resources/onnx`.
  public static OnnxMutations of(long seed) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (Path file : ExportedNetworksTest.files()) {
      files.add(Files.readAllBytes(file));
    }
    return of(seed, files);
  }

  /// Mutations of these files.
  public static OnnxMutations of(long seed, List<byte[]> files) {
    return new OnnxMutations(seed, files);
  }

  /// How many to try: as the property says, or `otherwise`.
  public static long count(long otherwise) {
    return Long.getLong(COUNT, otherwise);
  }

  /// What reads a file.
  public interface Reader {
    void read(byte[] file) throws Exception;
  }

  private record File(Field whole, List<Field> all) {

    static File of(byte[] bytes) {
      Field whole = Field.file(bytes);
      return new File(whole, whole.all());
    }
  }

  /// How a run went.
  ///
  /// @param read files that were read
  /// @param refused files that were refused by a documented exception
  public record Run(long read, long refused) {}

  /// Tries mutations 0 to `count`.
  ///
  /// @param documented by which a file may be refused
  /// @throws AssertionError if one is refused otherwise, takes over a second of its thread, or allocates over 64 MiB
  ///     beyond the file; the message has its bytes
  public Run run(long count, Reader reader, List<Class<? extends Exception>> documented) {
    return run(count, reader, documented, MOST_NANOSECONDS);
  }

  Run run(long count, Reader reader, List<Class<? extends Exception>> documented, long mostNanoseconds) {
    long read = 0;
    for (long index = 0; index < count; index++) {
      byte[] file = mutation(index);
      long allocated = THREADS.getCurrentThreadAllocatedBytes();
      long time = THREADS.getCurrentThreadCpuTime();
      try {
        reader.read(file);
        read++;
      } catch (Throwable thrown) {
        if (documented.stream().noneMatch(each -> each.isInstance(thrown))) {
          throw new AssertionError(text(index, file) + " ends in " + thrown, thrown);
        }
      }
      time = THREADS.getCurrentThreadCpuTime() - time;
      allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
      if (allocated > MOST_BYTES + file.length || time > mostNanoseconds) {
        throw new AssertionError(text(index, file) + " takes " + allocated + " bytes and " + time + " ns");
      }
    }
    return new Run(read, count - read);
  }

  private String text(long index, byte[] file) {
    return "mutation " + index + " of seed " + seed + ": " + HexFormat.of().formatHex(file);
  }

  /// The mutation of this number.
  public byte[] mutation(long index) {
    Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L ^ index * 0xBF58_476D_1CE4_E5B9L);
    File file = any(files, random);
    if (random.nextBoolean()) {
      byte[] changed = file.whole.bytes();
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        changed = byteChanged(changed, random);
      }
      return changed;
    }
    byte[] changed = fieldChanged(file, random);
    for (int left = random.nextInt(3); left > 0; left--) {
      changed = fieldChanged(File.of(changed), random);
    }
    return changed;
  }

  private byte[] byteChanged(byte[] file, Random random) {
    if (file.length == 0) {
      return file;
    }
    int at = random.nextInt(file.length);
    int length = 1 + random.nextInt(Math.min(file.length - at, 1 << random.nextInt(8)));
    byte[] changed = file.clone();
    switch (random.nextInt(8)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = BYTES[random.nextInt(BYTES.length)];
      case 2 -> changed[at] = (byte) random.nextInt();
      case 3 -> changed = Arrays.copyOf(file, at);
      case 4 -> changed = spliced(file, at, 0, Arrays.copyOfRange(file, at, at + length));
      case 5 -> changed = spliced(file, at, length, new byte[0]);
      case 6 -> {
        byte[] other = any(files, random).whole.bytes();
        int from = random.nextInt(other.length);
        changed = spliced(file, at, length, Arrays.copyOfRange(other, from, Math.min(other.length, from + length)));
      }
      default -> {
        Field field = any(Field.file(file).all(), random);
        boolean hasLength = field.isBlock();
        int from = hasLength ? field.lengthAt() : at;
        int to = hasLength ? field.from() : at + 1;
        changed = spliced(file, from, to - from, Field.varint(hasLength && random.nextBoolean()
            ? field.to() - field.from() + random.nextInt(-2, 3) : number(random)));
      }
    }
    return changed;
  }

  private byte[] fieldChanged(File file, Random random) {
    List<Field> all = file.all;
    if (all.size() == 1) {
      return byteChanged(file.whole.bytes(), random);
    }
    Field field = all.get(1 + random.nextInt(all.size() - 1));
    Field other = any(any(files, random).all, random);
    byte[] whole = field.whole();
    byte[] changed = switch (random.nextInt(9)) {
      case 0 -> new byte[0];
      case 1 -> Field.joined(whole, whole);
      case 2 -> other.whole();
      case 3 -> Field.joined(whole, other.whole());
      case 4 -> any(all, random).whole();
      case 5 -> field.withBody(byteChanged(field.body(), random));
      case 6 -> field.withBody(Arrays.copyOf(field.body(), random.nextInt(1 + 2 * field.body().length)));
      case 7 -> field.withTag(random.nextInt(4) == 0 ? random.nextInt(1, 30) : field.number(), random.nextInt(6));
      default -> field.isBlock() ? field.withBody(Field.varint(number(random))) : field.withBody(number(random));
    };
    return file.whole.replaced(field, changed);
  }

  private static long number(Random random) {
    return random.nextInt(4) == 0 ? random.nextLong() >>> random.nextInt(64) : NUMBERS[random.nextInt(NUMBERS.length)];
  }

  private static byte[] spliced(byte[] file, int at, int length, byte[] piece) {
    byte[] changed = new byte[file.length - length + piece.length];
    System.arraycopy(file, 0, changed, 0, at);
    System.arraycopy(piece, 0, changed, at, piece.length);
    System.arraycopy(file, at + length, changed, at + piece.length, file.length - at - length);
    return changed;
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
