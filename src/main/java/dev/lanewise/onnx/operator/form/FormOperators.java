package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.trace.Operator;
import java.util.Map;

/// The operators that move elements, those that are linear in what they move, and those whose values are known when the
/// file is read.
public final class FormOperators {

  private FormOperators() {}

  /// Adds their rules by the operators' names.
  public static void addTo(Map<String, Operator> rules) {
    Casts.addTo(rules);
    Constants.addTo(rules);
    EinsteinSum.addTo(rules);
    Expansions.addTo(rules);
    Forms.addTo(rules);
    Gathers.addTo(rules);
    Joins.addTo(rules);
    Parts.addTo(rules);
    Reshapes.addTo(rules);
    Resizes.addTo(rules);
    Scatters.addTo(rules);
    Triangles.addTo(rules);
  }
}
