package dev.lanewise.io;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/// The bytes of a safetensors file: the header's length in 8 bytes, the header, the data. All little-endian.
final class SafetensorsFile {

  private static final int BUFFER_BYTES = 1 << 16;

  private SafetensorsFile() {}

  /// Reads `path`. The file's real size is compared with what it says of itself before anything that large is allocated.
  static Safetensors read(Path path) throws IOException {
    String source = path.toString();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      int headerBytes = headerBytes(channel, size, source);
      ByteBuffer utf8 = ByteBuffer.allocate(headerBytes);
      readFully(channel, utf8, source);
      SafetensorsHeader header = SafetensorsHeader.parse(source, utf8.flip());
      long dataBegin = Long.BYTES + headerBytes;
      requireDataBytes(size - dataBegin, header.dataBytes(), source);
      ByteBuffer buffer = buffer();
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.entries()) {
        Tensor tensor = Tensor.zeros(entry.precision(), entry.shape());
        channel.position(dataBegin + entry.begin());
        fill(tensor, channel, buffer, source);
        tensors.put(entry.name(), tensor);
      }
      return new Safetensors(source, tensors, header.metadata());
    }
  }

  private static int headerBytes(FileChannel channel, long size, String source) throws IOException {
    if (size < Long.BYTES) {
      throw new MalformedSafetensorsException(source, "truncated: has " + size + " bytes, expected the header's length in the first 8");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, length, source);
    long headerBytes = length.getLong(0);
    if (headerBytes < 0 || headerBytes > SafetensorsHeader.MOST_BYTES) {
      throw new MalformedSafetensorsException(source, "oversized: header of " + Long.toUnsignedString(headerBytes)
          + " bytes, expected at most " + SafetensorsHeader.MOST_BYTES);
    }
    if (headerBytes > size - Long.BYTES) {
      throw new MalformedSafetensorsException(source, "truncated: header of " + headerBytes + " bytes, but only "
          + (size - Long.BYTES) + " follow");
    }
    return (int) headerBytes;
  }

  private static void requireDataBytes(long found, long expected, String source) throws MalformedSafetensorsException {
    if (found < expected) {
      throw new MalformedSafetensorsException(source, "truncated: has " + found + " bytes of data, expected " + expected);
    }
    if (found > expected) {
      throw new MalformedSafetensorsException(source, "oversized: " + (found - expected) + " bytes behind the data, expected none");
    }
  }

  private static void fill(Tensor tensor, FileChannel channel, ByteBuffer buffer, String source) throws IOException {
    int step = BUFFER_BYTES / tensor.precision().bytes();
    for (int from = 0; from < tensor.size(); from += step) {
      int count = Math.min(step, tensor.size() - from);
      readFully(channel, buffer.clear().limit(count * tensor.precision().bytes()), source);
      buffer.flip();
      // Bulk transfers through a view move bits; element by element a NaN could lose its payload.
      if (tensor.precision() == Precision.FLOAT) {
        buffer.asFloatBuffer().get(tensor.floats(), tensor.offset() + from, count);
      } else {
        buffer.asDoubleBuffer().get(tensor.doubles(), tensor.offset() + from, count);
      }
    }
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, String source) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new MalformedSafetensorsException(source, "truncated: became shorter while it was read");
      }
    }
  }

  /// Writes a file beside `path`, forces it to disk, and only then puts it in `path`'s place: whatever happens in between,
  /// `path` holds the whole of the old content or the whole of the new.
  static void write(Safetensors content, Path path) throws IOException {
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    try (Draft draft = Draft.beside(target)) {
      writeTo(draft.channel(), content);
      draft.publish();
    }
  }

  private static void writeTo(FileChannel channel, Safetensors content) throws IOException {
    SafetensorsHeader header = SafetensorsHeader.of(content.tensors(), content.metadata());
    byte[] utf8 = header.encode();
    if (utf8.length > SafetensorsHeader.MOST_BYTES) {
      throw new IOException("Safetensors: header of " + utf8.length + " bytes, expected at most " + SafetensorsHeader.MOST_BYTES);
    }
    ByteBuffer buffer = buffer();
    writeFully(channel, buffer.putLong(utf8.length).flip());
    writeFully(channel, ByteBuffer.wrap(utf8));
    for (SafetensorsHeader.Entry entry : header.entries()) {
      channel.position(Long.BYTES + utf8.length + entry.begin());
      write(content.get(entry.name()), channel, buffer);
    }
  }

  private static void write(Tensor tensor, FileChannel channel, ByteBuffer buffer) throws IOException {
    int bytes = tensor.precision().bytes();
    int step = BUFFER_BYTES / bytes;
    for (int from = 0; from < tensor.size(); from += step) {
      int count = Math.min(step, tensor.size() - from);
      buffer.clear();
      if (tensor.precision() == Precision.FLOAT) {
        buffer.asFloatBuffer().put(tensor.floats(), tensor.offset() + from, count);
      } else {
        buffer.asDoubleBuffer().put(tensor.doubles(), tensor.offset() + from, count);
      }
      writeFully(channel, buffer.limit(count * bytes));
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }
}
