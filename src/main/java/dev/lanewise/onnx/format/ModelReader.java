package dev.lanewise.onnx.format;

import dev.lanewise.Shape;
import dev.lanewise.file.Excerpt;
import dev.lanewise.file.ForeignContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads ONNX files: one `ModelProto` each.
///
/// The bytes of a file are in memory while it is read, and beside them what has been read. Nothing is allocated for a
/// declared length alone. Unknown fields are skipped, as in protobuf; known ones are checked.
///
/// Source: [ONNX, onnx.proto](https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).
public final class ModelReader {

  /// The first and the last version of the format that is read.
  public static final int FIRST_IR_VERSION = 3;
  public static final int LAST_IR_VERSION = 11;

  private static final String OWN_DOMAIN = "ai.onnx";

  private final GraphReader graph;
  private long irVersion;
  private String producer = "";
  private boolean hasGraph;
  private int functions;
  private final Map<String, Long> opsets = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private ModelReader(ExternalData beside) {
    graph = new GraphReader(beside);
  }

  /// {@return the model in a file, with data in files beside it}
  ///
  /// @throws FormatException if it is none; the message says what it is instead, if it is recognized
  /// @throws IOException if it cannot be read
  public static ModelProto read(Path path) throws IOException {
    BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
    ByteBuffer bytes;
    if (file.isRegularFile()) {
      requireSize(file.size());
      bytes = ByteBuffer.wrap(Files.readAllBytes(path));
    } else {
      try (InputStream in = Files.newInputStream(path)) { // A pipe reports 0 bytes.
        bytes = bytes(in);
      }
    }
    try (ExternalData beside = ExternalData.beside(path)) {
      return read(bytes, beside);
    }
  }

  /// {@return the model that a stream holds to its end} It stays open.
  ///
  /// @throws FormatException if it is none
  /// @throws IOException if it cannot be read
  public static ModelProto read(InputStream in) throws IOException {
    return read(bytes(in), ExternalData.none());
  }

  private static ByteBuffer bytes(InputStream in) throws IOException {
    byte[] all = in.readNBytes(Shape.LARGEST_ARRAY);
    if (all.length == Shape.LARGEST_ARRAY && in.read() >= 0) {
      requireSize(Long.MAX_VALUE);
    }
    return ByteBuffer.wrap(all);
  }

  private static void requireSize(long bytes) throws FormatException {
    if (bytes > Shape.LARGEST_ARRAY) {
      throw new FormatException("has " + (bytes == Long.MAX_VALUE ? "more" : bytes + " bytes") + ", expected at most "
          + Shape.LARGEST_ARRAY + ": what is larger has its weights in a file beside it");
    }
  }

  /// {@return the model in the buffer, from its position to its limit, neither of which changes}
  ///
  /// @param beside the data outside these bytes
  /// @throws FormatException if it is none
  /// @throws IOException if data outside cannot be read
  public static ModelProto read(ByteBuffer bytes, ExternalData beside) throws IOException {
    ModelReader reader = new ModelReader(beside);
    try {
      reader.merge(new WireReader(bytes, "ModelProto"));
      return reader.toProto();
    } catch (FormatException fault) {
      String foreign = foreign(bytes);
      throw foreign == null ? fault : new FormatException(foreign + "; expected an ONNX file");
    }
  }

  /// What these bytes are instead; null if they are not recognized.
  private static String foreign(ByteBuffer bytes) {
    byte[] first = new byte[Math.min(ForeignContent.BYTES, bytes.remaining())];
    bytes.get(bytes.position(), first);
    ForeignContent content = ForeignContent.of(first);
    if (content != null) {
      return content.what("export the network as ONNX");
    }
    String text = new String(first, StandardCharsets.ISO_8859_1);
    return text.isEmpty() ? "is empty"
        : text.startsWith("\0\0\0\0{", Integer.BYTES) ? "is a safetensors file, which has parameters and no network"
        : text.startsWith("TFL3", Integer.BYTES) ? "is a TensorFlow Lite file" : null;
  }

  private void merge(WireReader model) throws IOException {
    while (model.next()) {
      switch (model.field()) {
        case 1 -> irVersion = model.varint();
        case 2 -> producer = model.text();
        case 7 -> {
          hasGraph = true;
          graph.merge(model.message("GraphProto"));
        }
        case 8 -> addOpset(model.message("OperatorSetIdProto"));
        case 14 -> addMetadata(model.message("StringStringEntryProto"));
        case 25 -> {
          model.skip();
          functions++;
        }
        default -> model.skip();
      }
    }
  }

  private void addOpset(WireReader opset) throws FormatException {
    String domain = "";
    long version = 0;
    while (opset.next()) {
      switch (opset.field()) {
        case 1 -> domain = domain(opset.name());
        case 2 -> version = opset.varint();
        default -> opset.skip();
      }
    }
    Long other = opsets.put(domain, version);
    if (other != null && other != version) {
      throw opset.fault("version " + other + " and version " + version + " of the operators of domain "
          + Excerpt.of(domain.isEmpty() ? OWN_DOMAIN : domain) + ", expected one");
    }
  }

  private void addMetadata(WireReader entry) throws FormatException {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> key = entry.text();
        case 2 -> value = entry.text();
        default -> entry.skip();
      }
    }
    metadata.put(key, value);
  }

  /// The domain, with the long name of ONNX's own replaced by the empty one.
  static String domain(String name) {
    return OWN_DOMAIN.equals(name) ? "" : name;
  }

  private ModelProto toProto() throws FormatException {
    if (irVersion < FIRST_IR_VERSION || irVersion > LAST_IR_VERSION) {
      throw new FormatException("is of IR version " + irVersion + ", expected " + FIRST_IR_VERSION + " to "
          + LAST_IR_VERSION);
    }
    if (!hasGraph) {
      throw new FormatException("has no graph");
    }
    return new ModelProto(irVersion, producer, Collections.unmodifiableMap(opsets), graph.toProto(),
        Collections.unmodifiableMap(metadata), functions);
  }
}
