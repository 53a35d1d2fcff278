package dev.lanewise.report.section;

import dev.lanewise.report.chart.Curves;
import dev.lanewise.report.chart.Curves.Curve;
import dev.lanewise.report.chart.Curves.Point;
import dev.lanewise.report.chart.Curves.Style;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Section.Table;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import dev.lanewise.report.verdict.Estimate;
import dev.lanewise.report.verdict.OwnCell;
import dev.lanewise.report.verdict.OwnCell.Kind;
import dev.lanewise.report.verdict.OwnCrossover;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A network from a file: the modes, chunks and orders compared, and the D/M at which the modes would take the same
/// time.
final class OwnNetworkSection {

  private static final String PREFIX = "own.";
  private static final String FORWARD = "forward";
  private static final String REVERSE = "reverse";
  private static final List<String> MODES = List.of(FORWARD, REVERSE, "mixed", "auto");
  private static final String CUTS = "own-cuts";
  private static final String NONE = "–";

  private OwnNetworkSection() {}

  static Optional<Section> of(Results results, Machine machine, Summary summary) {
    return results.of(Suite.OWN_NETWORK).stream().findFirst().map(measured -> {
      machine.facts().forEach((fact, text) -> {
        if (fact.startsWith(PREFIX)) {
          summary.put(fact, text.replace("\\n", "\n"));
        }
      });
      List<OwnCell> cells = OwnCell.of(measured);
      List<OwnCell> whole = of(cells, Kind.SEEDED, Kind.ELIDED);
      List<OwnCell> planned = of(cells, Kind.PLANNED);
      List<OwnCell> cuts = Stream.concat(of(cells, Kind.CUT).stream(),
          whole.stream().filter(OwnNetworkSection::isAsDefined))
          .sorted((one, other) -> Double.compare(one.log2OfDOverM(), other.log2OfDOverM())).toList();
      List<Table> tables = new ArrayList<>();
      tables.add(modes("The whole Jacobian by both modes", whole, OwnNetworkSection::name, summary));
      planned.forEach(cell -> tables.add(plan(cell, summary)));
      tables.add(modes("Some inputs or outputs alone, one direction at a time", cuts,
          cell -> cell.inputs() + " inputs × " + cell.outputs() + " outputs", summary));
      Optional<OwnCrossover> crossover = OwnCrossover.of(cuts);
      crossover.ifPresent(met -> note(met, summary));
      return new Section("own", text(summary, "network", "Your network"), lead(summary),
          cuts.size() > 1 ? List.of(picture(cuts, meet(summary))) : List.of(), tables, text(summary, "plan", ""));
    });
  }

  private static List<OwnCell> of(List<OwnCell> cells, Kind... kinds) {
    return cells.stream().filter(cell -> List.of(kinds).contains(cell.kind())).toList();
  }

  /// Whether this is how the slides define both modes.
  private static boolean isAsDefined(OwnCell cell) {
    return cell.kind() == Kind.SEEDED && cell.chunk() == 1;
  }

  private static String text(Summary summary, String fact, String otherwise) {
    return summary.has(PREFIX + fact) ? summary.text(PREFIX + fact) : otherwise;
  }

  private static String lead(Summary summary) {
    String leftOut = text(summary, "left_out", "none");
    return text(summary, "description", "A network") + ", in " + text(summary, "precision", "its precision")
        + ": value and Jacobian at one drawn sample, D = " + text(summary, "inputs", "?") + " inputs, M = "
        + text(summary, "outputs", "?") + " outputs. Modes take turns in the same fork, and all give the same "
        + "Jacobian. Intervals are over forks."
        + (leftOut.equals("none") ? "" : " Left out, because a call would take seconds: " + leftOut + ".");
  }

  private static String name(OwnCell cell) {
    String directions = cell.chunk() == 1 ? "one direction at a time" : cell.chunk() == 0 ? "all directions at once"
        : "up to " + cell.chunk() + " directions at a time";
    return cell.kind() == Kind.ELIDED ? directions + ", elided seeds" : directions;
  }

  private static String key(OwnCell cell) {
    return PREFIX + switch (cell.kind()) {
      case SEEDED -> "chunk" + (cell.chunk() == 0 ? "_all" : cell.chunk()) + ".";
      case ELIDED -> "chunk" + (cell.chunk() == 0 ? "_all" : cell.chunk()) + ".elided.";
      case PLANNED -> "";
      case CUT -> "cut.d" + cell.inputs() + ".m" + cell.outputs() + ".";
    };
  }

  private static Table modes(String caption, List<OwnCell> cells, Function<OwnCell, String> naming, Summary summary) {
    List<List<String>> rows = new ArrayList<>();
    for (OwnCell cell : cells) {
      Estimate ratio = cell.logRatio(FORWARD, REVERSE);
      boolean forwardWins = ratio.value() < 0;
      String key = key(cell);
      if (!summary.has(key + "forward_ns")) {
        for (String mode : List.of(FORWARD, REVERSE)) {
          summary.put(key + mode + "_ns", cell.nanos(mode));
          summary.put(key + mode + "_multiply_adds", cell.multiplyAdds(mode));
        }
        summary.put(key + "faster", forwardWins ? FORWARD : REVERSE);
        summary.put(key + "faster_by", forwardWins ? 1 / ratio.ratio() : ratio.ratio());
      }
      rows.add(List.of(naming.apply(cell), summary.time(cell.nanos(FORWARD)), summary.time(cell.nanos(REVERSE)),
          summary.text(key + "faster") + " by " + summary.text(key + "faster_by") + "×",
          String.format(Locale.ROOT, "%.2f to %.2f", ratio.lowRatio(), ratio.highRatio()),
          count(cell, FORWARD), count(cell, REVERSE)));
    }
    return new Table(caption, List.of("What", "T forward", "T reverse", "Faster", "T forward / T reverse",
        "Multiply-adds forward", "Multiply-adds reverse"), rows);
  }

