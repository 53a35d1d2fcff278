package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.format.ValueInfo;
import dev.lanewise.onnx.operator.Operators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// A graph while its nodes are replaced: the maker and the readers of each value, and the constants. Nodes are
/// identified by their index.
final class Wiring {

  /// The relative distance of a constant of the file, rounded to float, from the number that it stands for.
  private static final double ROUNDING = 1e-6;

  private final GraphProto graph;
  private final Set<String> kept;
  private final List<NodeProto> nodes;
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, Integer> makers = new HashMap<>();
  private final Map<String, Set<Integer>> readers = new HashMap<>();
  private final Map<String, Integer> ranks = new HashMap<>();

  /// @param kept values that are read or set from outside
  Wiring(GraphProto graph, List<NodeProto> nodes, Set<String> kept) {
    this.graph = graph;
    this.kept = kept;
    this.nodes = new ArrayList<>(nodes);
    graph.initializers().forEach(tensor -> initializers.put(tensor.name(), tensor));
    for (int at = 0; at < nodes.size(); at++) {
      connect(at);
    }
    for (List<ValueInfo> infos : List.of(graph.inputs(), graph.values(), graph.outputs())) {
      infos.forEach(info -> info.shape().ifPresent(shape -> ranks.put(info.name(), shape.size())));
    }
  }

  private void connect(int at) {
    named(nodes.get(at).outputs()).forEach(output -> makers.put(output, at));
    named(nodes.get(at).inputs()).forEach(input -> readers.computeIfAbsent(input, _ -> new LinkedHashSet<>()).add(at));
  }

  private static Stream<String> named(List<String> values) {
    return values.stream().filter(value -> !value.isEmpty());
  }

  private void disconnect(int at) {
    named(nodes.get(at).outputs()).forEach(makers::remove);
    named(nodes.get(at).inputs()).forEach(input -> readers.get(input).remove(at));
    nodes.set(at, null);
  }

  int size() {
    return nodes.size();
  }

  /// The node at an index, null if it was removed.
  NodeProto node(int at) {
    return nodes.get(at);
  }

  /// The index of the node that makes a value, −1 for none.
  int maker(String value) {
    return makers.getOrDefault(value, -1);
  }

  /// The index of the node that makes a value, if it is of this operator without attributes; else −1.
  int maker(String value, String operator, int inputs) {
    int at = maker(value);
    return at >= 0 && isPlain(at, operator, inputs) ? at : -1;
  }

  /// Whether a node is of this ONNX operator, with this number of inputs, one output and no attributes.
  boolean isPlain(int at, String operator, int inputs) {
    return is(at, operator) && node(at).inputs().size() == inputs && node(at).outputs().size() == 1
        && node(at).attributes().isEmpty();
  }

  /// Whether a node is of this ONNX operator.
  boolean is(int at, String operator) {
    NodeProto node = node(at);
    return node != null && node.operator().equals(operator) && Operators.isOwn(node.domain());
  }

  /// Whether a node has no attributes but these.
  boolean tellsOnly(int at, String... attributes) {
    return List.of(attributes).containsAll(node(at).attributes().keySet());
  }

  /// An integer attribute of a node, or its default.
  long integer(int at, String name, long otherwise) {
    AttributeProto attribute = node(at).attributes().get(name);
    return attribute == null || attribute.kind() != Kind.INT ? otherwise : (Long) attribute.value();
  }

  /// A floating attribute of a node, or its default.
  double number(int at, String name, double otherwise) {
    AttributeProto attribute = node(at).attributes().get(name);
    return attribute == null || attribute.kind() != Kind.FLOAT ? otherwise : (Float) attribute.value();
  }

  /// The index of the only node that reads a value; −1 if there are several or none, or it is read from outside.
  int onlyReader(String value) {
    Set<Integer> all = readers.getOrDefault(value, Set.of());
    return all.size() == 1 && !kept.contains(value) ? all.iterator().next() : -1;
  }

  /// Whether the outputs of these nodes, except the last one's, are read by no others.
  boolean encloses(Set<Integer> places, int last) {
    return places.stream().filter(at -> at != last).flatMap(at -> node(at).outputs().stream()).allMatch(value ->
        value.isEmpty() || !kept.contains(value) && places.containsAll(readers.getOrDefault(value, Set.of())));
  }

  /// The number of axes that the file declares for a value, −1 for none.
  int rank(String value) {
    return ranks.getOrDefault(value, -1);
  }

  TensorProto initializer(String name) {
    return kept.contains(name) ? null : initializers.get(name);
  }

  /// The constant that a value is, perhaps cast to float or double; null where it is computed or of a type that is not
  /// read.
  TensorProto constant(String value) {
    int at = maker(value);
    boolean isCast = at >= 0 && is(at, "Cast") && isWide(integer(at, "to", 0)) && node(at).inputs().size() == 1;
    TensorProto tensor = told(isCast ? node(at).inputs().getFirst() : value);
    return tensor == null || tensor.content() == null ? null : tensor;
  }

  private TensorProto told(String value) {
    int at = maker(value);
    if (at < 0 || !is(at, "Constant") || node(at).attributes().size() != 1) {
      return initializer(value);
    }
    AttributeProto attribute = node(at).attributes().values().iterator().next();
    boolean isTensor = attribute.name().equals("value") && attribute.kind() == Kind.TENSOR;
    return isTensor ? (TensorProto) attribute.value() : Scalars.of(attribute);
  }

  private static boolean isWide(long type) {
    return type == ElementType.FLOAT.number() || type == ElementType.DOUBLE.number();
  }

  /// The single constant number that a value is, NaN where it is none, or has more than one axis.
  double number(String value) {
    TensorProto tensor = constant(value);
    if (tensor == null || tensor.dims().length > 1) {
      return Double.NaN;
    }
    if (tensor.type().isFloating()) {
      return tensor.numbers().size() == 1 ? tensor.numbers().get(0) : Double.NaN;
    }
    boolean isOne = tensor.type().isInteger() && tensor.integers().length == 1;
    return isOne ? tensor.integers()[0] : Double.NaN;
  }

  boolean is(String value, double number) {
    return isNear(number(value), number);
  }

  static boolean isNear(double found, double wanted) {
    return Math.abs(found - wanted) <= ROUNDING * Math.abs(wanted);
  }

  /// Replaces nodes with one that makes the last one's output.
  void replace(Set<Integer> places, int last, NodeProto node) {
    places.forEach(this::disconnect);
    nodes.set(last, node);
    connect(last);
  }

  /// Whether a name is taken.
  boolean isTaken(String name) {
    return initializers.containsKey(name) || makers.containsKey(name) || kept.contains(name)
        || readers.containsKey(name) || graph.inputs().stream().anyMatch(info -> info.name().equals(name));
  }

  /// Adds or replaces an initializer.
  void put(TensorProto tensor) {
    initializers.put(tensor.name(), tensor);
  }

  GraphProto graph() {
    return new GraphProto(graph.name(), nodes.stream().filter(Objects::nonNull).toList(),
        List.copyOf(initializers.values()), graph.inputs(), graph.outputs(), graph.values());
  }
}
