package dev.lanewise.onnx.format;

import dev.lanewise.Shape;
import dev.lanewise.file.Excerpt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads a `TensorProto`: first its fields, then its elements, from the one field or file that has them.
final class TensorReader {

  /// More axes than NumPy and PyTorch have.
  static final int MOST_AXES = 64;

  private static final int EXTERNAL = 1;

  private final TypedData typed = new TypedData();
  private String name = "";
  private ElementType type = ElementType.UNDEFINED;
  private Repeated.Longs dims;
  private ByteBuffer raw;
  private long location;
  private Map<String, String> external = Map.of();
  private boolean segmented;

  /// Takes the fields of a message, or of several, which protobuf merges.
  void merge(WireReader tensor) throws FormatException {
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> {
          dims = dims == null ? new Repeated.Longs() : dims;
          dims.read(tensor);
        }
        case 2 -> type = ElementType.of((int) tensor.varint());
        case 3 -> {
          tensor.skip();
          segmented = true;
        }
        case 4, 5, 7, 10, 11 -> typed.read(tensor);
        case 8 -> name = tensor.name();
        case 9 -> raw = tensor.block();
        case 13 -> mergeExternal(tensor.message("StringStringEntryProto"));
        case 14 -> location = (int) tensor.varint();
        default -> tensor.skip();
      }
    }
  }

  private void mergeExternal(WireReader entry) throws FormatException {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> key = entry.name();
        case 2 -> value = entry.name();
        default -> entry.skip();
      }
    }
    external = external.isEmpty() ? new LinkedHashMap<>() : external;
    if (external.put(key, value) != null) {
      throw entry.fault("external_data has the key " + Excerpt.of(key) + " twice");
    }
  }

  /// {@return the name alone}
  String name() {
    return name;
  }

  /// {@return the tensor}
  ///
  /// @param beside the data outside the file
  TensorProto toProto(ExternalData beside) throws IOException {
    int[] lengths = lengths();
    try {
      if (segmented) {
        throw new FormatException("is one of several segments, which are not read");
      }
      boolean isRead = type.isFloating() || type.isInteger();
      return new TensorProto(name, type, lengths, isRead ? content(count(lengths), beside, lengths) : null);
    } catch (FormatException fault) {
      throw fault.in(place() + " " + type + " " + Arrays.toString(lengths));
    }
  }

  private String place() {
    return "tensor " + Excerpt.of(name);
  }

  private int[] lengths() throws FormatException {
    long[] all = dims == null ? new long[0] : dims.toArray();
    if (all.length > MOST_AXES) {
      throw new FormatException(place() + " has " + all.length + " axes, expected at most " + MOST_AXES);
    }
    int[] lengths = new int[all.length];
    for (int axis = 0; axis < all.length; axis++) {
      if (all[axis] < 0 || all[axis] > Shape.LARGEST_ARRAY) {
        throw new FormatException(place() + ": dims " + Arrays.toString(all) + ", expected each to be 0 to "
            + Shape.LARGEST_ARRAY);
      }
      lengths[axis] = (int) all[axis];
    }
    return lengths;
  }

  private static int count(int... lengths) throws FormatException {
    long product = 1;
    boolean isEmpty = false;
    for (int length : lengths) {
      isEmpty |= length == 0;
      product *= Math.max(1, length); // Also for an empty one: parts of its shape are multiplied elsewhere.
      if (product > Shape.LARGEST_ARRAY) {
        throw new FormatException("has more elements than an array holds, expected at most " + Shape.LARGEST_ARRAY);
      }
    }
    return isEmpty ? 0 : (int) product;
  }

  private Object content(int count, ExternalData beside, int... lengths) throws IOException {
    if (location == EXTERNAL) {
      typed.requireNone("external data");
      if (raw != null) {
        throw new FormatException("has both external data and raw_data, expected one of them");
      }
      return beside.read(external, type, count).content(lengths);
    }
    if (location != 0) {
      throw new FormatException("has data_location " + location + ", expected 0 or 1");
    }
    if (raw == null) {
      return typed.content(type, count, lengths);
    }
    typed.requireNone("raw_data");
    long expected = type.bytes(count);
    if (raw.remaining() != expected) {
      throw new FormatException("raw_data has " + raw.remaining() + " bytes, expected " + expected);
    }
    Elements elements = new Elements(type, count);
    elements.put(raw);
    return elements.content(lengths);
  }
}
