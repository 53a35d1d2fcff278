package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.onnx.trace.Operator;
import java.util.Map;

/// Operators that compute element by element, or along axes.
public final class NumericOperators {

  private NumericOperators() {}

  /// Adds their rules by the operators' names.
  public static void addTo(Map<String, Operator> rules) {
    Arithmetic.addTo(rules);
    Functions.addTo(rules);
    Activations.addTo(rules);
    Softmaxes.addTo(rules);
    Reductions.addTo(rules);
    Comparisons.addTo(rules);
    Where.addTo(rules);
  }
}
