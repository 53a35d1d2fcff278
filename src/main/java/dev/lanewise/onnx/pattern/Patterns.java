package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.GraphProto;
import java.util.List;
import java.util.Set;

/// Replaces nodes that spell out an operator with that operator, which has a kernel of its own, is exact where the
/// others cancel, and does not overflow where they do.
///
/// Constants are compared to the rounding of float. Nodes whose values something else reads stay as they are.
public final class Patterns {

  /// A pattern of nodes, found by its last node.
  private interface Pattern {

    /// Replaces the nodes if they match.
    ///
    /// @return whether they did
    boolean replace(Wiring wiring, int last);
  }

  /// Softplus first: Mish contains it.
  private static final List<Pattern> IN_ORDER =
      List.of(Softplus::replace, Gates::replace, Norms::replace, AffineMaps::replace);

  private Patterns() {}

  /// {@return the graph with its patterns replaced}
  ///
  /// @param graph its nodes come after those whose outputs they read
  /// @param kept names of values that are read or set from outside: they stay
  /// @param folds whether batch norm is folded into weights
  public static GraphProto rewrite(GraphProto graph, long opset, Set<String> kept, boolean folds) {
    Wiring wiring = new Wiring(graph, Aliases.without(graph, opset, kept), kept);
    IN_ORDER.forEach(pattern -> replace(wiring, pattern));
    if (folds) { // into affine maps, which are complete by now
      replace(wiring, BatchNorms::replace);
    }
    return wiring.graph();
  }

  private static void replace(Wiring wiring, Pattern pattern) {
    for (int at = 0; at < wiring.size(); at++) {
      if (wiring.node(at) != null) {
        pattern.replace(wiring, at);
      }
    }
  }
}
