package dev.lanewise.io;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import dev.lanewise.file.ForeignContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Reads a safetensors file from front to back: the header's length in 8 bytes, the header, the data.
///
/// No size in the header is trusted for an allocation. If the file's size is known, it is compared with the header; if
/// not, arrays grow with the bytes that have come.
final class SafetensorsReader {

  /// The size of a channel that does not say how long it is.
  static final long UNKNOWN = -1;

  private static final int BUFFER_BYTES = 1 << 16;
  private static final String LENGTH = "the header's length in the first 8";

  private final String source;
  private final ReadableByteChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  /// @param source what to name in errors
  /// @param size how many bytes the channel has, or [#UNKNOWN]
  SafetensorsReader(String source, ReadableByteChannel channel, long size) {
    this.source = source;
    this.channel = channel;
    this.size = size;
  }

  static Safetensors read(Path path, Predicate<String> wanted, Predicate<String> integers) throws IOException {
    boolean isFile = Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      long size = isFile ? channel.size() : UNKNOWN; // A pipe says that it has 0 bytes.
      return new SafetensorsReader(path.toString(), channel, size).read(wanted, integers);
    }
  }

  static Safetensors read(ByteBuffer bytes, Predicate<String> wanted, Predicate<String> integers)
      throws MalformedSafetensorsException {
    try {
      BufferChannel channel = new BufferChannel(bytes.duplicate());
      return new SafetensorsReader("ByteBuffer", channel, bytes.remaining()).read(wanted, integers);
    } catch (MalformedSafetensorsException malformed) {
      throw malformed;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// Reads the wanted tensors and integers, and keeps the entries that no [Tensor] can hold.
  Safetensors read(Predicate<String> wanted, Predicate<String> wantedIntegers) throws IOException {
    SafetensorsHeader header = header();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, Integers> integers = new LinkedHashMap<>();
    Map<String, SafetensorsEntry> skipped = new LinkedHashMap<>();
    for (SafetensorsEntry entry : header.entries().values()) {
      boolean readable = entry.whyNotRead() == null;
      boolean wantedAsIntegers = entry.whyNoIntegers() == null && wantedIntegers.test(entry.name());
      boolean isWanted = wantedAsIntegers || wanted.test(entry.name());
      if (readable && isWanted) {
        tensors.put(entry.name(), null); // So the tensors are in the header's order, not in that of the data.
      } else if (isWanted) {
        skipped.put(entry.name(), entry);
      }
      if (wantedAsIntegers) {
        integers.put(entry.name(), null);
      }
    }
    for (SafetensorsEntry entry : SafetensorsHeader.byPlace(header.entries().values())) {
      if (tensors.containsKey(entry.name())) {
        tensors.put(entry.name(), tensor(entry));
      } else if (integers.containsKey(entry.name())) {
        integers.put(entry.name(), integers(entry));
      } else {
        skip(entry.end() - entry.begin());
      }
    }
    requireEnd();
    return new Safetensors(new Content(source, tensors, header.metadata(), skipped, integers, Provenance.PYTORCH));
  }

  private SafetensorsHeader header() throws IOException {
    byte[] utf8 = header(headerBytes());
    if (utf8.length == 0 || utf8[0] != '{') {
      requireNotForeign(Long.BYTES); // The length of gzip's first bytes is no large one.
    }
    SafetensorsHeader header = SafetensorsHeader.parse(source, utf8);
    if (size != UNKNOWN) {
      requireDataBytes(size - Long.BYTES - utf8.length, header.dataBytes());
    }
    return header;
  }

  private int headerBytes() throws IOException {
    int count = read(buffer.clear().limit(Long.BYTES));
    if (count < Long.BYTES) {
      requireNotForeign(count);
      throw fault("truncated: has " + count + " bytes, expected " + LENGTH);
    }
    long headerBytes = buffer.getLong(0);
    boolean oversized = headerBytes < 0 || headerBytes > SafetensorsHeader.MOST_BYTES;
    boolean truncated = size != UNKNOWN && headerBytes > size - Long.BYTES;
    if (oversized || truncated) {
      requireNotForeign(count + read(buffer.limit(ForeignContent.BYTES)));
      throw fault(oversized ? "oversized: header of " + Long.toUnsignedString(headerBytes) + " bytes, expected at most "
          + SafetensorsHeader.MOST_BYTES
          : "truncated: header of " + headerBytes + " bytes, but only " + (size - Long.BYTES) + " follow");
    }
    return (int) headerBytes;
  }

  private void requireNotForeign(int count) throws MalformedSafetensorsException {
    byte[] first = Arrays.copyOf(buffer.array(), count);
    ForeignContent content = ForeignContent.of(first);
    boolean isJson = content == ForeignContent.JSON;
    // A length of 123 bytes begins with the byte of a brace, too.
    boolean isLength = isJson && new String(first, StandardCharsets.ISO_8859_1).lastIndexOf('\0', Long.BYTES - 1) >= 0;
    if (content != null && !isLength) {
      throw fault(content.what("save it as safetensors")
          + (isJson ? " without the 8 bytes of length before it, perhaps the index of a file in parts" : "")
          + "; expected " + LENGTH + " bytes");
    }
  }

  private byte[] header(int headerBytes) throws IOException {
    byte[] utf8 = new byte[size == UNKNOWN ? Math.min(headerBytes, BUFFER_BYTES) : headerBytes];
    for (int from = 0; true; utf8 = Arrays.copyOf(utf8, (int) Math.min(headerBytes, 2L * from))) {
      int count = read(ByteBuffer.wrap(utf8, from, utf8.length - from));
      from += count;
      if (from == headerBytes) {
        return utf8;
      }
      if (from < utf8.length) {
        requireNotForeign(Long.BYTES);
        throw fault("truncated: header of " + headerBytes + " bytes, but only " + from + " follow");
      }
    }
  }

  private void requireDataBytes(long found, long expected) throws MalformedSafetensorsException {
    if (found < expected) {
      throw fault("truncated: has " + found + " bytes of data, expected " + expected);
    }
    if (found > expected) {
      throw fault("oversized: " + (found - expected) + " bytes after the data, expected none");
    }
  }

  private Tensor tensor(SafetensorsEntry entry) throws IOException {
    Dtype dtype = entry.type();
    int elements = entry.shape().size();
    int bytes = dtype.bits() / Byte.SIZE;
    int step = BUFFER_BYTES / bytes;
    Tensor tensor = Tensor.zeros(dtype.precision(), size == UNKNOWN ? Math.min(elements, step) : elements);
    for (int from = 0; from < elements; from += step) {
      int count = Math.min(step, elements - from);
      readFully(buffer.clear().limit(count * bytes), entry.name());
      if (from + count > tensor.size()) {
        tensor = grown(tensor, (int) Math.min(elements, 2L * tensor.size()));
      }
      put(buffer.flip(), dtype, count, tensor, from);
    }
    return tensor.reshape(entry.shape().toArray());
  }

  private static Tensor grown(Tensor tensor, int elements) {
    Tensor larger = Tensor.zeros(tensor.precision(), elements);
    larger.copyFrom(tensor, 0);
    return larger;
  }

  private Integers integers(SafetensorsEntry entry) throws IOException {
    int bytes = entry.type().bits() / Byte.SIZE;
    int elements = entry.shape().size();
    int step = BUFFER_BYTES / bytes;
    long[] values = new long[size == UNKNOWN ? Math.min(elements, step) : elements];
    for (int from = 0; from < elements; from += step) {
      int count = Math.min(step, elements - from);
      readFully(buffer.clear().limit(count * bytes), entry.name());
      if (from + count > values.length) {
        values = Arrays.copyOf(values, (int) Math.min(elements, 2L * values.length));
      }
      buffer.flip();
      for (int i = 0; i < count; i++) {
        values[from + i] = integer(buffer, entry.type(), i);
      }
    }
    return new Integers(entry.shape(), values);
  }

  private static long integer(ByteBuffer bytes, Dtype dtype, int i) {
    return switch (dtype) {
      case I64, U64 -> bytes.getLong(Long.BYTES * i);
      case I32 -> bytes.getInt(Integer.BYTES * i);
      case U32 -> Integer.toUnsignedLong(bytes.getInt(Integer.BYTES * i));
      case I16 -> bytes.getShort(Short.BYTES * i);
      case U16 -> Short.toUnsignedLong(bytes.getShort(Short.BYTES * i));
      case I8 -> bytes.get(i);
      case U8 -> Byte.toUnsignedLong(bytes.get(i));
      case BOOL -> bytes.get(i) == 0 ? 0 : 1;
      default -> throw new AssertionError(dtype);
    };
  }

  /// Bulk transfers through a view move bits; element by element a NaN could lose its payload.
  private static void put(ByteBuffer bytes, Dtype dtype, int count, Tensor tensor, int from) {
    int to = tensor.offset() + from;
    switch (dtype) {
      case F64 -> bytes.asDoubleBuffer().get(tensor.doubles(), to, count);
      case F32 -> bytes.asFloatBuffer().get(tensor.floats(), to, count);
      case F16 -> {
        for (int i = 0; i < count; i++) {
          tensor.floats()[to + i] = Float.float16ToFloat(bytes.getShort(2 * i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < count; i++) {
          tensor.floats()[to + i] = Float.intBitsToFloat(bytes.getShort(2 * i) << Short.SIZE);
        }
      }
      default -> throw new AssertionError(dtype);
    }
  }

  private void skip(long bytes) throws IOException {
    if (size != UNKNOWN && channel instanceof SeekableByteChannel file) {
      file.position(file.position() + bytes);
      return;
    }
    for (long left = bytes; left > 0; left -= buffer.position()) {
      readFully(buffer.clear().limit((int) Math.min(left, BUFFER_BYTES)), "that is passed over");
    }
  }

  private void readFully(ByteBuffer into, String name) throws IOException {
    read(into);
    if (into.hasRemaining()) {
      throw fault("truncated: ends within tensor " + Excerpt.of(name));
    }
  }

  /// Reads as many bytes as are left and as there is room for.
  private int read(ByteBuffer into) throws IOException {
    int before = into.position();
    while (into.hasRemaining() && channel.read(into) >= 0) {
      continue;
    }
    return into.position() - before;
  }

  private void requireEnd() throws IOException {
    if (size == UNKNOWN && read(buffer.clear().limit(1)) > 0) {
      throw fault("oversized: continues after the data, expected its end");
    }
  }

  private MalformedSafetensorsException fault(String fault) {
    return new MalformedSafetensorsException(source, fault);
  }
}
