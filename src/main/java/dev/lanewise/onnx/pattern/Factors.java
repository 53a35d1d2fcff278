package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.NodeProto;
import java.util.ArrayList;
import java.util.List;

/// A product taken apart into a number and values. Its factors that are products are taken apart too, unless something
/// else reads them.
final class Factors {

  private final Match match;
  private final List<String> values = new ArrayList<>();
  private double number = 1;

  private Factors(Match match) {
    this.match = match;
  }

  /// The factors of the last node, or null if it is no product.
  static Factors of(Match match) {
    Factors factors = new Factors(match);
    return factors.isProduct(match.last()) && factors.addOperands(match.last()) ? factors : null;
  }

  double number() {
    return number;
  }

  List<String> values() {
    return values;
  }

  private boolean isProduct(int at) {
    Wiring wiring = match.wiring();
    return wiring.isPlain(at, "Mul", 2) || wiring.isPlain(at, "Neg", 1)
        || wiring.isPlain(at, "Div", 2) && Math.abs(wiring.number(wiring.node(at).inputs().get(1))) > 0;
  }

  private boolean addOperands(int at) {
    NodeProto node = match.wiring().node(at);
    if (!match.take(at)) {
      return false;
    }
    switch (node.operator()) {
      case "Neg" -> number = -number;
      case "Div" -> number /= match.wiring().number(node.inputs().get(1));
      default -> {
        return add(node.inputs().get(0)) && add(node.inputs().get(1));
      }
    }
    return add(node.inputs().getFirst());
  }

  private boolean add(String value) {
    double constant = match.wiring().number(value);
    if (!Double.isNaN(constant)) {
      number *= constant;
      return true;
    }
    int at = match.wiring().maker(value);
    if (at >= 0 && match.wiring().onlyReader(value) >= 0 && isProduct(at)) {
      return addOperands(at);
    }
    return values.add(value);
  }
}
