package dev.lanewise.onnx.format;

import dev.lanewise.file.Excerpt;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Reads an `AttributeProto`. A string that is not UTF-8 is not read: [Kind#OTHER].
final class AttributeReader {

  private String name = "";
  private long type;
  private float number;
  private long integer;
  private String text;
  private TensorReader tensor;
  private Repeated.Floats floats;
  private Repeated.Longs ints;
  private List<String> strings = List.of();
  private boolean isUnread;
  private boolean isBinary;
  private final Set<Kind> given = EnumSet.noneOf(Kind.class);

  private AttributeReader() {}

  static AttributeProto read(WireReader attribute, ExternalData beside) throws IOException {
    AttributeReader reader = new AttributeReader();
    try {
      reader.merge(attribute);
      return reader.toProto(beside);
    } catch (FormatException fault) {
      throw fault.in("attribute " + Excerpt.of(reader.name));
    }
  }

  private void merge(WireReader attribute) throws FormatException {
    while (attribute.next()) {
      switch (attribute.field()) {
        case 1 -> name = attribute.name();
        case 2 -> {
          number = attribute.fixedFloat();
          given.add(Kind.FLOAT);
        }
        case 3 -> {
          integer = attribute.varint();
          given.add(Kind.INT);
        }
        case 4 -> {
          text = attribute.textOrNull();
          given.add(Kind.STRING);
        }
        case 5 -> {
          tensor = tensor == null ? new TensorReader() : tensor;
          tensor.merge(attribute.message("TensorProto"));
          given.add(Kind.TENSOR);
        }
        case 7 -> {
          floats = floats == null ? new Repeated.Floats() : floats;
          floats.read(attribute);
          given.add(Kind.FLOATS);
        }
        case 8 -> {
          ints = ints == null ? new Repeated.Longs() : ints;
          ints.read(attribute);
          given.add(Kind.INTS);
        }
        case 9 -> addString(attribute.textOrNull());
        case 20 -> type = (int) attribute.varint();
        // Subgraphs, sparse tensors, types, several tensors; a reference to an attribute of the function around it.
        case 6, 10, 11, 14, 15, 21, 22, 23 -> {
          attribute.skip();
          isUnread = true;
        }
        default -> attribute.skip();
      }
    }
  }

  private void addString(String string) {
    strings = strings.isEmpty() ? new ArrayList<>() : strings;
    isBinary |= string == null;
    strings.add(string);
    given.add(Kind.STRINGS);
  }

  private AttributeProto toProto(ExternalData beside) throws IOException {
    if (name.isEmpty()) {
      throw new FormatException("has no name");
    }
    Kind kind = kind();
    given.remove(kind);
    if (kind != Kind.OTHER && (!given.isEmpty() || isUnread)) {
      throw new FormatException(
          "is " + kind + ", but has " + (isUnread ? "a value that is not read" : given) + " as well");
    }
    Object value = switch (kind) {
      case FLOAT -> number;
      case INT -> integer;
      case STRING -> text;
      case TENSOR -> tensor.toProto(beside);
      case FLOATS -> floats == null ? new float[0] : floats.toArray();
      case INTS -> ints == null ? new long[0] : ints.toArray();
      case STRINGS -> List.copyOf(strings);
      case OTHER -> null;
    };
    return new AttributeProto(name, kind, value);
  }

  /// The declared type; without one, as in the first version of ONNX, the kind of the only value.
  private Kind kind() throws FormatException {
    if (type == 0) {
      if (given.size() != 1 && !isUnread) {
        throw new FormatException("has no type, and " + (given.isEmpty() ? "no value" : given)
            + ", expected one value");
      }
      return isUnread ? Kind.OTHER : readable(given.iterator().next());
    }
    for (Kind kind : Kind.values()) {
      if (kind.number() == type) {
        return readable(kind);
      }
    }
    return Kind.OTHER;
  }

  /// The kind, unless its value is missing or cannot be read. Protobuf 3 leaves out a number that is 0 and an empty
  /// text.
  private Kind readable(Kind kind) throws FormatException {
    if (kind == Kind.TENSOR && tensor == null) {
      throw new FormatException("is TENSOR, but has none");
    }
    if (kind == Kind.STRING && !given.contains(kind)) {
      text = "";
    }
    boolean unreadable = kind == Kind.STRING && text == null || kind == Kind.STRINGS && isBinary;
    return unreadable ? Kind.OTHER : kind;
  }
}
