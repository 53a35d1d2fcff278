package dev.lanewise.onnx.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Reads one message of protobuf's wire format, field by field.
///
/// ```
/// while (message.next()) {
///   switch (message.field()) {
///     case 1 -> version = message.varint();
///     case 7 -> graph.read(message.message("GraphProto"));
///     default -> message.skip();
///   }
/// }
/// ```
///
/// A length is compared with the bytes that are left before it is used. Skipped fields are not parsed, so nesting goes
/// no deeper than the caller does.
///
/// Source: [Protocol Buffers, Encoding](https://protobuf.dev/programming-guides/encoding/).
final class WireReader {

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BLOCK = 2;
  private static final int FIXED_32 = 5;

  /// 9 of 7 bits, and the last of 1.
  private static final int MOST_VARINT_BYTES = 10;

  private final ByteBuffer bytes;
  private final String message;
  private final int end;
  private int at;
  private int field;
  private int wireType;

  /// @param bytes of which this reads all, from the position to the limit; neither changes
  /// @param message its name, for error messages
  WireReader(ByteBuffer bytes, String message) {
    this(bytes.slice().order(ByteOrder.LITTLE_ENDIAN), 0, bytes.remaining(), message);
  }

  private WireReader(ByteBuffer bytes, int from, int end, String message) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
    this.message = message;
  }

  /// Goes to the next field, whose value must then be read, or skipped by [#skip()].
  ///
  /// @return whether there is one
  boolean next() throws FormatException {
    if (at == end) {
      return false;
    }
    long tag = rawVarint();
    if (tag < 0 || tag > 0xFFFF_FFFFL || tag >>> 3 == 0) {
      throw fault("field number " + Long.toUnsignedString(tag >>> 3) + ", expected 1 to " + (0xFFFF_FFFFL >>> 3));
    }
    field = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    return true;
  }

  /// {@return the number of the field}
  int field() {
    return field;
  }

  /// {@return whether the field is a block of bytes: a message, a text, packed numbers}
  boolean isBlock() {
    return wireType == BLOCK;
  }

  /// {@return whether more bytes follow, in messages without fields: packed numbers}
  boolean hasMore() {
    return at < end;
  }

  /// {@return how many bytes are left}
  int left() {
    return end - at;
  }

  /// {@return the field's integer; of an int32 the lower half}
  long varint() throws FormatException {
    require(VARINT);
    return rawVarint();
  }

  /// {@return the field's float}
  float fixedFloat() throws FormatException {
    require(FIXED_32);
    requireLeft(Integer.BYTES);
    at += Integer.BYTES;
    return Float.intBitsToFloat(bytes.getInt(at - Integer.BYTES));
  }

  /// {@return the field's double}
  double fixedDouble() throws FormatException {
    require(FIXED_64);
    requireLeft(Long.BYTES);
    at += Long.BYTES;
    return Double.longBitsToDouble(bytes.getLong(at - Long.BYTES));
  }

  /// {@return the field's message, or packed numbers}
  WireReader message(String what) throws FormatException {
    int from = passBlock();
    return new WireReader(bytes, from, at, what);
  }

  /// {@return the field's bytes, little-endian; not copied}
  ByteBuffer block() throws FormatException {
    int from = passBlock();
    return bytes.slice(from, at - from).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// {@return the field's text, which must be UTF-8}
  String name() throws FormatException {
    String name = textOrNull();
    if (name == null) {
      throw fault("field " + field + " is not UTF-8, expected a name");
    }
    return name;
  }

  /// {@return the field's text, for people: U+FFFD where it is not UTF-8}
  String text() throws FormatException {
    return StandardCharsets.UTF_8.decode(block()).toString();
  }

  /// {@return the field's text; null where it is not UTF-8}
  String textOrNull() throws FormatException {
    int from = passBlock();
    byte[] utf8 = new byte[at - from];
    bytes.get(from, utf8);
    for (byte b : utf8) {
      if (b < 0) {
        return decodedOrNull(utf8);
      }
    }
    return utf8.length == 0 ? "" : new String(utf8, StandardCharsets.ISO_8859_1);
  }

  private static String decodedOrNull(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  /// Passes over the field's value.
  void skip() throws FormatException {
    switch (wireType) {
      case VARINT -> rawVarint();
      case FIXED_64 -> pass(Long.BYTES);
      case BLOCK -> passBlock();
      case FIXED_32 -> pass(Integer.BYTES);
      default -> throw fault("field " + field + " has wire type " + wireType + ", expected 0, 1, 2 or 5");
    }
  }

  /// {@return an integer without a field number: one of packed ones}
  long rawVarint() throws FormatException {
    long value = 0;
    for (int index = 0; index < MOST_VARINT_BYTES; index++) {
      requireLeft(1);
      byte b = bytes.get(at++);
      if (index == MOST_VARINT_BYTES - 1 && b >>> 1 != 0) {
        break;
      }
      value |= (long) (b & 0x7F) << 7 * index;
      if (b >= 0) {
        return value;
      }
    }
    throw fault("an integer of more than 64 bits");
  }

  /// {@return the number of integers that are left, if nothing else is}
  int countVarints() {
    int count = 0;
    for (int i = at; i < end; i++) {
      count += bytes.get(i) >= 0 ? 1 : 0;
    }
    return count;
  }

  private int passBlock() throws FormatException {
    require(BLOCK);
    long length = rawVarint();
    if (length < 0 || length > left()) {
      throw fault("field " + field + " has " + Long.toUnsignedString(length) + " bytes, but only " + left()
          + " are left");
    }
    at += (int) length;
    return at - (int) length;
  }

  private void pass(int count) throws FormatException {
    requireLeft(count);
    at += count;
  }

  private void require(int expected) throws FormatException {
    if (wireType != expected) {
      throw fault("field " + field + " has wire type " + wireType + ", expected " + expected);
    }
  }

  private void requireLeft(int count) throws FormatException {
    if (count > end - at) {
      throw fault("ends within a number");
    }
  }

  /// {@return a fault at the byte that would have been read next}
  FormatException fault(String what) {
    return new FormatException(message + " at byte " + at + ": " + what);
  }
}
