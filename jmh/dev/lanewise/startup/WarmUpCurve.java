package dev.lanewise.startup;

import dev.lanewise.report.chart.Curves;
import dev.lanewise.report.chart.Curves.Curve;
import dev.lanewise.report.chart.Curves.Point;
import dev.lanewise.report.chart.Curves.Style;
import dev.lanewise.report.chart.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The time of a call in a new process, against the number of calls so far: the median of each doubling, at its end,
/// with a bar from the fastest to the slowest.
final class WarmUpCurve {

  private static final String NAME = "warm-up";
  private static final String TITLE = "Time of a Jacobian in a new process, 12-64-64-6, one call a millisecond";
  private static final String AXIS = "calls so far, one a millisecond";
  private static final List<Style> STYLES = List.of(Style.FORWARD, Style.REVERSE, Style.SECOND);
  /// The index at which [ControlLoop]'s course begins, three numbers for each doubling.
  private static final int COURSE = 11;

  private WarmUpCurve() {}

  /// @param starts the names of the curves
  /// @param runs the lines of the processes of each start
  static void draw(List<String> starts, List<List<double[]>> runs, Path folder) throws IOException {
    List<Curve> curves = IntStream.range(0, starts.size())
        .mapToObj(i -> new Curve(name(starts.get(i)), STYLES.get(i), points(runs.get(i)))).toList();
    Picture picture = new Picture(NAME, TITLE, "", Curves.times(NAME, TITLE, AXIS, curves), csv(curves));
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(NAME + ".svg"), picture.svg());
    Files.writeString(folder.resolve(NAME + "-dark.svg"), picture.darkSvg());
    Files.writeString(folder.resolve(NAME + ".csv"), picture.csv());
  }

  private static String name(String start) {
    return start.replace("`", "").replace("-Dlanewise.", "");
  }

  /// Points that are each the median over the processes.
  private static List<Point> points(List<double[]> runs) {
    List<Point> points = new ArrayList<>();
    for (int column = COURSE; column < runs.getFirst().length; column += 3) {
      points.add(new Point(
          1 << points.size(), median(runs, column + 1), median(runs, column), median(runs, column + 2)));
    }
    return points;
  }

  private static double median(List<double[]> runs, int column) {
    double[] sorted = runs.stream().mapToDouble(run -> run[column]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static String csv(List<Curve> curves) {
    StringBuilder csv = new StringBuilder("start,calls,median ns,fastest ns,slowest ns\n");
    for (Curve curve : curves) {
      for (Point point : curve.points()) {
        csv.append(String.format(
            "%s,%.0f,%.0f,%.0f,%.0f%n", curve.name(), point.x(), point.y(), point.low(), point.high()));
      }
    }
    return csv.toString();
  }
}
