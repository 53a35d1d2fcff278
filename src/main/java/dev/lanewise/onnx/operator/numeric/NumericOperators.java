package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.onnx.trace.Operator;
import java.util.Map;
import java.util.TreeMap;

/// The operators that compute element by element, or along axes.
public final class NumericOperators {

  private NumericOperators() {}

  /// {@return the rules by the operators' names}
  public static Map<String, Operator> byName() {
    Map<String, Operator> rules = new TreeMap<>();
    Arithmetic.addTo(rules);
    Functions.addTo(rules);
    Activations.addTo(rules);
    Softmaxes.addTo(rules);
    Reductions.addTo(rules);
    Comparisons.addTo(rules);
    Where.addTo(rules);
    return rules;
  }
}
