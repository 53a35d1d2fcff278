package dev.lanewise.report.result;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What stays fixed while D and M vary: one heat map, one fit, one verdict.
///
/// @param precision `FLOAT` or `DOUBLE`
/// @param chunk directions at a time; 1 in the slides' definition of both modes
/// @param depth hidden layers
/// @param width of each hidden layer
/// @param activation of the hidden layers
/// @param seeding `NAIVE`: identities are pushed and pulled through every layer; `ELIDED`: the first and the last
///     layer's weights are the first panels
/// @param other the virtual machine, if it differs from that of the run's other figures
public record Setting(String precision, int chunk, int depth, int width, String activation, String seeding,
    Optional<Jvm> other)
    implements Comparable<Setting> {

  private static final int DEPTH = 2;
  private static final int WIDTH = 64;
  private static final String ACTIVATION = "TANH";
  private static final String SEEDING = "NAIVE";

  /// The perceptron D-64-64-M with tanh.
  public static Setting of(String precision, int chunk) {
    return new Setting(precision, chunk, DEPTH, WIDTH, ACTIVATION, SEEDING, Optional.empty());
  }

  /// The setting with JMH's parameters.
  public static Setting of(Map<String, String> params, Optional<Jvm> other) {
    return new Setting(params.get("precision"), Integer.parseInt(params.get("chunk")),
        Integer.parseInt(params.get("depth")),
        Integer.parseInt(params.get("width")), params.get("activation"), params.get("seeding"), other);
  }

  /// The same network with elided seeds.
  public Setting elided() {
    return new Setting(precision, chunk, depth, width, activation, "ELIDED", other);
  }

  /// The same with another network.
  public Setting with(int depth, int width, String activation) {
    return new Setting(precision, chunk, depth, width, activation, seeding, other);
  }

  /// The same on another virtual machine, or on the run's own.
  public Setting on(Optional<Jvm> other) {
    return new Setting(precision, chunk, depth, width, activation, seeding, other);
  }

  /// The machine's fact that names the collector of its forks.
  public String collectorFact() {
    return "collector" + other.filter(jvm -> !jvm.isNarrowed()).map(jvm -> "_" + jvm.key()).orElse("");
  }

  public boolean isElided() {
    return !seeding.equals(SEEDING);
  }

  /// The multiply-adds of the value and the Jacobian: E for the value and, for E = D·w + (depth − 1)·w² + w·M weights,
  /// D·E forward and M·E reverse; with elided seeds D·(E − D·w) and M·(E − w·M).
  ///
  /// @param directions D forward, M reverse
  public long multiplyAdds(int d, int m, int directions) {
    long weights = (long) width * (d + m) + (depth - 1L) * width * width;
    return weights + directions * (weights - (isElided() ? (long) width * directions : 0));
  }

  /// Whether the network differs from the slides'.
  public boolean isOtherNetwork() {
    return depth != DEPTH || width != WIDTH || !activation.equals(ACTIVATION);
  }

  /// The stable key for `summary.json`: `float`, followed by whatever is not the default, as in
  /// `double.chunk64.depth3.width16.relu`, `float.serial`.
  public String key() {
    return precision.toLowerCase(Locale.ROOT)
        + other.map(jvm -> "." + jvm.key()).orElse("")
        + (chunk == 1 ? "" : ".chunk" + chunk)
        + (depth == DEPTH ? "" : ".depth" + depth)
        + (width == WIDTH ? "" : ".width" + width)
        + (activation.equals(ACTIVATION) ? "" : "." + activation.toLowerCase(Locale.ROOT))
        + (isElided() ? ".elided" : "");
  }

  /// The title: `float, one direction at a time`.
  public String title() {
    return precision.toLowerCase(Locale.ROOT) + ", "
        + (chunk == 1 ? "one direction at a time" : "up to " + chunk + " directions at a time")
        + other.map(jvm -> ", " + jvm.title).orElse("") + (isElided() ? ", elided seeds" : "")
        + (isOtherNetwork() ? ", " + network() : "");
  }

  /// The network's title: `D-64-64-M, tanh`.
  public String network() {
    return "D" + ("-" + width).repeat(depth) + "-M, " + activation.toLowerCase(Locale.ROOT);
  }

  /// The slides' setting first: float before double, the default network before others, few directions before many;
  /// other virtual machines last.
  @Override
  public int compareTo(Setting other) {
    return Comparator.comparingInt((Setting each) -> each.other.map(jvm -> 1 + jvm.ordinal()).orElse(0))
        .thenComparing(Setting::isOtherNetwork).thenComparing(Setting::isElided)
        .thenComparing(Setting::precision, Comparator.reverseOrder())
        .thenComparingInt(Setting::chunk)
        .thenComparingInt(Setting::depth)
        .thenComparingInt(Setting::width)
        .thenComparing(Setting::activation)
        .compare(this, other);
  }
}
