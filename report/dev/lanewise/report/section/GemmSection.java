package dev.lanewise.report.section;

import dev.lanewise.report.chart.Bars;
import dev.lanewise.report.chart.Bars.Bar;
import dev.lanewise.report.chart.Chart;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Theme;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hipparchus.stat.descriptive.rank.Median;

/// Square matrix products as a share of the peak that was measured in the same run.
final class GemmSection {

  private static final String FIRST_FORM = "X_WT";

  private GemmSection() {}

  static Optional<Section> of(Results results, Summary summary) {
    List<Bar> bars = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    List<String> peaks = new ArrayList<>();
    Csv csv = new Csv("precision,form,n,gflops,peak_share");
    for (String precision : List.of("float", "double")) {
      List<Measurement> products = products(results, precision);
      if (!products.isEmpty()) {
        double peak = new Median().evaluate(products.stream().mapToDouble(Measurement::peakGigaflops).toArray());
        peaks.add(summary.putRate("peak." + precision + ".gflops", peak) + " GFLOP/s in " + precision);
      }
      for (Measurement gemm : products) {
        boolean first = gemm.param("form").equals(FIRST_FORM);
        String n = gemm.param("n");
        String key = "gemm." + precision + "." + (first ? "" : gemm.param("form").toLowerCase(Locale.ROOT) + ".");
        double share = gemm.peakShare();
        String gigaflops = summary.putRate(key + "gflops_" + n, gemm.gigaflops());
        String shareText = summary.put(key + "peak_share_" + n, share);
        rows.add(List.of(precision + ", n = " + n, form(gemm.param("form")), gigaflops, shareText));
        csv.row("%s,%s,%s,%.3f,%.4f", precision, gemm.param("form"), n, gemm.gigaflops(), share);
        if (first) {
          bars.add(new Bar("n = " + n, precision, 100 * share));
        }
      }
    }
    return bars.isEmpty() ? Optional.empty() : Optional.of(section(bars, rows, peaks, csv.toString(), summary));
  }

  private static Section section(
      List<Bar> bars, List<List<String>> rows, List<String> peaks, String csv, Summary summary) {
    bars.sort(Comparator.comparing(Bar::series).reversed()
        .thenComparingInt(bar -> Integer.parseInt(bar.row().substring(4))));
    Bar best = bars.stream().max(Comparator.comparingDouble(Bar::value)).orElseThrow();
    Bar worst = bars.stream().min(Comparator.comparingDouble(Bar::value)).orElseThrow();
    String all = bars.size() > 1 ? "" : "Only " + best.row() + " in " + best.series() + " was measured. ";
    String sentence = all + "Best " + summary.putRate("gemm.best_percent", best.value()) + " % of the peak ("
        + best.series() + ", " + best.row() + "), worst "
        + summary.putRate("gemm.worst_percent", worst.value()) + " % (" + worst.series() + ", " + worst.row() + ").";
    List<Theme> colours = List.of(Theme.INK, Theme.NEUTRAL);
    String title = "Square products X·Wᵀ, share of the FMA peak of one core";
    Chart chart = Bars.svg("gemm", title, "% of the FMA peak", bars, colours, "0");
    return new Section("gemm", "Matrix products",
        "A loop of fused multiply-adds in registers reached " + String.join(" and ", peaks)
            + " on one core (median). That ceiling is measured anew before each timing of a product; shares are "
            + "medians of those pairs.",
        List.of(new Picture("gemm", title, sentence, chart, csv)),
        List.of(new Table("Rates by shape and form", List.of("Product", "Form", "GFLOP/s", "Share of peak"), rows)));
  }

  private static List<Measurement> products(Results results, String precision) {
    return results.of(Suite.GEMM).stream().filter(gemm -> gemm.param("precision").equalsIgnoreCase(precision))
        .sorted(Comparator.comparingInt((Measurement gemm) -> gemm.intParam("n"))
            .thenComparing(gemm -> !gemm.param("form").equals(FIRST_FORM))
            .thenComparing(gemm -> gemm.param("form")))
        .toList();
  }

  private static String form(String form) {
    return switch (form) {
      case "X_WT" -> "X·Wᵀ";
      case "Y_W" -> "Y·W";
      case "UT_X" -> "Uᵀ·X";
      default -> form;
    };
  }
}
