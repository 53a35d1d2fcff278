package dev.lanewise.onnx.format;

import dev.lanewise.file.Excerpt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a `GraphProto` and its nodes.
final class GraphReader {

  /// The most nodes, tensors, and values: a bound for files that have nothing else.
  private static final int MOST = 1 << 20;

  private final ExternalData beside;
  private String name = "";
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<TensorProto> initializers = new ArrayList<>();
  private final List<ValueInfo> inputs = new ArrayList<>();
  private final List<ValueInfo> outputs = new ArrayList<>();
  private final List<ValueInfo> values = new ArrayList<>();

  /// @param beside the data outside the file
  GraphReader(ExternalData beside) {
    this.beside = beside;
  }

  /// Takes the fields of a message, or of several, which protobuf merges.
  void merge(WireReader graph) throws IOException {
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> add(nodes, node(graph.message("NodeProto"), nodes.size()), graph);
        case 2 -> name = graph.name();
        case 5 -> add(initializers, tensor(graph.message("TensorProto"), beside), graph);
        case 11 -> add(inputs, ValueReader.read(graph.message("ValueInfoProto")), graph);
        case 12 -> add(outputs, ValueReader.read(graph.message("ValueInfoProto")), graph);
        case 13 -> add(values, ValueReader.read(graph.message("ValueInfoProto")), graph);
        case 15 -> add(initializers, sparse(graph.message("SparseTensorProto")), graph);
        default -> graph.skip();
      }
    }
  }

  private static <T> void add(List<T> list, T element, WireReader graph) throws FormatException {
    if (list.size() == MOST) {
      throw graph.fault("field " + graph.field() + " more than " + MOST + " times, expected at most that");
    }
    list.add(element);
  }

  GraphProto toProto() {
    return new GraphProto(name, List.copyOf(nodes), List.copyOf(initializers), List.copyOf(inputs),
        List.copyOf(outputs), List.copyOf(values));
  }

  static TensorProto tensor(WireReader message, ExternalData beside) throws IOException {
    TensorReader tensor = new TensorReader();
    tensor.merge(message);
    return tensor.toProto(beside);
  }

  /// A tensor that is not read, under the name of its values.
  private static TensorProto sparse(WireReader message) throws FormatException {
    TensorReader values = new TensorReader();
    while (message.next()) {
      if (message.field() == 1) {
        values.merge(message.message("TensorProto"));
      } else {
        message.skip();
      }
    }
    return new TensorProto(values.name(), ElementType.OTHER, new int[0], null);
  }

  private NodeProto node(WireReader message, int index) throws IOException {
    String called = "";
    String operator = "";
    String domain = "";
    List<String> from = new ArrayList<>();
    List<String> to = new ArrayList<>();
    Map<String, AttributeProto> attributes = new LinkedHashMap<>();
    try {
      while (message.next()) {
        switch (message.field()) {
          case 1 -> from.add(message.name());
          case 2 -> to.add(message.name());
          case 3 -> called = message.name();
          case 4 -> operator = message.name();
          case 5 -> {
            AttributeProto attribute = AttributeReader.read(message.message("AttributeProto"), beside);
            if (attributes.put(attribute.name(), attribute) != null) {
              throw new FormatException("attribute " + Excerpt.of(attribute.name()) + " is given twice");
            }
          }
          case 7 -> domain = ModelReader.domain(message.name());
          default -> message.skip();
        }
      }
      if (operator.isEmpty()) {
        throw new FormatException("has no operator");
      }
    } catch (FormatException fault) {
      throw fault.in("node " + index + " " + Excerpt.of(called) + " " + Excerpt.of(operator));
    }
    return new NodeProto(called, operator, domain, List.copyOf(from), List.copyOf(to),
        attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(attributes));
  }
}
