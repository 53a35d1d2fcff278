package dev.lanewise.onnx.format;

import dev.lanewise.file.Excerpt;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a `ValueInfoProto` with its `TypeProto` and `TensorShapeProto`.
final class ValueReader {

  private String name = "";
  private ElementType type = ElementType.UNDEFINED;
  private List<Dimension> dimensions;

  private ValueReader() {}

  static ValueInfo read(WireReader value) throws FormatException {
    ValueReader reader = new ValueReader();
    try {
      reader.merge(value);
    } catch (FormatException fault) {
      throw fault.in("value " + Excerpt.of(reader.name));
    }
    return new ValueInfo(reader.name, reader.type, Optional.ofNullable(reader.dimensions).map(List::copyOf));
  }

  private void merge(WireReader value) throws FormatException {
    while (value.next()) {
      switch (value.field()) {
        case 1 -> name = value.name();
        case 2 -> mergeType(value.message("TypeProto"));
        default -> value.skip();
      }
    }
  }

  private void mergeType(WireReader message) throws FormatException {
    while (message.next()) {
      switch (message.field()) {
        case 1 -> mergeTensor(message.message("TypeProto.Tensor"));
        // A sequence, map, opaque, sparse or optional type: of these and the tensor, the last one counts.
        case 4, 5, 7, 8, 9 -> {
          message.skip();
          type = ElementType.UNDEFINED;
          dimensions = null;
        }
        default -> message.skip();
      }
    }
  }

  private void mergeTensor(WireReader tensor) throws FormatException {
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> type = ElementType.of((int) tensor.varint());
        case 2 -> mergeShape(tensor.message("TensorShapeProto"));
        default -> tensor.skip();
      }
    }
  }

  private void mergeShape(WireReader shape) throws FormatException {
    dimensions = dimensions == null ? new ArrayList<>() : dimensions;
    while (shape.next()) {
      if (shape.field() != 1) {
        shape.skip();
        continue;
      }
      if (dimensions.size() == TensorReader.MOST_AXES) {
        throw shape.fault("more than " + TensorReader.MOST_AXES + " axes, expected at most that");
      }
      dimensions.add(dimension(shape.message("TensorShapeProto.Dimension")));
    }
  }

  private static Dimension dimension(WireReader message) throws FormatException {
    Dimension dimension = Dimension.open("");
    while (message.next()) {
      switch (message.field()) {
        case 1 -> {
          long length = message.varint();
          dimension = length < 0 ? Dimension.open("") : Dimension.of(length); // Some write −1 for an open axis.
        }
        case 2 -> dimension = Dimension.open(message.name());
        default -> message.skip();
      }
    }
    return dimension;
  }
}
