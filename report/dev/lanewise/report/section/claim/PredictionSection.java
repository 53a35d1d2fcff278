package dev.lanewise.report.section.claim;

import dev.lanewise.report.chart.Agreement;
import dev.lanewise.report.chart.Agreement.Group;
import dev.lanewise.report.chart.Agreement.Point;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.verdict.Cell;
import dev.lanewise.report.verdict.Claim;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Why r* is where it is: predicted from the calls that a Jacobian consists of, beside the measured r*.
public final class PredictionSection {

  private static final String NAME = "predicted-crossover";
  private static final double NEAR = 1.1;

  /// One setting's prediction and measurement, on the same pairs.
  private record Both(Prediction prediction, Claim measured) {

    Setting setting() {
      return prediction.setting();
    }

    Estimate predicted() {
      return prediction.claim().crossover();
    }

    double over() {
      return predicted().ratio() / measured.crossover().ratio();
    }

    double distance() {
      return Math.abs(Cell.log2(over()));
    }

    boolean isNear() {
      return distance() <= Cell.log2(NEAR);
    }
  }

  private PredictionSection() {}

  /// The section; empty if no calls were measured.
  ///
  /// @throws Refusal if the forks measured calls on different pairs
  public static Optional<Section> of(Results results, List<Claim> claims, Summary summary) throws Refusal {
    Map<Setting, Prediction> predictions = Prediction.bySetting(results);
    List<Both> all = predictions.values().stream().filter(each -> each.claim().verdict() != Claim.Verdict.EMPTY)
        .map(each -> new Both(each, measured(each, claims))).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    for (int place = 0; place < all.size(); place++) {
      rows.add(row(place + 1, all.get(place), summary));
    }
    Table table = new Table("r* by the sums, by the clock, and by pushes and pulls alone, with rates through a hidden "
        + "layer, 10⁹ operations a second",
        List.of("Setting", "Predicted r*", "Measured r*", "Layers alone", "Push", "Pull", "Push / pull"), rows);
    return Optional.of(new Section("predicted", "Why r* is where it is", lead(all.getFirst(), summary),
        List.of(picture(all)), List.of(table)));
  }

  /// The claim on the same pairs, or, if it was not measured, from whole calls that took turns with their parts.
  private static Claim measured(Prediction prediction, List<Claim> claims) {
    return claims.stream().filter(claim -> claim.setting().equals(prediction.setting())).findFirst()
        .map(prediction::onSamePairs).orElseGet(prediction::whole);
  }

  private static String lead(Both first, Summary summary) {
    String key = key(first);
    return "A push of one direction takes a dot product for each output of a layer, whose partial sums have to be "
        + "folded; a pull adds up rows of W and has nothing to fold. Through a hidden layer pushes run at "
        + summary.text(key + "push_gflops") + " · 10⁹ operations a second, pulls " + summary.text(key + "pull_gflops")
        + " (" + first.setting().title() + "), and r* is about the ratio of these. Forward mode also writes the "
        + "Jacobian by columns, whose elements lie apart, reverse mode by rows. Here each of these calls was measured "
        + "by itself, and r* predicted from their sums, which are " + percent(summary.text(key + "explained_forward"))
        + " of a whole call’s time forward and " + percent(summary.text(key + "explained_reverse")) + " in reverse.";
  }

  private static String percent(String share) {
    return Math.round(100 * Double.parseDouble(share)) + " %";
  }

  private static String key(Both both) {
    return "why." + both.setting().key() + ".";
  }

  private static List<String> row(int number, Both both, Summary summary) {
    String key = key(both);
    List<String> row = new ArrayList<>(List.of(number + ". " + both.setting().title()));
    row.add(noted(key + "predicted_", both.predicted(), summary));
    row.add(noted(key + "measured_", both.measured.crossover(), summary));
    summary.put(key + "predicted_over_measured", both.over());
    if (both.prediction.claim().tellsSize()) {
      Claim sums = both.prediction.claim();
      summary.put(key + "predicted_at_smallest", sums.crossoverAt(sums.smallestSize()).ratio());
      summary.put(key + "predicted_at_largest", sums.crossoverAt(sums.largestSize()).ratio());
    }
    row.add(summary.put(key + "layers_crossover", both.prediction.layersAlone().crossover().ratio()));
    row.add(summary.put(key + "push_gflops", both.prediction.pushGigaflops()));
    row.add(summary.put(key + "pull_gflops", both.prediction.pullGigaflops()));
    row.add(summary.put(key + "push_over_pull", both.prediction.pushGigaflops() / both.prediction.pullGigaflops()));
    summary.put(key + "explained_forward", both.prediction.explained(true));
    summary.put(key + "explained_reverse", both.prediction.explained(false));
    for (Cell cell : both.prediction.claim().cells()) {
      summary.put("cell." + both.setting().key() + ".d" + cell.d() + ".m" + cell.m() + ".predicted_log2_ratio",
          cell.logRatio());
    }
    return row;
  }

  /// Stores an estimate and its interval, and returns its value as text; the picture shows the intervals.
  private static String noted(String key, Estimate estimate, Summary summary) {
    summary.put(key + "ci_low", estimate.lowRatio());
    summary.put(key + "ci_high", estimate.highRatio());
    return summary.put(key + "crossover", estimate.ratio());
  }

  private static Picture picture(List<Both> all) {
    Csv csv = new Csv("setting,predicted,predicted_low,predicted_high,measured,measured_low,measured_high");
    List<Group> groups = new ArrayList<>();
    for (String precision : List.of("FLOAT", "DOUBLE")) {
      List<Point> points = new ArrayList<>();
      for (int place = 0; place < all.size(); place++) {
        if (all.get(place).setting().precision().equals(precision)) {
          points.add(point(String.valueOf(place + 1), all.get(place)));
        }
      }
      if (!points.isEmpty()) {
        groups.add(new Group(precision.toLowerCase(Locale.ROOT), precision.equals("FLOAT"), points));
      }
    }
    for (Both both : all) {
      Point p = point("", both);
      csv.row("%s,%.5f,%.5f,%.5f,%.5f,%.5f,%.5f", both.setting().key(), p.predicted(), p.predictedLow(),
          p.predictedHigh(), p.measured(), p.measuredLow(), p.measuredHigh());
    }
    String title = "Measured r* against r* predicted from the calls";
    return new Picture(NAME, title, sentence(all),
        Agreement.svg(NAME, title, "predicted r*", "measured r*", groups), csv.toString());
  }

  private static Point point(String label, Both both) {
    Estimate predicted = both.predicted();
    Estimate measured = both.measured.crossover();
    return new Point(label, predicted.ratio(), predicted.lowRatio(), predicted.highRatio(),
        measured.ratio(), measured.lowRatio(), measured.highRatio());
  }

  private static String sentence(List<Both> all) {
    Both furthest = all.stream().max(Comparator.comparingDouble(Both::distance)).orElseThrow();
    String apart = String.format(Locale.ROOT, "%.1f %%", 100 * Math.abs(furthest.over() - 1));
    if (all.size() == 1) {
      return "The prediction is " + apart + (furthest.over() < 1 ? " below" : " above") + " what was measured ("
          + furthest.setting().title() + ").";
    }
    return "On the dashed line both are the same; the numbers refer to the table. In "
        + all.stream().filter(Both::isNear).count() + " of " + all.size() + " settings they are within a factor of "
        + NEAR + " of each other; furthest apart, by " + apart + ", at " + furthest.setting().title() + ".";
  }
}
