package dev.lanewise.report.section.claim;

import dev.lanewise.report.chart.Curves;
import dev.lanewise.report.chart.Curves.Curve;
import dev.lanewise.report.chart.Curves.Point;
import dev.lanewise.report.chart.Curves.Style;
import dev.lanewise.report.chart.Picture;
import dev.lanewise.report.content.Csv;
import dev.lanewise.report.content.Section;
import dev.lanewise.report.content.Summary;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.verdict.Cell;
import dev.lanewise.report.verdict.Claim;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/// Time of both modes against D at fixed M, and against M at fixed D.
public final class TimeSection {

  private TimeSection() {}

  /// @param claim a claim on a full grid
  public static Section of(Claim claim, Summary summary) {
    List<Picture> pictures = new ArrayList<>();
    pictures.add(lines(claim, summary, 'd', 'm', Cell::d, Cell::m));
    pictures.add(lines(claim, summary, 'm', 'd', Cell::m, Cell::d));
    return new Section("time", "Time against D and against M",
        "Forward mode pays for inputs, reverse mode for outputs: each should rise in only one of the two pictures, "
            + "except that the network itself grows with both. Both axes are logarithmic; error bars extend from "
            + "the fastest to the slowest iteration.",
        pictures, List.of());
  }

  private static Picture lines(
      Claim claim, Summary summary, char varied, char fixed, ToIntFunction<Cell> x, ToIntFunction<Cell> at) {
    List<Integer> values = claim.grid().stream().map(at::applyAsInt).distinct().sorted().toList();
    int middle = values.get(values.size() / 2);
    List<Cell> cells = claim.grid().stream()
        .filter(cell -> at.applyAsInt(cell) == middle).sorted(Comparator.comparingInt(x)).toList();
    List<Point> forward = cells.stream().map(cell -> point(x.applyAsInt(cell), cell.forward())).toList();
    List<Point> reverse = cells.stream().map(cell -> point(x.applyAsInt(cell), cell.reverse())).toList();
    String name = "time-by-" + varied + "-" + claim.setting().key().replace('.', '-');
    String title = "Time against " + upper(varied) + " at " + upper(fixed) + " = " + middle + ", "
        + claim.setting().title();
    String axis = varied == 'd' ? "D, inputs" : "M, outputs";
    String key = "time." + claim.setting().key() + ".by_" + varied + ".";
    int first = x.applyAsInt(cells.getFirst());
    int last = x.applyAsInt(cells.getLast());
    String sentence = "From " + upper(varied) + " = " + first + " to " + last + ", forward mode takes "
        + summary.putRate(key + "forward_growth", forward.getLast().y() / forward.getFirst().y())
        + " times as long, reverse mode "
        + summary.putRate(key + "reverse_growth", reverse.getLast().y() / reverse.getFirst().y()) + " times.";
    List<Curve> curves = List.of(
        new Curve("forward", Style.FORWARD, forward), new Curve("reverse", Style.REVERSE, reverse));
    return new Picture(name, title, sentence, Curves.times(name, title, axis, curves), csv(varied, forward, reverse));
  }

  private static String upper(char letter) {
    return String.valueOf(Character.toUpperCase(letter));
  }

  private static Point point(int x, Measurement measured) {
    return new Point(x, measured.time(), measured.fastest(), measured.slowest());
  }

  private static String csv(char varied, List<Point> forward, List<Point> reverse) {
    Csv csv = new Csv("mode," + varied + ",mean_ns,fastest_ns,slowest_ns");
    add(csv, "forward", forward);
    add(csv, "reverse", reverse);
    return csv.toString();
  }

  private static void add(Csv csv, String mode, List<Point> points) {
    points.forEach(
        point -> csv.row("%s,%.0f,%.2f,%.2f,%.2f", mode, point.x(), point.y(), point.low(), point.high()));
  }
}
