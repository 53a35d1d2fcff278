package dev.lanewise.onnx.format;

import dev.lanewise.file.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Writes one message of protobuf's wire format, field by field.
///
/// A message is preceded by its length, so it is kept until it is complete. Large data are not copied: only their place
/// is kept.
///
/// Source: [Protocol Buffers, Encoding](https://protobuf.dev/programming-guides/encoding/).
final class WireWriter {

  private static final int VARINT = 0;
  private static final int BLOCK = 2;
  private static final int FIXED_32 = 5;
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int MOST_VARINT_BYTES = 10;

  /// Data that are produced when they are written.
  interface Payload {

    /// {@return their number of bytes}
    long bytes();

    /// Puts bytes from `from` on, a multiple of 8, as many as are left and fit.
    void put(long from, ByteBuffer buffer);
  }

  /// What comes before `last`: arrays of bytes, and payloads.
  private final List<Object> before = new ArrayList<>();
  private byte[] last = new byte[32];
  private int used;
  private long size;

  /// {@return the number of bytes of all fields}
  long size() {
    return size;
  }

  void varint(int field, long value) {
    tag(field, VARINT);
    rawVarint(value);
  }

  void fixedFloat(int field, float value) {
    tag(field, FIXED_32);
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      add((byte) (bits >>> shift));
    }
  }

  /// @throws IllegalArgumentException if it is not valid Unicode
  void text(int field, String text) {
    byte[] utf8 = utf8(text);
    tag(field, BLOCK);
    rawVarint(utf8.length);
    add(utf8, utf8.length);
  }

  /// Writes a text unless it is empty.
  ///
  /// @throws IllegalArgumentException if it is not valid Unicode
  void textUnlessEmpty(int field, String text) {
    if (!text.isEmpty()) {
      text(field, text);
    }
  }

  private static byte[] utf8(String text) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      return Arrays.copyOf(utf8.array(), utf8.limit());
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("Text " + Excerpt.of(text) + " has a lone surrogate, expected Unicode");
    }
  }

  /// Writes a complete message, to which nothing more is added.
  void message(int field, WireWriter inner) {
    tag(field, BLOCK);
    rawVarint(inner.size);
    if (!inner.before.isEmpty()) {
      cut();
      before.addAll(inner.before);
      size += inner.size - inner.used;
    }
    add(inner.last, inner.used);
  }

  void payload(int field, Payload payload) {
    tag(field, BLOCK);
    rawVarint(payload.bytes());
    cut();
    before.add(payload);
    size += payload.bytes();
  }

  private void tag(int field, int wireType) {
    rawVarint((long) field << 3 | wireType);
  }

  private void rawVarint(long value) {
    reserve(MOST_VARINT_BYTES);
    long left = value;
    while ((left & ~0x7FL) != 0) {
      add((byte) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    add((byte) left);
  }

  private void add(byte b) {
    reserve(1);
    last[used] = b;
    used++;
    size++;
  }

  private void add(byte[] bytes, int count) {
    reserve(count);
    System.arraycopy(bytes, 0, last, used, count);
    used += count;
    size += count;
  }

  private void reserve(int more) {
    if (used + more > last.length) {
      last = Arrays.copyOf(last, Math.max(used + more, 2 * used));
    }
  }

  private void cut() {
    if (used > 0) {
      before.add(Arrays.copyOf(last, used));
      used = 0;
    }
  }

  /// Writes all fields.
  void writeTo(WritableByteChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (Object piece : before) {
      if (piece instanceof Payload payload) {
        for (long from = 0; from < payload.bytes(); from += buffer.limit()) {
          buffer.clear();
          payload.put(from, buffer);
          write(buffer.flip(), channel);
        }
      } else {
        write(ByteBuffer.wrap((byte[]) piece), channel);
      }
    }
    write(ByteBuffer.wrap(last, 0, used), channel);
  }

  private static void write(ByteBuffer bytes, WritableByteChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
