package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Candidate nodes of a pattern, from its last node backwards.
final class Match {

  /// More steps than any pattern takes; a file may have chains of any length.
  private static final int MOST_STEPS = 64;

  private final Wiring wiring;
  private final Set<Integer> places = new HashSet<>();
  private int last;
  private int steps;

  Match(Wiring wiring, int last) {
    this.wiring = wiring;
    this.last = last;
    places.add(last);
  }

  /// A copy, to try one of several continuations.
  Match copy() {
    Match copy = new Match(wiring, last);
    copy.places.addAll(places);
    copy.steps = steps;
    return copy;
  }

  Wiring wiring() {
    return wiring;
  }

  /// Adds a node.
  ///
  /// @return whether there may be so many steps
  boolean take(int at) {
    places.add(at);
    return ++steps <= MOST_STEPS;
  }

  /// Adds the node that makes a value, if it is of this operator without attributes; else returns null.
  NodeProto take(String value, String operator, int inputs) {
    int at = wiring.maker(value, operator, inputs);
    return at >= 0 && take(at) ? wiring.node(at) : null;
  }

  /// Adds the only reader of the last node's output as the last node, if it is of this operator with two inputs; else
  /// returns null.
  NodeProto extend(String operator) {
    int at = wiring.onlyReader(wiring.node(last).outputs().getFirst());
    if (at < 0 || !wiring.isPlain(at, operator, 2) || !take(at)) {
      return null;
    }
    last = at;
    return wiring.node(at);
  }

  /// The name of the last node's output.
  String output() {
    return wiring.node(last).outputs().getFirst();
  }

  int last() {
    return last;
  }

  /// Replaces all nodes with one, unless something else reads a value between them.
  ///
  /// @return whether it did
  boolean become(
      String name, String domain, String operator, List<String> inputs, Map<String, AttributeProto> attributes) {
    if (!wiring.encloses(places, last)) {
      return false;
    }
    wiring.replace(places, last, new NodeProto(name, operator, domain, inputs, List.of(output()), attributes));
    return true;
  }

  /// The same, under the last node's name.
  boolean become(String domain, String operator, List<String> inputs, Map<String, AttributeProto> attributes) {
    return become(wiring.node(last).name(), domain, operator, inputs, attributes);
  }
}
