package dev.lanewise.report;

import dev.lanewise.report.Section.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Elementwise functions beside a copy, the JDK's vector operations, and themselves with the derivative.
final class ElementwiseSection {

  private static final String BENCHMARK = "kernel.ElementwiseBenchmark.round";
  private static final int IN_L1 = 1 << 10;
  private static final int IN_MEMORY = 1 << 24;
  private static final String NONE = "–";

  private ElementwiseSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Measurement> measured = results.of(BENCHMARK).stream()
        .sorted(Comparator.comparing((Measurement each) -> each.param("precision")).reversed()
            .thenComparing(each -> each.param("function")).thenComparingInt(each -> each.intParam("n"))).toList();
    List<List<String>> rows = new ArrayList<>();
    for (Measurement each : measured) {
      String precision = each.param("precision").toLowerCase(Locale.ROOT);
      String name = each.param("function").toLowerCase(Locale.ROOT);
      int n = each.intParam("n");
      String key = "activation." + name + "." + precision + ".";
      String size = n == IN_L1 ? "" : "n" + n + ".";
      rows.add(List.of(precision + ", n = " + n, name,
          summary.put(n == IN_MEMORY ? key + "dram_over_copy" : key + size + "over_copy", each.medianRatio("copy", "value")),
          ratio(summary, key + size + "vs_jdk", each, "jdk", "value"),
          ratio(summary, key + size + "fused_over_value", each, "fused", "value")));
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Section("elementwise", "Elementwise functions beside their rivals",
        "Ratios of times taken in turn within a few milliseconds, the median over iterations. Speed where a plain copy of as many "
            + "elements is 1; where the JDK's vector operation is 1, if there is one. Time with the "
            + "derivative φ′ kept over time without; where it comes from the value nothing is kept.",
        List.of(), List.of(new Table("Ratios", List.of("Elements", "Function", "Copy = 1", "JDK = 1", "With φ′"), rows))));
  }

  /// Of two times, where both were taken.
  private static String ratio(Summary summary, String key, Measurement measured, String over, String under) {
    double ratio = measured.medianRatio(over, under);
    return ratio > 0 ? summary.put(key, ratio) : NONE;
  }
}
