package dev.lanewise.io;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.file.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The header of a safetensors file: where each tensor lies, and free text.
///
/// ```
/// {"__metadata__": {"key": "text"}, "0.weight": {"dtype": "F32", "shape": [32, 64], "data_offsets": [0, 8192]}}
/// ```
///
/// A header that exists is sound: the tensors fill bytes 0 to `dataBytes` without holes or overlaps.
///
/// @param entries the tensors by name, in the header's order
/// @param metadata the free text, in the header's order
/// @param dataBytes the length of the data
record SafetensorsHeader(Map<String, SafetensorsEntry> entries, Map<String, String> metadata, long dataBytes) {

  /// The reference implementation's limit.
  static final int MOST_BYTES = 100_000_000;

  static final String METADATA = "__metadata__";

  /// More axes than NumPy and PyTorch have.
  private static final int MOST_NUMBERS = 64;

  /// A place in the header. Its text is made only if there is a fault.
  record Where(String what, String name, String part) {

    Where of(String part) {
      return new Where(what, name, ": " + part);
    }

    @Override
    public String toString() {
      return what + Excerpt.of(name) + part;
    }
  }

  /// Reads a header.
  ///
  /// @param source the file, for messages
  static SafetensorsHeader parse(String source, byte[] utf8) throws MalformedSafetensorsException {
    JsonReader json = new JsonReader(source, utf8);
    if (utf8.length == 0 || utf8[0] != '{') {
      throw json.fault("header: expected '{' as its first byte");
    }
    Map<String, SafetensorsEntry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = null;
    json.take('{', "header");
    if (!json.takes('}')) {
      do {
        String name = json.takeString("header");
        boolean isMetadata = name.equals(METADATA);
        if (isMetadata ? metadata != null : entries.containsKey(name)) {
          throw json.fault("header: the name " + Excerpt.of(name) + " stands twice, expected unique names");
        }
        json.take(':', "header");
        if (isMetadata) {
          metadata = parseMetadata(json);
        } else {
          entries.put(name, parseEntry(json, name));
        }
      } while (json.takes(','));
      json.take('}', "header");
    }
    json.takeEnd("header");
    return new SafetensorsHeader(entries, metadata == null ? Map.of() : metadata, dataBytes(json, entries.values()));
  }

  private static Map<String, String> parseMetadata(JsonReader json) throws MalformedSafetensorsException {
    Map<String, String> metadata = new LinkedHashMap<>();
    json.take('{', METADATA);
    if (json.takes('}')) {
      return metadata;
    }
    do {
      String key = json.takeString(METADATA);
      json.take(':', METADATA);
      if (metadata.put(key, json.takeString(new Where(METADATA + ": value of ", key, ""))) != null) {
        throw json.fault(METADATA + ": the key " + Excerpt.of(key) + " stands twice, expected unique keys");
      }
    } while (json.takes(','));
    json.take('}', METADATA);
    return metadata;
  }

  private static SafetensorsEntry parseEntry(JsonReader json, String name) throws MalformedSafetensorsException {
    Where where = new Where("tensor ", name, "");
    String dtype = null;
    long[] dims = null;
    long[] offsets = null;
    json.take('{', where);
    if (!json.takes('}')) {
      do {
        String key = json.takeString(where);
        json.take(':', where);
        switch (key) {
          case "dtype" -> {
            requireFirst(dtype, key, where, json);
            dtype = json.takeString(where.of(key));
          }
          case "shape" -> {
            requireFirst(dims, key, where, json);
            dims = parseNaturals(json, where.of(key));
          }
          case "data_offsets" -> {
            requireFirst(offsets, key, where, json);
            offsets = parseNaturals(json, where.of(key));
          }
          default -> throw json.fault(
              where + ": has the key " + Excerpt.of(key) + ", expected only dtype, shape and data_offsets");
        }
      } while (json.takes(','));
      json.take('}', where);
    }
    if (dtype == null || dims == null || offsets == null) {
      List<String> found = Stream.of(offsets == null ? "" : "data_offsets", dtype == null ? "" : "dtype",
          dims == null ? "" : "shape").filter(key -> !key.isEmpty()).toList();
      throw json.fault(where + ": has the keys " + found + ", expected dtype, shape and data_offsets");
    }
    return SafetensorsEntry.of(json, name, dtype, dims, offsets);
  }

