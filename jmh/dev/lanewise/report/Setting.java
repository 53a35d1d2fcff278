package dev.lanewise.report;

import java.util.Comparator;
import java.util.Locale;

/// What is held fixed while D and M vary: one heat map, one fit, one verdict.
///
/// @param precision `FLOAT` or `DOUBLE`
/// @param chunk directions at a time; 1 as the slides define both modes
/// @param depth hidden layers
/// @param width of each hidden layer
/// @param activation of the hidden layers
record Setting(String precision, int chunk, int depth, int width, String activation) implements Comparable<Setting> {

  private static final int DEPTH = 2;
  private static final int WIDTH = 64;
  private static final String ACTIVATION = "TANH";

  /// The perceptron D-64-64-M with tanh.
  static Setting of(String precision, int chunk) {
    return new Setting(precision, chunk, DEPTH, WIDTH, ACTIVATION);
  }

  static Setting of(Measurement measured) {
    return new Setting(measured.param("precision"), measured.intParam("chunk"), measured.intParam("depth"),
        measured.intParam("width"), measured.param("activation"));
  }

  /// Stable, for `summary.json`: `float`, and what is not the default behind it, as in `double.chunk64.depth3.width16.relu`.
  String key() {
    return precision.toLowerCase(Locale.ROOT)
        + (chunk == 1 ? "" : ".chunk" + chunk)
        + (depth == DEPTH ? "" : ".depth" + depth)
        + (width == WIDTH ? "" : ".width" + width)
        + (activation.equals(ACTIVATION) ? "" : "." + activation.toLowerCase(Locale.ROOT));
  }

  /// For people: `float, one direction at a time`.
  String title() {
    return precision.toLowerCase(Locale.ROOT) + ", " + (chunk == 1 ? "one direction at a time" : "up to " + chunk + " directions at a time")
        + (depth == DEPTH && width == WIDTH && activation.equals(ACTIVATION) ? "" : ", " + network());
  }

  /// For people: `D-64-64-M, tanh`.
  String network() {
    return "D" + ("-" + width).repeat(depth) + "-M, " + activation.toLowerCase(Locale.ROOT);
  }

  /// The slides' setting first: float before double, the default network before others, few directions before many.
  @Override
  public int compareTo(Setting other) {
    return Comparator.comparing((Setting s) -> s.depth != DEPTH || s.width != WIDTH || !s.activation.equals(ACTIVATION))
        .thenComparing(Setting::precision, Comparator.reverseOrder())
        .thenComparingInt(Setting::chunk)
        .thenComparingInt(Setting::depth)
        .thenComparingInt(Setting::width)
        .thenComparing(Setting::activation)
        .compare(this, other);
  }
}
