package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.GraphProto;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.operator.Operators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Removes Identity, and Dropout at inference: readers of their output read their input.
final class Aliases {

  private static final int TRAINING_TOLD = 7;

  private Aliases() {}

  /// The nodes without them.
  static List<NodeProto> without(GraphProto graph, long opset, Set<String> kept) {
    Map<String, String> names = new HashMap<>();
    Map<String, TensorProto> initializers = new HashMap<>();
    graph.initializers().forEach(tensor -> initializers.put(tensor.name(), tensor));
    List<NodeProto> nodes = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      NodeProto renamed =
          node.with(node.inputs().stream().map(name -> names.getOrDefault(name, name)).toList(), node.outputs());
      if (isAlias(renamed, initializers, opset) && !kept.contains(node.outputs().getFirst())) {
        names.put(node.outputs().getFirst(), renamed.inputs().getFirst());
      } else {
        nodes.add(renamed);
      }
    }
    return nodes;
  }

  private static boolean isAlias(NodeProto node, Map<String, TensorProto> initializers, long opset) {
    boolean isOwn = Operators.isOwn(node.domain());
    boolean hasOneOutput = !node.outputs().isEmpty() && node.outputs().stream().skip(1).allMatch(String::isEmpty);
    if (!isOwn || !hasOneOutput || node.inputs().isEmpty() || node.inputs().getFirst().isEmpty()) {
      return false;
    }
    if (node.operator().equals("Identity")) {
      return node.inputs().size() == 1 && node.attributes().isEmpty();
    }
    boolean isTold = Set.of("ratio", "seed").containsAll(node.attributes().keySet());
    return node.operator().equals("Dropout") && opset >= TRAINING_TOLD && isTold && !trains(node, initializers);
  }

  /// Whether a Dropout may drop: its training mode is neither left out nor a constant false.
  private static boolean trains(NodeProto dropout, Map<String, TensorProto> initializers) {
    if (dropout.inputs().size() < 3 || dropout.inputs().get(2).isEmpty()) {
      return false;
    }
    TensorProto told = initializers.get(dropout.inputs().get(2));
    return told == null || !(told.content() instanceof long[] flag) || flag.length != 1 || flag[0] != 0;
  }
}
