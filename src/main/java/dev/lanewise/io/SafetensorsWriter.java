package dev.lanewise.io;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.file.Draft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/// Writes a safetensors file from front to back: the header's length in 8 bytes, the header, the data.
final class SafetensorsWriter {

  private static final int BUFFER_BYTES = 1 << 16;

  private SafetensorsWriter() {}

  static void write(Safetensors content, Path path) throws IOException {
    SafetensorsHeader header = SafetensorsHeader.of(content.tensors(), content.metadata());
    byte[] utf8 = header.encode();
    if (utf8.length > SafetensorsHeader.MOST_BYTES) {
      throw new IOException(path + ": header of " + utf8.length + " bytes, expected at most "
          + SafetensorsHeader.MOST_BYTES);
    }
    try (Draft draft = Draft.of(path)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      write(buffer.putLong(utf8.length).flip(), draft.channel());
      write(ByteBuffer.wrap(utf8), draft.channel());
      for (SafetensorsEntry entry : SafetensorsHeader.byPlace(header.entries().values())) {
        write(content.get(entry.name()), draft.channel(), buffer);
      }
      draft.publish();
    }
  }

  private static void write(Tensor tensor, WritableByteChannel channel, ByteBuffer buffer) throws IOException {
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
      write(buffer.limit(count * bytes), channel);
    }
  }

  private static void write(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
