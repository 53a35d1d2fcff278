package dev.lanewise.report.section;

import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Elementwise functions beside a copy, the JDK's vector operations, and themselves with the derivative; after
/// `-Ppeers` beside MKL's and a scalar loop.
final class ElementwiseSection {

  private static final int IN_L1 = 1 << 10;
  private static final int IN_MEMORY = 1 << 24;
  private static final String NONE = "–";

  /// A column of ratios.
  ///
  /// @param key the last part of the keys in the summary
  /// @param over the counter of the numerator's time
  /// @param under the counter of the denominator's time
  private record Ratio(String head, String key, String over, String under) {}

  private static final Ratio JDK = new Ratio("JDK = 1", "vs_jdk", "jdk", "value");
  private static final List<Ratio> RATIOS =
      List.of(new Ratio("Copy = 1", "over_copy", "copy", "value"), JDK,
      new Ratio("With φ′", "fused_over_value", "fused", "value"));
  private static final List<Ratio> PEERS_RATIOS =
      List.of(new Ratio("MKL = 1", "vs_vml", "vml", "value"), JDK,
      new Ratio("Scalar = 1", "vs_scalar", "scalar", "value"));

  private ElementwiseSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Table> tables = Stream.of(
        table("Ratios", results.of(Suite.ELEMENTWISE), RATIOS, summary),
        table("Against MKL’s VML in LA mode, the JDK’s vector operation, and a loop over the JDK’s method",
        results.of(Suite.ELEMENTWISE_PEERS),
            PEERS_RATIOS, summary)).flatMap(Optional::stream).toList();
    return tables.isEmpty() ? Optional.empty()
        : Optional.of(new Section("elementwise", "Elementwise functions beside their rivals",
        "Ratios of times taken in turn within a few milliseconds; medians over iterations. The speed of a plain copy "
            + "of as many elements, or of the rival named, is 1. “With φ′” is the time with the derivative kept over "
            + "the time without; there is none where the derivative follows from the value.",
        List.of(), tables));
  }

  private static Optional<Table> table(String caption, List<Measurement> measurements, List<Ratio> ratios,
      Summary summary) {
    List<List<String>> rows = measurements.stream()
        .sorted(Measurement.floatFirst()
            .thenComparing(each -> each.param("function")).thenComparingInt(each -> each.intParam("n")))
        .map(each -> row(each, ratios, summary)).toList();
    List<String> head = Stream.concat(Stream.of("Elements", "Function"), ratios.stream().map(Ratio::head)).toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Table(caption, head, rows));
  }

  private static List<String> row(Measurement measured, List<Ratio> ratios, Summary summary) {
    String precision = measured.precision();
    String name = measured.param("function").toLowerCase(Locale.ROOT);
    int n = measured.intParam("n");
    List<String> row = new ArrayList<>(List.of(precision + ", n = " + n, name));
    for (Ratio ratio : ratios) {
      double value = measured.medianRatio(ratio.over, ratio.under);
      String key = "activation." + name + "." + precision + "." + part(ratio.key, n);
      // A rival may have been measured in both suites: the first one's figure has the key.
      row.add(!(value > 0) ? NONE
          : summary.has(key) ? String.format(Locale.ROOT, "%.2f", value) : summary.put(key, value));
    }
    return row;
  }

  private static String part(String key, int n) {
    if (n == IN_MEMORY && key.equals("over_copy")) {
      return "dram_over_copy";
    }
    return n == IN_L1 ? key : "n" + n + "." + key;
  }

  /// A line on the comparison with MKL, if that was measured, which names MKL's kernels: they may be for another CPU.
  static List<String> verdict(Summary summary) {
    List<String> figures = summary.figures().keySet().stream().map(key -> key.split("\\."))
        .filter(key -> key.length == 4 && key[3].equals("vs_vml"))
        .map(key -> key[1] + " " + summary.text(String.join(".", key)) + " × in " + key[2]).toList();
    Object kernels = summary.figures().getOrDefault("machine.vml", "kernels unknown");
    String against = "elementwise against MKL’s VML (" + kernels + "), " + IN_L1 + " elements: ";
    return figures.isEmpty() ? List.of() : List.of(against + String.join(", ", figures));
  }
}