  private static void requireFirst(Object before, String key, Where where, JsonReader json)
      throws MalformedSafetensorsException {
    if (before != null) {
      throw json.fault(where + ": the key " + key + " stands twice, expected unique keys");
    }
  }

  private static long[] parseNaturals(JsonReader json, Where where) throws MalformedSafetensorsException {
    long[] naturals = new long[2]; // As many as most have.
    int count = 0;
    json.take('[', where);
    if (!json.takes(']')) {
      do {
        if (count == MOST_NUMBERS) {
          throw json.fault(where + ": more than " + MOST_NUMBERS + " numbers, expected at most that");
        }
        if (count == naturals.length) {
          naturals = Arrays.copyOf(naturals, 2 * count);
        }
        naturals[count++] = json.takeNatural(where);
      } while (json.takes(','));
      json.take(']', where);
    }
    return count == naturals.length ? naturals : Arrays.copyOf(naturals, count);
  }

  static SafetensorsEntry[] byPlace(Collection<SafetensorsEntry> entries) {
    SafetensorsEntry[] byPlace = entries.toArray(SafetensorsEntry[]::new);
    Arrays.sort(byPlace, Comparator.comparingLong(SafetensorsEntry::begin).thenComparingLong(SafetensorsEntry::end));
    return byPlace;
  }

  /// Checks that the tensors cover the data, each byte once, and returns its length.
  private static long dataBytes(JsonReader json, Collection<SafetensorsEntry> entries)
      throws MalformedSafetensorsException {
    long covered = 0;
    String before = "";
    for (SafetensorsEntry entry : byPlace(entries)) {
      if (entry.begin() != covered) {
        String where = "tensor " + Excerpt.of(entry.name())
            + ": data_offsets [" + entry.begin() + ", " + entry.end() + "]";
        String fault = entry.begin() > covered ? " leave a hole" : " overlap tensor " + Excerpt.of(before);
        throw json.fault(where + fault + ", expected them to begin at " + covered);
      }
      covered = entry.end();
      before = entry.name();
    }
    return covered;
  }

  /// Refuses what a file cannot hold.
  static void requireFit(Map<String, Tensor> tensors, Map<String, String> metadata) {
    tensors.forEach((name, tensor) -> {
      requireUnicode(name);
      if (name.equals(METADATA) || tensor.isNone()) {
        throw new IllegalArgumentException("Safetensors: " + Excerpt.of(name) + " is " + tensor
            + ", expected a tensor under a name of its own");
      }
    });
    metadata.forEach((key, text) -> {
      requireUnicode(key);
      requireUnicode(text);
    });
  }

  private static void requireUnicode(String text) {
    if (!JsonReader.isWellFormed(text)) {
      throw new IllegalArgumentException("Safetensors: lone surrogate in a name or text, expected Unicode text");
    }
  }

  /// The header for these tensors, in their order. In the data, doubles come before floats, so that each element is
  /// aligned to its size.
  static SafetensorsHeader of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, SafetensorsEntry> entries = new LinkedHashMap<>();
    tensors.keySet().forEach(name -> entries.put(name, null));
    long end = 0;
    for (Precision precision : List.of(Precision.DOUBLE, Precision.FLOAT)) {
      for (var named : tensors.entrySet()) {
        Tensor tensor = named.getValue();
        if (tensor.precision() == precision) {
          SafetensorsEntry entry = SafetensorsEntry.of(named.getKey(), tensor, end);
          entries.put(named.getKey(), entry);
          end = entry.end();
        }
      }
    }
    return new SafetensorsHeader(entries, metadata, end);
  }

  /// The header in UTF-8, padded with spaces so that the data, after 8 bytes of length and the header, begin at a
  /// multiple of 8.
  byte[] encode() {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      appendString(json, METADATA).append(":{");
      metadata.forEach((key, text) -> appendString(appendString(json, key).append(':'), text).append(','));
      json.setCharAt(json.length() - 1, '}');
      json.append(',');
    }
    for (SafetensorsEntry entry : entries.values()) {
      appendString(json, entry.name()).append(":{\"dtype\":\"").append(entry.dtype())
          .append("\",\"shape\":").append(Arrays.toString(entry.dims()).replace(" ", ""))
          .append(",\"data_offsets\":[").append(entry.begin()).append(',').append(entry.end()).append("]},");
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
