package dev.lanewise.report.chart;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/// Time of both modes against D or M, both axes logarithmic, with error bars from the fastest to the slowest iteration.
public final class TimeLines {

  private static final double RIGHT_OF_POINT = 1.2;

  private TimeLines() {}

  /// A measured time.
  public record Point(double x, double nanos, double fastest, double slowest) {}

  /// @param axis what x is
  /// @param forward at least one point, x rising
  /// @param reverse the same xs
  public static String svg(String name, String title, String axis, List<Point> forward, List<Point> reverse) {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(series("forward", forward));
    data.addSeries(series("reverse", reverse));
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(true);
    renderer.setDrawXError(false);
    renderer.setDefaultLinesVisible(true);
    renderer.setCapLength(5);
    renderer.setErrorStroke(Drawing.line(1.2));
    for (int mode = 0; mode < 2; mode++) {
      renderer.setSeriesPaint(mode, (mode == 0 ? Theme.FORWARD : Theme.REVERSE).paint());
      renderer.setSeriesStroke(mode, Drawing.line(2.2));
    }
    renderer.setSeriesShape(0, new Ellipse2D.Double(-4, -4, 8, 8));
    renderer.setSeriesShape(1, new Rectangle2D.Double(-3.5, -3.5, 7, 7));
    XYPlot plot = new XYPlot(data, xAxis(axis, forward), yAxis(forward, reverse), renderer);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Theme.GRID.paint());
    plot.setRangeGridlineStroke(Drawing.line(1));
    name(plot, forward, reverse);
    return Drawing.svg(name, title, plot, 360);
  }

  private static YIntervalSeries series(String key, List<Point> points) {
    YIntervalSeries series = new YIntervalSeries(key);
    points.forEach(point -> series.add(point.x, point.nanos, point.fastest, point.slowest));
    return series;
  }

  private static LogAxis xAxis(String label, List<Point> points) {
    LogAxis axis = new LogAxis(label);
    Drawing.style(axis);
    axis.setBase(2);
    axis.setTickUnit(new NumberTickUnit(points.size() > 6 ? 1 : 2, NumberFormat.getIntegerInstance(Locale.ROOT)));
    axis.setNumberFormatOverride(NumberFormat.getIntegerInstance(Locale.ROOT));
    axis.setMinorTickMarksVisible(false);
    // Room at the right for the lines' names.
    axis.setRange(points.getFirst().x / 1.5, points.getLast().x * Math.pow(points.getLast().x / points.getFirst().x, 0.16) * 1.6);
    return axis;
  }

  private static LogAxis yAxis(List<Point> forward, List<Point> reverse) {
    LogAxis axis = new LogAxis(null);
    Drawing.style(axis);
    axis.setTickUnit(new NumberTickUnit(1, Times.format()));
    axis.setNumberFormatOverride(Times.format());
    axis.setMinorTickMarksVisible(false);
    double low = Math.min(lowest(forward), lowest(reverse));
    double high = Math.max(highest(forward), highest(reverse));
    axis.setRange(0.98 * Math.pow(10, Math.floor(Math.log10(low))), 1.02 * Math.pow(10, Math.ceil(Math.log10(high))));
    return axis;
  }

  private static double lowest(List<Point> points) {
    return points.stream().mapToDouble(Point::fastest).min().orElseThrow();
  }

  private static double highest(List<Point> points) {
    return points.stream().mapToDouble(Point::slowest).max().orElseThrow();
  }

  /// The lines' names at their right ends, the upper one's above and the lower one's below where they would meet.
  private static void name(XYPlot plot, List<Point> forward, List<Point> reverse) {
    Point f = forward.getLast();
    Point r = reverse.getLast();
    boolean near = Math.max(f.nanos / r.nanos, r.nanos / f.nanos) < 1.5;
    double apart = near ? 1.35 : 1;
    double up = f.nanos >= r.nanos ? apart : 1 / apart;
    write(plot, "forward", f, f.nanos * up, Theme.FORWARD);
    write(plot, "reverse", r, r.nanos / up, Theme.REVERSE);
  }

  private static void write(XYPlot plot, String text, Point at, double nanos, Theme colour) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, at.x * RIGHT_OF_POINT, nanos);
    annotation.setFont(Drawing.TEXT);
    annotation.setPaint(colour.paint());
    annotation.setTextAnchor(TextAnchor.CENTER_LEFT);
    plot.addAnnotation(annotation);
  }
}