  private static String count(OwnCell cell, String mode) {
    return String.format(Locale.ROOT, "%,d", cell.multiplyAdds(mode));
  }

  /// All modes with their default options, and AUTO's regret.
  private static Table plan(OwnCell cell, Summary summary) {
    List<String> pure = MODES.stream().filter(mode -> !mode.equals("auto") && cell.has(mode)).toList();
    String fastest = pure.stream().min((one, other) -> Double.compare(cell.nanos(one), cell.nanos(other)))
        .orElseThrow();
    List<List<String>> rows = new ArrayList<>();
    for (String mode : MODES) {
      if (cell.has(mode)) {
        summary.put(PREFIX + mode + "_ns", cell.nanos(mode));
        summary.put(PREFIX + mode + "_multiply_adds", cell.multiplyAdds(mode));
        rows.add(List.of(mode.toUpperCase(Locale.ROOT), summary.time(cell.nanos(mode)), ratio(cell, mode, fastest),
            count(cell, mode)));
      } else {
        rows.add(List.of(mode.toUpperCase(Locale.ROOT), "not available", NONE, NONE));
      }
    }
    summary.put(PREFIX + "fastest", fastest);
    summary.put(PREFIX + "auto_regret", cell.logRatio("auto", fastest).ratio());
    return new Table("Each mode with its default options; modes with the same order count as one, with one time",
        List.of("Mode", "T", "Over the fastest of FORWARD, REVERSE and MIXED", "Multiply-adds"), rows);
  }

  private static String ratio(OwnCell cell, String mode, String fastest) {
    Estimate ratio = cell.logRatio(mode, fastest);
    return mode.equals(fastest) || ratio.low() == ratio.high() ? String.format(Locale.ROOT, "%.2f", ratio.ratio())
        : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", ratio.ratio(), ratio.lowRatio(), ratio.highRatio());
  }

  private static void note(OwnCrossover met, Summary summary) {
    summary.put(PREFIX + "crossover", met.crossover().ratio());
    summary.put(PREFIX + "crossover_low", met.crossover().lowRatio());
    summary.put(PREFIX + "crossover_high", met.crossover().highRatio());
    summary.put(PREFIX + "crossover_slope", met.slope());
    summary.put(PREFIX + "crossover_measured", met.isMeasured() ? "yes" : "no");
  }

  private static String meet(Summary summary) {
    if (!summary.has(PREFIX + "crossover")) {
      return "The blocks measured do not show where the modes would take the same time.";
    }
    return "Cut to fewer inputs or outputs, the modes would take the same time at D/M = "
        + summary.text(PREFIX + "crossover") + " ("
        + summary.text(PREFIX + "crossover_low") + " to " + summary.text(PREFIX + "crossover_high") + ")"
        + (summary.text(PREFIX + "crossover_measured").equals("yes") ? "."
        : ", extrapolated beyond the blocks measured.");
  }

  private static Picture picture(List<OwnCell> cuts, String sentence) {
    Csv csv = new Csv("inputs,outputs,forward_ns,reverse_ns,ratio,ratio_low,ratio_high");
    List<Point> points = new ArrayList<>();
    for (OwnCell cell : cuts) {
      Estimate ratio = cell.logRatio(FORWARD, REVERSE);
      points.add(new Point(Math.pow(2, cell.log2OfDOverM()), ratio.ratio(), ratio.lowRatio(), ratio.highRatio()));
      csv.row("%d,%d,%.2f,%.2f,%.4f,%.4f,%.4f", cell.inputs(), cell.outputs(), cell.nanos(FORWARD),
          cell.nanos(REVERSE), ratio.ratio(), ratio.lowRatio(), ratio.highRatio());
    }
    String title = "T forward / T reverse of blocks of this Jacobian, one direction at a time";
    return new Picture(CUTS, title, sentence,
        Curves.ratios(CUTS, title, "D/M of the block", List.of(new Curve("measured", Style.FIRST, points))),
        csv.toString());
  }

  /// The results in lines; empty if no network was measured.
  static List<String> verdict(Summary summary) {
    if (!summary.has(PREFIX + "auto_regret")) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(text(summary, "network", "the network") + ": " + text(summary, "inputs", "?") + " inputs, "
        + text(summary, "outputs", "?")
        + " outputs" + (summary.has(PREFIX + "chunk1.faster") ? "; one direction at a time "
            + summary.text(PREFIX + "chunk1.faster") + " mode is faster by " + summary.text(PREFIX + "chunk1.faster_by")
            + "×" : ""));
    lines.add("AUTO takes " + summary.time(summary.number(PREFIX + "auto_ns")) + ", " + summary.text(PREFIX
        + "auto_regret") + " × the time of the fastest (" + summary.text(PREFIX + "fastest") + ")");
    lines.add(meet(summary));
    return lines;
  }
}
