package dev.lanewise.onnx.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A field of protobuf's wire format where it lies, and the fields inside, as far as it can be taken for a message. A
/// file is a field without a tag.
///
/// @param number of the field; 0 for a file
/// @param at where its tag is
/// @param lengthAt where the length of a block is
/// @param from where its body is: behind the length, or behind the tag
/// @param to its end
record Field(byte[] bytes, int number, int wireType, int at, int lengthAt, int from, int to, List<Field> inner) {

  private static final int MOST_DEPTH = 8;
  private static final int BLOCK = 2;

  /// A whole file. What cannot be taken for fields at its end belongs to none.
  static Field file(byte[] bytes) {
    return new Field(bytes, 0, BLOCK, 0, 0, 0, bytes.length, fields(bytes, 0, bytes.length, MOST_DEPTH, false));
  }

  boolean isBlock() {
    return wireType == BLOCK;
  }

  /// This and all inside.
  List<Field> all() {
    List<Field> all = new ArrayList<>();
    collect(all);
    return all;
  }

  private void collect(List<Field> all) {
    all.add(this);
    inner.forEach(field -> field.collect(all));
  }

  /// The bytes with tag and length.
  byte[] whole() {
    return Arrays.copyOfRange(bytes, at, to);
  }

  byte[] body() {
    return Arrays.copyOfRange(bytes, from, to);
  }

  byte[] withBody(byte... body) {
    byte[] tag = number == 0 ? new byte[0] : varint((long) number << 3 | wireType);
    return joined(tag, isBlock() && number > 0 ? varint(body.length) : new byte[0], body);
  }

  byte[] withBody(long varint) {
    return withBody(varint(varint));
  }

  byte[] withTag(int otherNumber, int otherType) {
    return new Field(bytes, otherNumber, otherType, at, lengthAt, from, to, inner).withBody(body());
  }

  /// This field with another in the place of one inside, and the lengths of all around it as they have to be.
  byte[] replaced(Field field, byte[] replacement) {
    if (this == field) {
      return replacement;
    }
    for (Field each : inner) {
      if (each.at <= field.at && field.to <= each.to) {
        return withBody(joined(Arrays.copyOfRange(bytes, from, each.at), each.replaced(field, replacement),
            Arrays.copyOfRange(bytes, each.to, to)));
      }
    }
    throw new IllegalArgumentException("a field of another file");
  }

  static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  static byte[] varint(long value) {
    byte[] varint = new byte[10];
    int used = 0;
    for (long left = value; used == 0 || left != 0; left >>>= 7) {
      varint[used] = (byte) (left >>> 7 == 0 ? left : left | 0x80);
      used++;
    }
    return Arrays.copyOf(varint, used);
  }

  private static List<Field> fields(byte[] bytes, int from, int to, int depth, boolean wholly) {
    List<Field> fields = new ArrayList<>();
    for (int at = from; at < to;) {
      Field field = field(bytes, at, to, depth);
      if (field == null) {
        return wholly ? List.of() : fields;
      }
      fields.add(field);
      at = field.to;
    }
    return fields;
  }

  private static Field field(byte[] bytes, int at, int to, int depth) {
    int behindTag = behindVarint(bytes, at, to);
    long tag = behindTag < 0 ? 0 : value(bytes, at, behindTag);
    int wireType = (int) tag & 7;
    if (tag <= 7 || tag >= 1 << 9) { // No message of ONNX has a field beyond 63.
      return null;
    }
    int from = wireType == BLOCK ? behindVarint(bytes, behindTag, to) : behindTag;
    long end = switch (wireType) {
      case 0 -> behindVarint(bytes, behindTag, to);
      case 1 -> from + 8;
      case BLOCK -> from < 0 ? -1 : from + value(bytes, behindTag, from);
      case 5 -> from + 4;
      default -> -1;
    };
    if (from < 0 || end < from || end > to) {
      return null;
    }
    List<Field> inner = wireType == BLOCK && depth > 0 ? fields(bytes, from, (int) end, depth - 1, true) : List.of();
    return new Field(bytes, (int) tag >>> 3, wireType, at, behindTag, from, (int) end, inner);
  }

  private static int behindVarint(byte[] bytes, int at, int to) {
    for (int i = at; i < to && i < at + 5; i++) {
      if (bytes[i] >= 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static long value(byte[] bytes, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value |= (long) (bytes[i] & 0x7F) << 7 * (i - from);
    }
    return value;
  }
}
