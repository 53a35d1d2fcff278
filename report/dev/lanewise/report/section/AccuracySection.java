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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The largest errors of the elementwise functions that a scan found.
final class AccuracySection {

  private static final List<String> PRECISIONS = List.of("float", "double");
  private static final String NONE = "–";

  private AccuracySection() {}

  static Optional<Section> of(Results results, Summary summary) {
    Map<String, Map<String, String>> figures = new TreeMap<>();
    for (Measurement scan : results.of(Suite.ACCURACY)) {
      String precision = scan.precision();
      for (String counter : scan.counters().keySet()) {
        String name = counter.replaceAll("(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        String figure = summary.put("activation." + name + "." + precision + ".max_ulp", scan.largest(counter));
        figures.computeIfAbsent(name, _ -> new TreeMap<>()).put(precision, figure);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    figures.forEach((name, byPrecision) -> rows.add(List.of(name.replace('_', ' '),
        byPrecision.getOrDefault(PRECISIONS.get(0), NONE), byPrecision.getOrDefault(PRECISIONS.get(1), NONE))));
    return Section.ofTable("accuracy", "Accuracy of the elementwise functions",
        "The largest error that a scan in this run found, in units in the last place of the true result where that is "
            + "a normal number. Floats are taken at even steps through all bit patterns and compared with the "
            + "functions in double; doubles are a sample of all strata, compared with double-double. A result that is "
            + "rounded once is off by at most half a unit.",
        new Table("Largest error, in last places", List.of("Function", "float", "double"), rows));
  }
}
