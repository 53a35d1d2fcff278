package dev.lanewise.report.chart;

import dev.lanewise.report.chart.Legend.Mark;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/// Several quantities against powers of two, on logarithmic axes. Measured quantities have marks and error bars;
/// counted ones are dashed.
public final class Curves {

  private static final int HEIGHT = 330;
  /// The width of a number under the axis, in pixels.
  private static final double TICK = 46;

  private Curves() {}

  /// One point; low and high are the ends of its error bar, or both y where there is none.
  public record Point(double x, double y, double low, double high) {}

  /// One quantity.
  ///
  /// @param style how it is drawn
  /// @param points at least one, x rising
  public record Curve(String name, Style style, List<Point> points) {}

  /// Colour and mark of a quantity.
  public enum Style {
    FORWARD(Theme.FORWARD, Mark.DISC),
    REVERSE(Theme.REVERSE, Mark.SQUARE),
    FIRST(Theme.INK, Mark.DISC),
    SECOND(Theme.NEUTRAL, Mark.SQUARE),
    COUNTED(Theme.MUTED, Mark.DASHES);

    private final Theme colour;
    private final Mark mark;

    Style(Theme colour, Mark mark) {
      this.colour = colour;
      this.mark = mark;
    }
  }

  /// Ratios, with a line at 1.
  ///
  /// @param axis what x is
  public static Chart ratios(String name, String title, String axis, List<Curve> curves) {
    return chart(name, title, curves, layout -> {
      LogAxis ys = Drawing.logarithmic(null, 1);
      ys.setRange(Math.min(0.7, lowest(curves) / 1.1), Math.max(2.1, highest(curves) * 1.15));
      XYPlot plot = plot(axis, layout, ys, curves);
      plot.addRangeMarker(new ValueMarker(1, Theme.INK.paint(), Pen.line(1.6)));
      return plot;
    });
  }

  /// Bytes.
  ///
  /// @param axis what x is
  public static Chart bytes(String name, String title, String axis, List<Curve> curves) {
    return chart(name, title, curves, layout -> {
      LogAxis ys = Drawing.logarithmic(null, 2);
      ys.setTickUnit(new NumberTickUnit(2, Units.BYTES));
      ys.setNumberFormatOverride(Units.BYTES);
      ys.setRange(lowest(curves) / 1.5, highest(curves) * 1.5);
      return plot(axis, layout, ys, curves);
    });
  }

  /// Times, y in nanoseconds.
  ///
  /// @param axis what x is
  public static Chart times(String name, String title, String axis, List<Curve> curves) {
    return chart(name, title, curves, layout -> {
      LogAxis ys = Drawing.logarithmic(null, 1);
      ys.setBase(10);
      ys.setTickUnit(new NumberTickUnit(1, Units.TIMES));
      ys.setNumberFormatOverride(Units.TIMES);
      ys.setRange(lowest(curves) / 1.5, highest(curves) * 1.5);
      return plot(axis, layout, ys, curves);
    });
  }

  private static Chart chart(String name, String title, List<Curve> curves, Function<Layout, XYPlot> plot) {
    List<Legend.Entry> legend =
        curves.stream().map(curve -> new Legend.Entry(curve.name, curve.style.colour, curve.style.mark)).toList();
    int points = curves.stream().mapToInt(curve -> curve.points.size()).sum();
    return Drawing.chart(name, title, points, layout -> new Drawing.Sheet(plot.apply(layout), HEIGHT, legend));
  }

  private static XYPlot plot(String axis, Layout layout, LogAxis ys, List<Curve> curves) {
    List<Point> points = curves.stream().flatMap(curve -> curve.points.stream()).toList();
    double first = points.stream().mapToDouble(Point::x).min().orElseThrow();
    double last = points.stream().mapToDouble(Point::x).max().orElseThrow();
    double octaves = Math.log(last / first) / Math.log(2);
    LogAxis xs = Drawing.logarithmic(axis, Math.max(1, Math.ceil(octaves * TICK / layout.width)));
    xs.setRange(first / 1.4, last * 1.4);
    XYPlot plot = new XYPlot(null, xs, ys, null);
    Drawing.grid(plot, false, true);
    // The curve drawn last is on top.
    IntStream.range(0, curves.size()).forEach(i -> add(plot, i, curves.get(curves.size() - 1 - i)));
    return plot;
  }

  private static void add(XYPlot plot, int index, Curve curve) {
    YIntervalSeries series = new YIntervalSeries(curve.name);
    curve.points.forEach(point -> series.add(point.x, point.y, point.low, point.high));
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    data.addSeries(series);
    boolean counted = curve.style == Style.COUNTED;
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawXError(false);
    renderer.setDrawYError(curve.points.stream().anyMatch(point -> point.low < point.high));
    renderer.setCapLength(5);
    renderer.setErrorStroke(Pen.line(1.2));
    renderer.setDefaultLinesVisible(true);
    renderer.setDefaultShapesVisible(!counted);
    renderer.setSeriesPaint(0, curve.style.colour.paint());
    renderer.setSeriesStroke(0, counted ? Pen.dashed(1.8) : Pen.line(2.2));
    renderer.setSeriesShape(0, curve.style.mark.shape());
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }

  private static double lowest(List<Curve> curves) {
    return curves.stream().flatMap(curve -> curve.points.stream()).mapToDouble(Point::low).min().orElseThrow();
  }

  private static double highest(List<Curve> curves) {
    return curves.stream().flatMap(curve -> curve.points.stream()).mapToDouble(Point::high).max().orElseThrow();
  }
}
