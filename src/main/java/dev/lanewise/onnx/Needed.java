package dev.lanewise.onnx;

import dev.lanewise.file.Excerpt;
import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.FormatException;
import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// The nodes of a graph that one of its values depends on. Nodes after that value may be of any kind: they are not
/// looked at.
final class Needed {

  /// Stands for an initializer whose elements are of a type that is not read.
  static final Value UNREADABLE = Integers.of(ElementType.OTHER, new long[0], 0);

  private final List<NodeProto> nodes;
  private final Map<String, Set<NodeProto>> readers = new HashMap<>();
  private final String output;

  private Needed(List<NodeProto> nodes, String output) {
    this.nodes = nodes;
    this.output = output;
    for (NodeProto node : nodes) {
      node.inputs().forEach(name -> readers.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(node));
    }
  }

  /// @throws FormatException if a value is made twice, or read before it is made
  /// @throws Refusal if nothing makes the output
  static Needed of(GraphProto graph, String output) throws FormatException {
    Map<String, Integer> makers = makers(graph);
    if (!makers.containsKey(output)) {
      throw new Refusal("value " + Excerpt.of(output) + " is not in the file, expected one of "
          + Excerpt.of(graph.outputs().stream().map(info -> info.name()).toList()) + " or one that a node makes");
    }
    boolean[] needed = new boolean[graph.nodes().size()];
    Deque<String> open = new ArrayDeque<>(List.of(output));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      Integer maker = makers.get(open.pop());
      if (maker == null || maker < 0 || needed[maker]) {
        continue;
      }
      needed[maker] = true;
      for (String name : graph.nodes().get(maker).inputs()) {
        if (!name.isEmpty() && seen.add(name)) {
          open.push(name);
        }
      }
    }
    List<NodeProto> nodes = IntStream.range(0, needed.length).filter(at -> needed[at])
        .mapToObj(graph.nodes()::get).toList();
    requireOrder(graph, makers, needed);
    return new Needed(nodes, output);
  }

  /// The index of the node that makes each value, −1 for an input or an initializer.
  private static Map<String, Integer> makers(GraphProto graph) throws FormatException {
    Map<String, Integer> makers = new HashMap<>();
    graph.inputs().forEach(info -> makers.put(info.name(), -1));
    for (TensorProto tensor : graph.initializers()) {
      makers.put(tensor.name(), -1);
    }
    for (int at = 0; at < graph.nodes().size(); at++) {
      for (String name : graph.nodes().get(at).outputs()) {
        if (!name.isEmpty() && makers.put(name, at) != null) {
          throw new FormatException("value " + Excerpt.of(name) + " is made twice, expected once");
        }
      }
    }
    return makers;
  }

  private static void requireOrder(GraphProto graph, Map<String, Integer> makers, boolean[] needed)
      throws FormatException {
    for (int at = 0; at < needed.length; at++) {
      for (String name : needed[at] ? graph.nodes().get(at).inputs() : List.<String>of()) {
        Integer maker = makers.get(name);
        if (!name.isEmpty() && (maker == null || maker >= at)) {
          throw new FormatException("node " + Excerpt.of(graph.nodes().get(at).name()) + " reads value "
              + Excerpt.of(name) + (maker == null ? ", which nothing makes" : " before it is made")
              + ", expected nodes after those whose outputs they read");
        }
      }
    }
  }

  /// The nodes, in the file's order.
  List<NodeProto> nodes() {
    return nodes;
  }

  /// Whether a value is read by one of the nodes, or is the output.
  boolean reads(String name) {
    return readers.containsKey(name) || name.equals(output);
  }

  /// The node without the names of outputs that nothing reads: rules do not make those.
  NodeProto read(NodeProto node) {
    List<String> outputs = node.outputs().stream().map(name -> reads(name) ? name : "").toList();
    return outputs.equals(node.outputs()) ? node : node.with(node.inputs(), outputs);
  }

  /// The value, refused if its elements are of a type that is not read.
  Value readable(NodeProto node, String name, Value value) {
    if (value == UNREADABLE) {
      throw new Refusal("node " + Excerpt.of(node.name()) + " (" + node.operator() + "): input " + Excerpt.of(name)
          + " has elements of a type that is not read, expected float, double, float16, bfloat16 or integers");
    }
    return value;
  }

  /// Refuses an input of integers, unless they are used only as indices: then x holds them as whole numbers. Half
  /// precision is computed as float.
  void requireFloating(GraphInput input) {
    boolean places = input.type().isInteger() && readers.getOrDefault(input.name(), Set.of()).stream()
        .allMatch(node -> isLookedUp(node, input.name()) || isCastOfPlaces(node));
    if (!places && !input.type().isFloating()) {
      throw new Refusal("input " + Excerpt.of(input.name()) + " is of type " + input.type()
          + ", expected floating numbers, or integers that are only looked up; others can be fixed");
    }
  }

  private static boolean isLookedUp(NodeProto node, String name) {
    return node.operator().equals("Gather") && !node.inputs().getFirst().equals(name);
  }

  private boolean isCastOfPlaces(NodeProto node) {
    AttributeProto to = node.attributes().get("to");
    boolean cast = node.operator().equals("Cast") && to != null && to.value() instanceof Long type
        && ElementType.of(type).isInteger() && ElementType.of(type) != ElementType.BOOL && node.outputs().size() == 1;
    String name = cast ? node.outputs().getFirst() : output;
    return !name.equals(output)
        && readers.getOrDefault(name, Set.of()).stream().allMatch(reader -> isLookedUp(reader, name));
  }

  /// Whether a node casts computed numbers to integers that are only used as indices. These stay floating numbers: the
  /// lookup refuses those that are not whole.
  boolean isLookup(NodeProto node, List<Value> inputs) {
    return inputs.size() == 1 && inputs.getFirst() instanceof Traced && isCastOfPlaces(node);
  }

  /// The rule for a node that [#isLookup].
  static Value places(Call cast) {
    cast.integer("to", 0);
    cast.flag("saturate", true);
    return cast.input(0);
  }
}
