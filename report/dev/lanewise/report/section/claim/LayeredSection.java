package dev.lanewise.report.section.claim;

import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.chart.Ratios;
import dev.lanewise.report.chart.Ratios.Ratio;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.verdict.Cell;
import dev.lanewise.report.verdict.LayeredCell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The claim on convolutional and recurrent networks: times, and counts against the formula.
public final class LayeredSection {

  private static final String KEY = "claim.layered.";
  private static final List<Ratios.Series> SERIES =
      List.of(new Ratios.Series("time", Ratios.Style.FIRST), new Ratios.Series("multiply-adds", Ratios.Style.SECOND));

  private LayeredSection() {}

  public static Optional<Section> of(List<LayeredCell> cells, Summary summary) throws Refusal {
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    for (LayeredCell layered : cells) {
      rows.add(row(layered, summary));
    }
    long matching = 0;
    for (LayeredCell layered : cells) {
      matching += layered.countsAsFormula() ? 1 : 0;
    }
    List<LayeredCell> decided = cells.stream().filter(each -> !each.cell().isTie()).toList();
    summary.put(KEY + "cells", cells.size());
    summary.put(KEY + "signs_decided", decided.size());
    summary.put(KEY + "signs_agreeing", decided.stream().filter(each -> each.cell().agrees()).count());
    summary.put(KEY + "counts_as_formula", matching);
    return Optional.of(new Section("layered", "The claim on convolutional and recurrent networks",
        "A convolution takes as many multiply-adds for a push or a pull of one direction as for its value, and so does "
            + "an LSTM over its T steps. With E the multiply-adds of all layers, forward mode takes D·E beyond the "
            + "value’s and reverse mode M·E, as with dense layers. The kernels’ counters agree in " + matching + " of "
            + cells.size() + " cells; a single difference would fail the report. "
            + holds(decided, summary),
        pictures(cells, summary), List.of(new Table("Networks by the shape of a sample and their layers",
            List.of("Network", "At a time", "D × M", "Multiply-adds forward", "Multiply-adds reverse",
                "T forward", "T reverse", "log₂ ratio", "Sign"),
            rows))));
  }

  private static String key(LayeredCell layered) {
    return "cell." + layered.precision().toLowerCase(Locale.ROOT)
        + (layered.chunk() == 1 ? "" : ".chunk" + layered.chunk()) + "."
        + layered.family() + ".d" + layered.cell().d() + ".m" + layered.cell().m() + ".";
  }

  private static List<String> row(LayeredCell layered, Summary summary) {
    Cell cell = layered.cell();
    String key = key(layered);
    summary.put(key + "forward_multiply_adds", cell.forward().multiplyAdds());
    summary.put(key + "reverse_multiply_adds", cell.reverse().multiplyAdds());
    summary.put(key + "forward_ns", cell.forward().time());
    summary.put(key + "reverse_ns", cell.reverse().time());
    String sign = cell.isTie() ? "tie" : cell.agrees() ? "agrees" : "DISAGREES";
    return List.of(
        layered.network().replace("x", "×").replace("-", ", ")
            + (layered.precision().equals("FLOAT") ? "" : ", double"),
        String.valueOf(layered.chunk()), cell.d() + "×" + cell.m(),
        String.format(Locale.ROOT, "%,d", cell.forward().multiplyAdds()),
        String.format(Locale.ROOT, "%,d", cell.reverse().multiplyAdds()),
        summary.time(cell.forward().time()), summary.time(cell.reverse().time()),
        summary.put(key + "log2_ratio", cell.logRatio()), sign);
  }

  private static String holds(List<LayeredCell> decided, Summary summary) {
    if (decided.isEmpty()) {
      return "In all of them D and M are less than a factor of two apart, where the claim says little.";
    }
    List<String> wrong = decided.stream().filter(each -> !each.cell().agrees())
        .map(each -> name(each) + " (log₂ ratio " + summary.text(key(each) + "log2_ratio") + ")").toList();
    return "In time forward mode is cheaper iff D < M "
        + (wrong.isEmpty() ? "in all " + decided.size() + " of them with D and M a factor of two or more apart."
        : "in " + (decided.size() - wrong.size()) + " of the " + decided.size()
        + " with D and M a factor of two or more apart, not in " + String.join(", ", wrong) + ".");
  }

  /// `CNN 784×10`.
  private static String name(LayeredCell layered) {
    return switch (layered.family()) {
      case "cnn" -> "CNN ";
      case "lstm" -> "LSTM ";
      default -> "decoder ";
    } + layered.cell().d() + "×" + layered.cell().m();
  }

  /// One picture for each precision and number of directions at a time.
  private static List<Picture> pictures(List<LayeredCell> cells, Summary summary) {
    return cells.stream().map(LayeredSection::setting).distinct()
        .map(setting -> picture(cells.stream().filter(each -> setting(each).equals(setting)).toList(), summary))
        .toList();
  }

  private static String setting(LayeredCell layered) {
    return layered.precision() + layered.chunk();
  }

  private static Picture picture(List<LayeredCell> cells, Summary summary) {
    LayeredCell first = cells.getFirst();
    String precision = first.precision().toLowerCase(Locale.ROOT);
    String name = "layered-" + precision + (first.chunk() == 1 ? "" : "-chunk" + first.chunk());
    String title = "Forward mode’s time, and multiply-adds, over reverse mode’s; " + precision + ", "
        + (first.chunk() == 1 ? "one direction at a time" : "up to " + first.chunk() + " directions at a time");
    Csv csv = new Csv("network,d,m,forward_ns,reverse_ns,forward_multiply_adds,reverse_multiply_adds");
    List<Ratio> ratios = new ArrayList<>();
    for (LayeredCell each : cells) {
      Cell cell = each.cell();
      csv.row("%s,%d,%d,%.2f,%.2f,%d,%d", each.network(), cell.d(), cell.m(), cell.forward().time(),
          cell.reverse().time(), cell.forward().multiplyAdds(), cell.reverse().multiplyAdds());
      ratios.add(new Ratio(name(each), "time", Math.pow(2, cell.logRatio())));
      ratios.add(new Ratio(name(each), "multiply-adds",
          (double) cell.forward().multiplyAdds() / cell.reverse().multiplyAdds()));
    }
    List<String> figures = cells.stream()
        .map(each -> name(each) + " " + summary.text(key(each) + "log2_ratio")).toList();
    String sentence = "Below 1 forward mode is cheaper. log₂ of the ratio of times: "
        + String.join(", ", figures) + ".";
    return new Picture(name, title, sentence, Ratios.svg(name, title, "forward / reverse", SERIES, ratios),
        csv.toString());
  }
}
