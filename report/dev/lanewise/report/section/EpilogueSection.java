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

/// The time that bias, activation and slope add to the product that they are fused into.
final class EpilogueSection {

  private EpilogueSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Measurement> measured = results.of(Suite.EPILOGUES).stream()
        .sorted(Measurement.floatFirst()
            .thenComparingInt(each -> each.intParam("n"))
            .thenComparing(each -> each.param("activation")).thenComparing(each -> each.param("epilogue"))).toList();
    List<List<String>> rows = new ArrayList<>();
    for (Measurement each : measured) {
      String precision = each.precision();
      String activation = each.param("activation").toLowerCase(Locale.ROOT);
      String epilogue = each.param("epilogue").toLowerCase(Locale.ROOT);
      String key = "epilogue." + precision + ".n" + each.param("n") + "." + activation + "." + epilogue + ".over_gemm";
      rows.add(List.of(precision + ", n = " + each.param("n"), activation.replace('_', ' '), title(epilogue),
          summary.put(key, each.medianRatio("fused", "bare"))));
    }
    return Section.ofTable("epilogues", "Stages fused into a product",
        "Time of a square product X·Wᵀ with a stage fused into it over that of the bare product, taken in turn within "
            + "a few milliseconds; medians over iterations.",
        new Table("Time fused over time bare", List.of("Product", "Activation", "Stage", "Ratio"), rows));
  }

  private static String title(String epilogue) {
    return switch (epilogue) {
      case "value" -> "φ(C + bias)";
      case "value_and_slope" -> "φ(C + bias), φ′ kept";
      case "push" -> "φ′ ⊙ C";
      default -> epilogue;
    };
  }
}
