package dev.lanewise.report.chart;

import dev.lanewise.report.chart.Legend.Mark;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/// Measured ratios against predicted ones, on equal logarithmic axes: a point on the diagonal was predicted exactly.
public final class Agreement {

  private static final int HIGH = 470;
  private static final int LOW = 360;

  /// Both axes begin here, or lower if a point does.
  private static final double LEAST = 0.48;
  private static final double MOST = 1.45;

  private Agreement() {}

  /// One ratio, with the ends of both intervals.
  ///
  /// @param label written beside it
  public record Point(String label, double predicted, double predictedLow, double predictedHigh,
      double measured, double measuredLow, double measuredHigh) {

    private double least() {
      return Math.min(Math.min(predictedLow, predicted), Math.min(measuredLow, measured));
    }

    private double most() {
      return Math.max(Math.max(predictedHigh, predicted), Math.max(measuredHigh, measured));
    }
  }

  /// Points drawn in the same style.
  ///
  /// @param first whether this is the first group or the second
  public record Group(String name, boolean first, List<Point> points) {

    private Theme colour() {
      return first ? Theme.INK : Theme.NEUTRAL;
    }

    private Mark mark() {
      return first ? Mark.DISC : Mark.SQUARE;
    }
  }

  /// @param groups at least one point among them
  public static Chart svg(String name, String title, String predicted, String measured, List<Group> groups) {
    List<Legend.Entry> legend =
        groups.stream().map(group -> new Legend.Entry(group.name, group.colour(), group.mark())).toList();
    int points = groups.stream().mapToInt(group -> group.points.size()).sum();
    return Drawing.chart(name, title, 2 * points,
        layout -> new Drawing.Sheet(plot(predicted, measured, groups), layout.isNarrow() ? LOW : HIGH, legend));
  }

  private static XYPlot plot(String predicted, String measured, List<Group> groups) {
    List<Point> points = groups.stream().flatMap(group -> group.points.stream()).toList();
    double least = Math.min(LEAST, extreme(points, Point::least, true) / 1.08);
    double most = Math.max(MOST, extreme(points, Point::most, false) * 1.08);
    LogAxis xs = Drawing.logarithmic(predicted, 0.5);
    LogAxis ys = Drawing.logarithmic(measured, 0.5);
    xs.setRange(least, most);
    ys.setRange(least, most);
    XYPlot plot = new XYPlot(null, xs, ys, null);
    Drawing.grid(plot, false, true);
    plot.addAnnotation(new XYLineAnnotation(least, least, most, most, Pen.dashed(1.6), Theme.MUTED.paint()));
    for (int group = 0; group < groups.size(); group++) {
      add(plot, group, groups.get(group), Math.pow(most / least, 0.018));
    }
    return plot;
  }

  private static double extreme(List<Point> points, ToDoubleFunction<Point> of, boolean least) {
    var values = points.stream().mapToDouble(of);
    return (least ? values.min() : values.max()).orElseThrow();
  }

  /// @param apart the factor by which a label is set off from its point
  private static void add(XYPlot plot, int index, Group group, double apart) {
    XYIntervalSeries series = new XYIntervalSeries(group.name, false, true);
    for (Point point : group.points) {
      series.add(point.predicted, point.predictedLow, point.predictedHigh,
          point.measured, point.measuredLow, point.measuredHigh);
      boolean below = point.measured <= point.predicted; // labels lie away from the diagonal
      plot.addAnnotation(Drawing.text(point.label, point.predicted * (below ? apart : 1 / apart), point.measured,
          Pen.SMALL, Theme.INK, below ? TextAnchor.TOP_LEFT : TextAnchor.BOTTOM_RIGHT));
    }
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(series);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setErrorPaint(group.colour().paint());
    renderer.setErrorStroke(Pen.line(1.2));
    renderer.setCapLength(4);
    renderer.setSeriesPaint(0, group.colour().paint());
    renderer.setSeriesShape(0, group.mark().shape());
    plot.setDataset(index, data);
    plot.setRenderer(index, renderer);
  }
}
