package dev.lanewise.report.chart;

import dev.lanewise.report.chart.Legend.Mark;
import java.util.List;
import java.util.stream.Stream;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Rates of kernels against their operations per byte, below the limits of memory and arithmetic, on logarithmic axes.
public final class Roofline {

  private static final int HEIGHT = 390;

  private Roofline() {}

  /// A kind of kernels, drawn in one style.
  public enum Kind {
    // Pulls lie below or above pushes: one name is at the left, the other at the right.
    PUSH("pushes ẊWᵀ", Theme.FORWARD, Mark.DISC, 1 / 1.17, TextAnchor.CENTER_RIGHT),
    PULL("pulls ȲW", Theme.REVERSE, Mark.SQUARE, 1.17, TextAnchor.CENTER_LEFT),
    SQUARE("squares", Theme.INK, Mark.DISC, 1, TextAnchor.BOTTOM_CENTER),
    ELEMENTWISE("elementwise", Theme.MUTED, Mark.DIAMOND, 1.17, TextAnchor.CENTER_LEFT);

    private final String title;
    private final Theme colour;
    private final Mark mark;
    private final double aside;
    private final TextAnchor anchor;

    Kind(String title, Theme colour, Mark mark, double aside, TextAnchor anchor) {
      this.title = title;
      this.colour = colour;
      this.mark = mark;
      this.aside = aside;
      this.anchor = anchor;
    }
  }

  /// One kernel.
  ///
  /// @param label the text beside the mark
  /// @param x operations per byte
  /// @param y 10⁹ operations a second
  public record Point(Kind kind, String label, double x, double y) {}

  /// @param peak 10⁹ operations a second that no kernel exceeds
  /// @param bandwidth 10⁹ bytes a second
  public static Chart svg(String name, String title, double peak, double bandwidth, List<Point> points) {
    List<Legend.Entry> legend = Stream.of(Kind.values())
        .filter(kind -> points.stream().anyMatch(point -> point.kind == kind))
        .map(kind -> new Legend.Entry(kind.title, kind.colour, kind.mark)).toList();
    return Drawing.chart(name, title, points.size(), layout ->
        new Drawing.Sheet(plot(layout, peak, bandwidth, points), HEIGHT, legend));
  }

  private static XYPlot plot(Layout layout, double peak, double bandwidth, List<Point> points) {
    LogAxis xs = Drawing.logarithmic("operations per byte", layout.isNarrow() ? 3 : 2);
    LogAxis ys = Drawing.logarithmic("10⁹ operations a second", 1);
    double left = Math.min(1 / 16.0, lowest(points.stream().map(Point::x).toList()) / 1.5);
    double right = Math.max(320, 2 * points.stream().mapToDouble(Point::x).max().orElse(1));
    double highest = points.stream().mapToDouble(Point::y).reduce(peak, Math::max);
    xs.setRange(left, right);
    ys.setRange(Math.min(left * bandwidth, lowest(points.stream().map(Point::y).toList())) / 1.3, highest * 1.4);
    XYPlot plot = new XYPlot(null, xs, ys, null);
    Drawing.grid(plot, true, true);
    drawRoof(plot, left, right, peak, bandwidth);
    for (Kind kind : Kind.values()) {
      List<Point> alike = points.stream().filter(point -> point.kind == kind).toList();
      if (!alike.isEmpty()) {
        draw(plot, kind, alike);
      }
    }
    return plot;
  }

  private static double lowest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
  }

  private static void drawRoof(XYPlot plot, double left, double right, double peak, double bandwidth) {
    XYSeries roof = new XYSeries("roof", false);
    roof.add(left, left * bandwidth);
    roof.add(peak / bandwidth, peak);
    roof.add(right, peak);
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setSeriesPaint(0, Theme.INK.paint());
    renderer.setSeriesStroke(0, Pen.line(1.6));
    plot.setDataset(0, new XYSeriesCollection(roof));
    plot.setRenderer(0, renderer);
  }

  private static void draw(XYPlot plot, Kind kind, List<Point> points) {
    XYSeries series = new XYSeries(kind.title, false);
    points.forEach(point -> series.add(point.x, point.y));
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesPaint(0, kind.colour.paint());
    renderer.setSeriesShape(0, kind.mark.shape());
    plot.setDataset(1 + kind.ordinal(), new XYSeriesCollection(series));
    plot.setRenderer(1 + kind.ordinal(), renderer);
    for (Point point : points) {
      plot.addAnnotation(Drawing.text(point.label, point.x * kind.aside,
          kind == Kind.SQUARE ? point.y * 1.07 : point.y, Pen.SMALL, kind.colour, kind.anchor));
    }
  }
}
