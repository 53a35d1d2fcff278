package dev.lanewise.report.section;

import dev.lanewise.report.chart.Bars;
import dev.lanewise.report.chart.Bars.Bar;
import dev.lanewise.report.chart.Chart;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Theme;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The activations' speed in elements per nanosecond.
final class ActivationSection {

  private static final String BENCHMARK = "kernel.ActivationBenchmark.";

  private ActivationSection() {}

  /// One picture for each precision and length.
  static Optional<Section> of(Results results, Summary summary) {
    Map<String, List<Bar>> pictures = new LinkedHashMap<>();
    for (Measurement measured : results.measurements()) {
      if (measured.benchmark().startsWith(BENCHMARK)) {
        boolean slope = measured.benchmark().equals(BENCHMARK + "valueAndSlope");
        String name = measured.param("activation").toLowerCase(Locale.ROOT);
        String group = measured.precision() + ".n" + measured.param("n");
        double rate = measured.intParam("n") / measured.time();
        summary.put("activation." + group + "." + name + (slope ? ".with_slope" : "") + ".elements_per_ns", rate);
        pictures.computeIfAbsent(group, _ -> new ArrayList<>())
            .add(new Bar(name.replace('_', ' '), slope ? "with slope" : "value", rate));
      }
    }
    List<Picture> drawn = pictures.entrySet().stream().map(entry -> picture(entry.getKey(), entry.getValue(), summary))
        .toList();
    return drawn.isEmpty() ? Optional.empty() : Optional.of(new Section("activations", "Activations",
        "Elements per nanosecond on one core; 1,024 elements stay in the first-level cache. “With slope” computes "
            + "value and derivative in one pass.", drawn, List.of()));
  }

  private static Picture picture(String group, List<Bar> bars, Summary summary) {
    bars.sort(Comparator.comparing((Bar bar) -> !bar.series().equals("value")).thenComparing(bar -> -bar.value()));
    Bar fastest = bars.getFirst();
    Bar slowest = bars.stream().filter(bar -> bar.series().equals(fastest.series()))
        .min(Comparator.comparingDouble(Bar::value)).orElseThrow();
    String key = "activation." + group + ".";
    String title = "Elements per nanosecond, " + group.replace(".n", ", n = ");
    String most = summary.putRate(key + "fastest_elements_per_ns", fastest.value());
    String least = summary.putRate(key + "slowest_elements_per_ns", slowest.value());
    String sentence = bars.size() == 1
        ? "Only " + fastest.row() + " was measured: " + most + " elements a nanosecond."
        : "Fastest is " + fastest.row() + " with " + most + " elements a nanosecond, slowest " + slowest.row()
        + " with " + least + ".";
    Csv csv = new Csv("activation,pass,elements_per_ns");
    bars.forEach(bar -> csv.row("%s,%s,%.4f", bar.row(), bar.series(), bar.value()));
    String name = "activations-" + group.replace('.', '-');
    Chart chart = Bars.svg(name, title, "elements/ns", bars, List.of(Theme.INK, Theme.NEUTRAL), "0.00");
    return new Picture(name, title, sentence, chart, csv.toString());
  }
}
