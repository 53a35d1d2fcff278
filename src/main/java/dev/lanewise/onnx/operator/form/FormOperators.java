package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Operator;
import java.util.Map;
import java.util.TreeMap;

/// The operators that move elements, and those whose values are known when the file is read.
public final class FormOperators {

  private FormOperators() {}

  /// {@return the rules by the operators' names}
  public static Map<String, Operator> byName() {
    Map<String, Operator> rules = new TreeMap<>();
    Casts.addTo(rules);
    Constants.addTo(rules);
    Expansions.addTo(rules);
    Forms.addTo(rules);
    Gathers.addTo(rules);
    Joins.addTo(rules);
    Parts.addTo(rules);
    Reshapes.addTo(rules);
    return rules;
  }
}
