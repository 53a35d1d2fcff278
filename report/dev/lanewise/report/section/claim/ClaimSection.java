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
import dev.lanewise.report.verdict.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The verdict on the claim, setting by setting: fits, heat maps, counts.
public final class ClaimSection {

  private static final int LINE_STEPS = 16;

  private ClaimSection() {}

  /// Stores all figures of a claim and its cells.
  public static void note(Claim claim, Summary summary) {
    String key = "claim." + claim.setting().key() + ".";
    summary.put(key + "verdict", claim.verdict().name());
    summary.put(key + "forks", claim.forks());
    summary.put(key + "odd_forks", claim.oddForks());
    summary.put(key + "crossover", claim.crossover().ratio());
    summary.put(key + "ci_low", claim.crossover().lowRatio());
    summary.put(key + "ci_high", claim.crossover().highRatio());
    summary.put(key + "equivalence_p", claim.equivalence());
    summary.put(key + "equality_p", claim.equality());
    numbers(key + "slope", claim.slope(), summary);
    if (claim.tellsSize()) {
      ratios(key + "trend", claim.trend(), summary);
      ratios(key + "crossover_at_smallest", claim.crossoverAt(claim.smallestSize()), summary);
      ratios(key + "crossover_at_largest", claim.crossoverAt(claim.largestSize()), summary);
      numbers(key + "shape_by_size", claim.shapeBySize(), summary);
    }
    ratios(key + "diagonal", claim.diagonal(), summary);
    summary.put(key + "residual", claim.residual());
    summary.put(key + "cells", claim.cells().size());
    summary.put(key + "signs_decided", claim.decided().size());
    summary.put(key + "signs_agreeing", claim.agreeing());
    summary.put(key + "signs_contradicting", claim.contradicting().size());
    Figures.nearest(claim).ifPresent(factor -> summary.put(key + "signs_nearest", Double.parseDouble(factor)));
    summary.put(key + "ties", claim.cells().size() - claim.decided().size());
    summary.put(key + "counts_as_formula", claim.countedAsFormula());
    for (Cell cell : claim.cells()) {
      String at = cellKey(claim, cell);
      summary.put(at + "forward_multiply_adds", cell.forward().multiplyAdds());
      summary.put(at + "reverse_multiply_adds", cell.reverse().multiplyAdds());
      summary.put(at + "forward_ns", cell.forward().time());
      summary.put(at + "reverse_ns", cell.reverse().time());
      summary.put(at + "log2_ratio", cell.logRatio());
    }
  }

  private static void ratios(String key, Estimate estimate, Summary summary) {
    summary.put(key, estimate.ratio());
    summary.put(key + "_low", estimate.lowRatio());
    summary.put(key + "_high", estimate.highRatio());
  }

  private static void numbers(String key, Estimate estimate, Summary summary) {
    summary.put(key, estimate.value());
    summary.put(key + "_low", estimate.low());
    summary.put(key + "_high", estimate.high());
  }

  private static String cellKey(Claim claim, Cell cell) {
    return "cell." + claim.setting().key() + ".d" + cell.d() + ".m" + cell.m() + ".";
  }

  /// The headline: one heat map, and those of the slides' other settings that were measured on a full grid.
  public static Section heatMaps(List<Claim> claims, Summary summary) {
    List<Picture> pictures = claims.stream().filter(Claim::isGrid).filter(claim -> !claim.setting().isOtherNetwork())
        .map(claim -> heatMap(claim, summary)).toList();
    return new Section("where", "Which mode is faster, over D × M",
        "Each cell is log₂(T_forward/T_reverse): at −1 forward mode takes half the time, at +1 reverse mode does. Blue "
            + "is forward mode’s territory and orange reverse mode’s; discs are pairs between those of the grid, in "
            + "the colour of the faster mode. The thick line is where the fitted times are equal; the dashed line is D "
            + "= M, where the claim puts it.",
        pictures, List.of());
  }

  private static Picture heatMap(Claim claim, Summary summary) {
    List<HeatMap.Cell> values = new ArrayList<>();
    Csv csv = new Csv("d,m,log2_ratio,forward_ns,reverse_ns");
    for (Cell cell : claim.cells()) {
      values.add(new HeatMap.Cell(cell.d(), cell.m(), cell.logRatio()));
      csv.row("%d,%d,%.5f,%.2f,%.2f", cell.d(), cell.m(), cell.logRatio(), cell.forward().time(),
          cell.reverse().time());
    }
    String title = "log₂(T_forward/T_reverse), " + claim.setting().title();
    String name = "heat-map-" + claim.setting().key().replace('.', '-');
    return new Picture(name, title, heatSentence(claim, summary),
        HeatMap.svg(name, title, claim.ds(), claim.ms(), values, crossover(claim)), csv.toString());
  }

