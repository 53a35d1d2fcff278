package dev.lanewise.report.section.claim;

import dev.lanewise.report.chart.HeatMap;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.verdict.Cell;
import dev.lanewise.report.verdict.Claim;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.hipparchus.stat.descriptive.rank.Median;

/// Where time departs from the counted multiply-adds, beside the rates of the modes: a mode with a lower rate than the
/// other takes longer than its count predicts.
public final class DepartureSection {

  private static final int FEW = 8;
  private static final int MANY = 64;

  private DepartureSection() {}

  /// @param claims at least one, the first the headline's
  public static Section of(List<Claim> claims, Summary summary) {
    List<Claim> shown = claims.stream()
        .filter(claim -> !claim.setting().isOtherNetwork() && claim.setting().other().isEmpty()).toList();
    List<Picture> pictures = shown.stream().filter(Claim::isGrid).limit(1).map(claim -> picture(claim, summary))
        .toList();
    List<List<String>> rows = shown.stream().map(claim -> row(claim, summary)).toList();
    return new Section("why", "Why time departs from counts",
        "If both modes ran at one rate, log₂ of the ratio of times would be log₂ of the ratio of counts. They do not: "
            + "a push of one direction, ẋ·Wᵀ, sums dot products across lanes, while a pull ȳ·W adds rows of W; few "
            + "directions and tiny networks spread the cost of a call over little work; several directions at a time "
            + "reuse each weight. The rates, with two operations per multiply-add, show how much each matters here; "
            + "the section on matrix products has those of square products.",
        pictures, rows.isEmpty() ? List.of() : List.of(new Table(
            "Median rate over the pairs with up to " + FEW + " directions and with " + MANY
            + " or more, 10⁹ operations a second",
            List.of("Setting", "Forward, few", "Forward, many", "Reverse, few", "Reverse, many",
                "Departure, root mean square", "Departure, largest"), rows)));
  }

  /// log₂(T_f/T_r) − log₂(N_f/N_r).
  private static double departure(Cell cell) {
    return cell.logRatio() - Cell.log2((double) cell.forward().multiplyAdds() / cell.reverse().multiplyAdds());
  }

  private static List<String> row(Claim claim, Summary summary) {
    String key = "why." + claim.setting().key() + ".";
    List<String> row = new ArrayList<>(List.of(claim.setting().title()));
    row.add(summary.putRate(key + "forward_gflops_few", rate(claim, Cell::forward, Cell::d, 0, FEW)));
    row.add(summary.putRate(key + "forward_gflops_many", rate(claim, Cell::forward, Cell::d, MANY, Integer.MAX_VALUE)));
    row.add(summary.putRate(key + "reverse_gflops_few", rate(claim, Cell::reverse, Cell::m, 0, FEW)));
    row.add(summary.putRate(key + "reverse_gflops_many", rate(claim, Cell::reverse, Cell::m, MANY, Integer.MAX_VALUE)));
    double[] departures = claim.cells().stream().mapToDouble(DepartureSection::departure).toArray();
    row.add(summary.put(key + "departure_rms",
        Math.sqrt(Arrays.stream(departures).map(each -> each * each).average().orElseThrow())));
    row.add(summary.put(key + "departure_largest", departure(largest(claim))));
    return row;
  }

  private static Cell largest(Claim claim) {
    return claim.cells().stream().max(Comparator.comparingDouble(cell -> Math.abs(departure(cell)))).orElseThrow();
  }

  /// The median rate over the pairs; NaN if there is no such pair.
  private static double rate(Claim claim, Function<Cell, Measurement> mode, ToIntFunction<Cell> directions, int least,
      int most) {
    return new Median().evaluate(claim.cells().stream()
        .filter(cell -> directions.applyAsInt(cell) >= least && directions.applyAsInt(cell) <= most)
        .mapToDouble(cell -> mode.apply(cell).gigaflops()).toArray());
  }

  private static Picture picture(Claim claim, Summary summary) {
    List<HeatMap.Cell> values = new ArrayList<>();
    Csv csv = new Csv("d,m,departure,forward_gflops,reverse_gflops");
    for (Cell cell : claim.cells()) {
      values.add(new HeatMap.Cell(cell.d(), cell.m(), departure(cell)));
      csv.row("%d,%d,%.5f,%.4f,%.4f", cell.d(), cell.m(), departure(cell), cell.forward().gigaflops(),
          cell.reverse().gigaflops());
    }
    Cell largest = largest(claim);
    String key = "why." + claim.setting().key() + ".largest_";
    String sentence = "The largest departure is at D = " + largest.d() + ", M = " + largest.m()
        + ": forward mode runs at "
        + summary.putRate(key + "forward_gflops", largest.forward().gigaflops())
        + " · 10⁹ operations a second there, reverse mode at "
        + summary.putRate(key + "reverse_gflops", largest.reverse().gigaflops()) + ".";
    String title = "log₂(T_f/T_r) less log₂ of the counts’ ratio, " + claim.setting().title();
    String name = "departure-" + claim.setting().key().replace('.', '-');
    return new Picture(name, title, sentence,
        HeatMap.departures(name, title, claim.ds(), claim.ms(), values), csv.toString());
  }
}
