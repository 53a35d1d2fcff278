package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.NodeProto;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The nodes that may be a pattern, from the last one backwards.
final class Match {

  /// A pattern has fewer nodes, each gone through a few times at most: a file may have any number of them in a row.
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

  /// The same nodes, of which this and that may be tried.
  Match copy() {
    Match copy = new Match(wiring, last);
    copy.places.addAll(places);
    copy.steps = steps;
    return copy;
  }

  Wiring wiring() {
    return wiring;
  }

  /// Takes a node in. Whether there may be so many.
  boolean take(int at) {
    places.add(at);
    return ++steps <= MOST_STEPS;
  }

  /// Takes the node in that makes a value and is of this operator without attributes. Null where none is.
  NodeProto take(String value, String operator, int inputs) {
    int at = wiring.maker(value, operator, inputs);
    return at >= 0 && take(at) ? wiring.node(at) : null;
  }

  /// Takes the one reader of the last node's output in as the last, if it is of this operator of two.
  NodeProto extend(String operator) {
    int at = wiring.onlyReader(wiring.node(last).outputs().getFirst());
    if (at < 0 || !wiring.isPlain(at, operator, 2) || !take(at)) {
      return null;
    }
    last = at;
    return wiring.node(at);
  }

  /// What the last node's output is called.
  String output() {
    return wiring.node(last).outputs().getFirst();
  }

  int last() {
    return last;
  }

  /// Puts one node in the place of all, unless somebody else reads what is between them. Whether it did.
  boolean become(
      String name, String domain, String operator, List<String> inputs, Map<String, AttributeProto> attributes) {
    if (!wiring.encloses(places, last)) {
      return false;
    }
    wiring.replace(places, last, new NodeProto(name, operator, domain, inputs, List.of(output()), attributes));
    return true;
  }

  /// The same with the last node's name.
  boolean become(String domain, String operator, List<String> inputs, Map<String, AttributeProto> attributes) {
    return become(wiring.node(last).name(), domain, operator, inputs, attributes);
  }
}
