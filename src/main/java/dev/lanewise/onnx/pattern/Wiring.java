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

/// A graph while its nodes are replaced: who makes each value, who reads it, and which are constant. Nodes are told
/// apart by their places.
final class Wiring {

  /// How near a constant of the file is to the number that it stands for, which was rounded to float.
  private static final double ROUNDING = 1e-6;

  private final GraphProto graph;
  private final Set<String> kept;
  private final List<NodeProto> nodes;
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final Map<String, Integer> makers = new HashMap<>();
  private final Map<String, Set<Integer>> readers = new HashMap<>();
  private final Map<String, Integer> ranks = new HashMap<>();

  /// @param kept values that somebody outside reads or tells
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

  /// The node at a place, null where it has been taken away.
  NodeProto node(int at) {
    return nodes.get(at);
  }

  /// The place of the node that makes a value, −1 where none does.
  int maker(String value) {
    return makers.getOrDefault(value, -1);
  }

  /// The place of the node that makes a value and is of this operator without attributes, −1 where none is.
  int maker(String value, String operator, int inputs) {
    int at = maker(value);
    return at >= 0 && isPlain(at, operator, inputs) ? at : -1;
  }

  /// Whether there is a node of this operator of ONNX, with so many inputs, one output and no attributes.
  boolean isPlain(int at, String operator, int inputs) {
    return is(at, operator) && node(at).inputs().size() == inputs && node(at).outputs().size() == 1
        && node(at).attributes().isEmpty();
  }

  /// Whether there is a node of this operator of ONNX.
  boolean is(int at, String operator) {
    NodeProto node = node(at);
    return node != null && node.operator().equals(operator) && Operators.isOwn(node.domain());
  }

  /// Whether attributes of a node are all among these.
  boolean tellsOnly(int at, String... attributes) {
    return List.of(attributes).containsAll(node(at).attributes().keySet());
  }

  /// The integer that a node tells, or what holds where it does not.
  long integer(int at, String name, long otherwise) {
    AttributeProto attribute = node(at).attributes().get(name);
    return attribute == null || attribute.kind() != Kind.INT ? otherwise : (Long) attribute.value();
  }

  /// The number that a node tells, or what holds where it does not.
  double number(int at, String name, double otherwise) {
    AttributeProto attribute = node(at).attributes().get(name);
    return attribute == null || attribute.kind() != Kind.FLOAT ? otherwise : (Float) attribute.value();
  }

  /// The one node that reads a value, −1 where there are several or none, or somebody outside reads it.
  int onlyReader(String value) {
    Set<Integer> all = readers.getOrDefault(value, Set.of());
    return all.size() == 1 && !kept.contains(value) ? all.iterator().next() : -1;
  }

  /// Whether nobody but these nodes reads what they make, but for the last one's output.
  boolean encloses(Set<Integer> places, int last) {
    return places.stream().filter(at -> at != last).flatMap(at -> node(at).outputs().stream()).allMatch(value ->
        value.isEmpty() || !kept.contains(value) && places.containsAll(readers.getOrDefault(value, Set.of())));
  }

  /// The axes of a value that is no constant, −1 where the file does not say.
  int rank(String value) {
    return ranks.getOrDefault(value, -1);
  }

  TensorProto initializer(String name) {
    return kept.contains(name) ? null : initializers.get(name);
  }

  /// The numbers that a value always is, maybe cast to float or double, null where it is computed or of a kind that is
  /// not read.
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

  /// The one number that a value always is, NaN where it is none. One that would add axes is none either.
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

  /// Puts a node in the place of others, of which it makes the last one's output.
  void replace(Set<Integer> places, int last, NodeProto node) {
    places.forEach(this::disconnect);
    nodes.set(last, node);
    connect(last);
  }

  /// Whether a name stands for something.
  boolean isTaken(String name) {
    return initializers.containsKey(name) || makers.containsKey(name) || kept.contains(name)
        || readers.containsKey(name) || graph.inputs().stream().anyMatch(info -> info.name().equals(name));
  }

  /// Adds numbers, or puts them in the place of others of this name.
  void put(TensorProto tensor) {
    initializers.put(tensor.name(), tensor);
  }

  GraphProto graph() {
    return new GraphProto(graph.name(), nodes.stream().filter(Objects::nonNull).toList(),
        List.copyOf(initializers.values()), graph.inputs(), graph.outputs(), graph.values());
  }
}
