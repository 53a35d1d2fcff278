package dev.lanewise.onnx.operator;

import dev.lanewise.onnx.trace.Operator;
import java.util.Map;
import java.util.TreeMap;

/// A table of rules while it is filled.
final class Rules {

  private final Map<String, Operator> byName = new TreeMap<>();

  /// Adds the rule for an operator.
  void put(String operator, Operator rule) {
    if (byName.putIfAbsent(operator, rule) != null) {
      throw new AssertionError(operator);
    }
  }

  Map<String, Operator> byName() {
    return byName;
  }
}
