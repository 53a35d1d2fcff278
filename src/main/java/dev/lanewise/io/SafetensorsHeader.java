package dev.lanewise.io;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What stands before the data of a safetensors file: which tensor lies where, and free text.
///
/// ```
/// {"__metadata__": {"key": "text"}, "0.weight": {"dtype": "F32", "shape": [32, 64], "data_offsets": [0, 8192]}}
/// ```
///
/// A header that exists is sound: the tensors fill bytes 0 to `dataBytes` without holes or overlaps.
///
/// @param entries the tensors, in the header's order
/// @param metadata the free text, in the header's order
/// @param dataBytes the length of the data
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata, long dataBytes) {

  /// The reference implementation's limit.
  static final int MOST_BYTES = 100_000_000;

  static final String METADATA = "__metadata__";

  /// One tensor: bytes `begin` to `end` of the data.
  record Entry(String name, Precision precision, Shape shape, long begin, long end) {}

  /// Reads a header.
  ///
  /// @param source the file, for messages
  static SafetensorsHeader parse(String source, ByteBuffer utf8) throws MalformedSafetensorsException {
    JsonReader json = new JsonReader(source, decode(source, utf8));
    if (utf8.limit() == 0 || utf8.get(0) != '{') {
      throw json.fault("header: expected '{' as its first byte");
    }
    List<Entry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    json.take('{', "header");
    if (!json.takes('}')) {
      do {
        String name = json.takeString("header");
        if (!names.add(name)) {
          throw json.fault("header: the name " + name + " stands twice, expected unique names");
        }
        json.take(':', "header");
        if (name.equals(METADATA)) {
          parseMetadata(json, metadata);
        } else {
          entries.add(parseEntry(json, name));
        }
      } while (json.takes(','));
      json.take('}', "header");
    }
    json.takeEnd("header");
    return new SafetensorsHeader(entries, metadata, dataBytes(json, entries));
  }

  /// Refuses what is not UTF-8, which `new String` would replace.
  private static String decode(String source, ByteBuffer utf8) throws MalformedSafetensorsException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedSafetensorsException(source, "header: not valid UTF-8");
    }
  }

  private static void parseMetadata(JsonReader json, Map<String, String> metadata) throws MalformedSafetensorsException {
    json.take('{', METADATA);
    if (json.takes('}')) {
      return;
    }
    do {
      String key = json.takeString(METADATA);
      json.take(':', METADATA);
      if (metadata.put(key, json.takeString(METADATA + ": value of " + key)) != null) {
        throw json.fault(METADATA + ": the key " + key + " stands twice, expected unique keys");
      }
    } while (json.takes(','));
    json.take('}', METADATA);
  }

  private static Entry parseEntry(JsonReader json, String name) throws MalformedSafetensorsException {
    String where = "tensor " + name;
    String dtype = null;
    long[] dims = null;
    long[] offsets = null;
    Set<String> keys = new HashSet<>();
    json.take('{', where);
    if (!json.takes('}')) {
      do {
        String key = json.takeString(where);
        if (!keys.add(key)) {
          throw json.fault(where + ": the key " + key + " stands twice, expected unique keys");
        }
        json.take(':', where);
        switch (key) {
          case "dtype" -> dtype = json.takeString(where + ": dtype");
          case "shape" -> dims = parseNaturals(json, where + ": shape");
          case "data_offsets" -> offsets = parseNaturals(json, where + ": data_offsets");
          default -> throw json.fault(where + ": has the key " + key + ", expected only dtype, shape and data_offsets");
        }
      } while (json.takes(','));
      json.take('}', where);
    }
    if (dtype == null || dims == null || offsets == null) {
      throw json.fault(where + ": has the keys " + keys.stream().sorted().toList() + ", expected dtype, shape and data_offsets");
    }
    return entry(json, name, dtype, dims, offsets);
  }

  private static long[] parseNaturals(JsonReader json, String where) throws MalformedSafetensorsException {
    long[] naturals = new long[4];
    int count = 0;
    json.take('[', where);
    if (!json.takes(']')) {
      do {
        if (count == naturals.length) {
          naturals = Arrays.copyOf(naturals, 2 * count);
        }
        naturals[count++] = json.takeNatural(where);
      } while (json.takes(','));
      json.take(']', where);
    }
    return Arrays.copyOf(naturals, count);
  }

  private static Entry entry(JsonReader json, String name, String dtype, long[] dims, long[] offsets)
      throws MalformedSafetensorsException {
    String where = "tensor " + name;
    Precision precision = switch (dtype) {
      case "F32" -> Precision.FLOAT;
      case "F64" -> Precision.DOUBLE;
      default -> throw json.fault(where + ": dtype " + dtype + " is not supported, expected F32 or F64");
    };
    Shape shape = shape(json, where, dims);
    if (offsets.length != 2) {
      throw json.fault(where + ": data_offsets " + Arrays.toString(offsets) + " are " + offsets.length + " numbers, expected 2");
    }
    long held = offsets[1] - offsets[0];
    if (held < 0) {
      throw json.fault(where + ": data_offsets " + Arrays.toString(offsets) + " end before they begin");
    }
    long needed = (long) shape.size() * precision.bytes();
    if (held != needed) {
      throw json.fault(where + ": data_offsets " + Arrays.toString(offsets) + " hold " + held + " bytes, expected " + needed
          + " for " + dtype + " " + shape);
    }
    return new Entry(name, precision, shape, offsets[0], offsets[1]);
  }

  private static Shape shape(JsonReader json, String where, long[] dims) throws MalformedSafetensorsException {
    int[] axes = new int[dims.length];
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] > Integer.MAX_VALUE) {
        throw json.fault(where + ": shape " + Arrays.toString(dims) + " has an axis longer than an array, expected at most "
            + Integer.MAX_VALUE);
      }
      axes[axis] = (int) dims[axis];
    }
    try {
      return Shape.of(axes);
    } catch (IllegalArgumentException tooLarge) {
      throw json.fault(where + ": " + tooLarge.getMessage());
    }
  }

  /// Checks that the tensors cover the data, each byte once, and returns its length.
  private static long dataBytes(JsonReader json, List<Entry> entries) throws MalformedSafetensorsException {
    List<Entry> byPlace = new ArrayList<>(entries);
    byPlace.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    String before = "";
    for (Entry entry : byPlace) {
      String where = "tensor " + entry.name + ": data_offsets [" + entry.begin + ", " + entry.end + "]";
      if (entry.begin > covered) {
        throw json.fault(where + " leave a hole, expected them to begin at " + covered);
      }
      if (entry.begin < covered) {
        throw json.fault(where + " overlap tensor " + before + ", expected them to begin at " + covered);
      }
      covered = entry.end;
      before = entry.name;
    }
    return covered;
  }

  /// The header for these tensors, in their order. Their data lie in another: doubles before floats, so that each element
  /// is aligned to its size.
  static SafetensorsHeader of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Entry> entries = new HashMap<>();
    long end = 0;
    for (Precision precision : List.of(Precision.DOUBLE, Precision.FLOAT)) {
      for (var named : tensors.entrySet()) {
        Tensor tensor = named.getValue();
        if (tensor.precision() == precision) {
          long begin = end;
          end += (long) tensor.size() * precision.bytes();
          entries.put(named.getKey(), new Entry(named.getKey(), precision, tensor.shape(), begin, end));
        }
      }
    }
    return new SafetensorsHeader(tensors.keySet().stream().map(entries::get).toList(), metadata, end);
  }

  /// The header as UTF-8, padded with spaces so that the data, behind 8 bytes of length and this, begin at a multiple of 8.
  byte[] encode() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      appendString(json, METADATA).append(":{");
      metadata.forEach((key, text) -> appendString(appendString(json, key).append(':'), text).append(','));
      json.setCharAt(json.length() - 1, '}');
      json.append(',');
    }
    for (Entry entry : entries) {
      appendString(json, entry.name)
          .append(":{\"dtype\":\"").append(entry.precision == Precision.FLOAT ? "F32" : "F64")
          .append("\",\"shape\":").append(entry.shape.toString().replace(" ", ""))
          .append(",\"data_offsets\":[").append(entry.begin).append(',').append(entry.end).append("]},");
    }
    if (json.length() > 1) {
      json.setLength(json.length() - 1);
    }
    byte[] utf8 = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(utf8, Math.ceilDiv(utf8.length, 8) * 8);
    Arrays.fill(padded, utf8.length, padded.length, (byte) ' ');
    return padded;
  }

  private static StringBuilder appendString(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"');
  }
}
