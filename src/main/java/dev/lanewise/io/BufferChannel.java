package dev.lanewise.io;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// The bytes of a buffer, from its position on.
record BufferChannel(ByteBuffer bytes) implements ReadableByteChannel {

  @Override
  public int read(ByteBuffer into) {
    if (!bytes.hasRemaining()) {
      return -1;
    }
    int count = Math.min(bytes.remaining(), into.remaining());
    into.put(into.position(), bytes, bytes.position(), count);
    into.position(into.position() + count);
    bytes.position(bytes.position() + count);
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