  /// The line of equal fitted times: D/M = r* at each size D·M.
  private static List<HeatMap.Place> crossover(Claim claim) {
    double from = claim.smallestSize() - 2;
    double to = claim.largestSize() + 2;
    List<HeatMap.Place> line = new ArrayList<>();
    for (int step = 0; step <= LINE_STEPS; step++) {
      double size = from + (to - from) * step / LINE_STEPS;
      double log = claim.tellsSize() ? claim.crossoverAt(size).value() : claim.crossover().value();
      if (Double.isFinite(log)) {
        line.add(new HeatMap.Place(Math.pow(2, (size + log) / 2), Math.pow(2, (size - log) / 2)));
      }
    }
    return line;
  }

  private static String heatSentence(Claim claim, Summary summary) {
    String key = "claim." + claim.setting().key() + ".";
    String signs = summary.text(key + "signs_agreeing") + " of " + summary.text(key + "signs_decided");
    String first = signs + " cells with D and M at least a factor of 2 apart"
        + Figures.nearest(claim).map(factor -> " (the nearest: " + factor + ")").orElse("")
        + " have the sign that the claim gives them";
    List<Cell> wrong = claim.disagreeing();
    if (wrong.isEmpty()) {
      return first + ". " + diagonal(claim, summary);
    }
    List<String> named = new ArrayList<>();
    for (Cell cell : wrong.subList(0, Math.min(wrong.size(), 4))) {
      named.add("D = " + cell.d() + ", M = " + cell.m() + " (" + summary.text(cellKey(claim, cell) + "log2_ratio")
          + ")");
    }
    return first + "; against it " + (wrong.size() == 1 ? "is " : "are ") + String.join("; ", named)
        + (wrong.size() > named.size() ? " and " + (wrong.size() - named.size()) + " more. " : ". ")
        + diagonal(claim, summary);
  }

  /// A sentence on the ties, about which the claim says nothing.
  private static String diagonal(Claim claim, Summary summary) {
    List<Cell> ties = claim.cells().stream().filter(Cell::isTie).toList();
    String reverse = summary.put("claim." + claim.setting().key() + ".ties_reverse_faster",
        ties.stream().filter(cell -> cell.logRatio() > 0).count());
    return ties.isEmpty() ? "" : "Where D and M are less than a factor of 2 apart, reverse mode is faster in "
        + reverse + " of " + ties.size() + ".";
  }

  private static String count(Measurement measured) {
    return String.format(Locale.ROOT, "%,d", measured.multiplyAdds());
  }

  /// Counts beside times, in the first setting and in the first one with elided seeds.
  public static Section counts(List<Claim> claims, Summary summary) {
    List<Table> tables = new ArrayList<>(List.of(counts(claims.getFirst(), summary)));
    claims.stream().skip(1).filter(claim -> claim.setting().isElided()).findFirst()
        .ifPresent(claim -> tables.add(counts(claim, summary)));
    long cells = claims.stream().mapToLong(claim -> claim.cells().size()).sum();
    long matching = claims.stream().mapToLong(Claim::countedAsFormula).sum();
    return new Section("counts", "Multiply-adds counted, and time",
        "A network of E weights takes E multiply-adds for its value, plus D·E in forward mode and M·E in reverse mode "
            + "where identities are seeded. With elided seeds W₁ is the first tangent panel and W_L the last cotangent "
            + "panel, and the counts are D·(E − n₁·D) and M·(E − M·n_(L−1)); with one hidden layer they are equal, and "
            + "the claim has no content. The kernels’ own counters agree in " + matching + " of " + cells
            + " cells of all settings; a single difference would fail the report. Times need not follow the counts.",
        List.of(), tables);
  }

  private static Table counts(Claim claim, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (Cell cell : claim.cells()) {
      String at = cellKey(claim, cell);
      String sign = cell.isTie() ? "tie" : cell.countsAreEqual() ? "equal" : cell.agrees() ? "agrees" : "DISAGREES";
      rows.add(List.of(cell.d() + " × " + cell.m(), count(cell.forward()), count(cell.reverse()),
          summary.time(cell.forward().time()), summary.time(cell.reverse().time()),
          summary.text(at + "log2_ratio"), sign));
    }
    return new Table(claim.setting().network() + ", " + claim.setting().title(),
        List.of("D × M", "Multiply-adds forward", "Multiply-adds reverse", "T forward", "T reverse",
            "log₂ ratio", "Sign"),
        rows);
  }
}
