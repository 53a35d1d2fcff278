package dev.lanewise.onnx.format;

import dev.lanewise.file.Excerpt;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.ValueInfo.Dimension;
import java.util.List;

/// Writes a `GraphProto` and its nodes, fields in the order of their numbers.
final class GraphWriter {

  private GraphWriter() {}

  static WireWriter message(GraphProto graph) {
    WireWriter message = new WireWriter();
    graph.nodes().forEach(node -> message.message(1, message(node)));
    message.text(2, graph.name());
    graph.initializers().forEach(tensor -> message.message(5, TensorWriter.message(tensor)));
    graph.inputs().forEach(value -> message.message(11, message(value)));
    graph.outputs().forEach(value -> message.message(12, message(value)));
    graph.values().forEach(value -> message.message(13, message(value)));
    return message;
  }

  private static WireWriter message(NodeProto node) {
    WireWriter message = new WireWriter();
    node.inputs().forEach(name -> message.text(1, name));
    node.outputs().forEach(name -> message.text(2, name));
    message.textUnlessEmpty(3, node.name());
    message.text(4, node.operator());
    node.attributes().values().forEach(attribute -> message.message(5, message(attribute)));
    message.textUnlessEmpty(7, node.domain());
    return message;
  }

  private static WireWriter message(AttributeProto attribute) {
    WireWriter message = new WireWriter();
    message.text(1, attribute.name());
    Object value = attribute.value();
    switch (attribute.kind()) {
      case FLOAT -> message.fixedFloat(2, (float) value);
      case INT -> message.varint(3, (long) value);
      case STRING -> message.text(4, (String) value);
      case TENSOR -> message.message(5, TensorWriter.message((TensorProto) value));
      case FLOATS -> {
        for (float number : (float[]) value) {
          message.fixedFloat(7, number);
        }
      }
      case INTS -> {
        for (long integer : (long[]) value) {
          message.varint(8, integer);
        }
      }
      case STRINGS -> ((List<?>) value).forEach(text -> message.text(9, (String) text));
      case OTHER -> throw new IllegalArgumentException("Attribute " + Excerpt.of(attribute.name()) + " is "
          + Kind.OTHER + ", expected one whose value was read");
    }
    message.varint(20, attribute.kind().number());
    return message;
  }

  private static WireWriter message(ValueInfo value) {
    WireWriter message = new WireWriter();
    message.text(1, value.name());
    if (value.type() == ElementType.OTHER) {
      throw new IllegalArgumentException("Value " + Excerpt.of(value.name()) + " is of type " + value.type()
          + ", expected one with a number");
    }
    if (value.type() != ElementType.UNDEFINED || value.shape().isPresent()) {
      WireWriter tensor = new WireWriter();
      tensor.varint(1, value.type().number());
      value.shape().ifPresent(shape -> tensor.message(2, message(shape)));
      WireWriter type = new WireWriter();
      type.message(1, tensor);
      message.message(2, type);
    }
    return message;
  }

  private static WireWriter message(List<Dimension> shape) {
    WireWriter message = new WireWriter();
    for (Dimension dimension : shape) {
      WireWriter inner = new WireWriter();
      if (dimension.length() >= 0) {
        inner.varint(1, dimension.length());
      } else {
        inner.textUnlessEmpty(2, dimension.symbol());
      }
      message.message(1, inner);
    }
    return message;
  }
}
