package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.GraphProto;
import java.util.List;
import java.util.Set;

/// Nodes of a file that spell out what has an operator: they become that operator, which has a kernel of its own, is
/// exact where the others cancel, and does not overflow where they do.
///
/// Constants are compared to the rounding of float. Nodes whose values somebody else reads stay as they are.
public final class Patterns {

  /// Something that nodes may be, of which one is the last.
  private interface Pattern {

    /// Replaces the nodes if they are. Whether they were.
    boolean replace(Wiring wiring, int last);
  }

  /// Mish has a softplus in it.
  private static final List<Pattern> IN_ORDER =
      List.of(Softplus::replace, Gates::replace, Norms::replace, AffineMaps::replace);

  private Patterns() {}

  /// {@return the graph with its patterns replaced}
  ///
  /// @param graph whose nodes stand behind those whose outputs they read
  /// @param kept names of values that somebody outside reads, or tells: they stay
  /// @param folds whether batch norm becomes a part of weights
  public static GraphProto rewrite(GraphProto graph, long opset, Set<String> kept, boolean folds) {
    Wiring wiring = new Wiring(graph, Aliases.without(graph, opset, kept), kept);
    IN_ORDER.forEach(pattern -> replace(wiring, pattern));
    if (folds) { // behind affine maps, which are whole by now
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
