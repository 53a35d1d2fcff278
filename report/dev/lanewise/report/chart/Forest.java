package dev.lanewise.report.chart;

import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/// Estimates with their intervals on a logarithmic axis, a row for each, a line at 1 and a band around it.
///
/// The axis covers all dots and intervals between 1/16 and 16; one that extends further ends in an arrow.
public final class Forest {

  private static final int ROW = 24;
  private static final int ROW_UNDER_NAME = 42;
  private static final int AROUND = 52;
  private static final double MOST = 16;
  /// The axis extends beyond the outermost end and the band by this factor.
  private static final double MARGIN = 1.08;

  private Forest() {}

  /// One estimate.
  ///
  /// @param row names it
  /// @param low NaN if there is no interval, like `high`
  public record Estimate(String row, double value, double low, double high) {}

  /// @param axis what the values are
  /// @param tolerance the band extends from 1/tolerance to tolerance
  /// @param estimates from the top
  public static Chart svg(String name, String title, String axis, double tolerance, List<Estimate> estimates) {
    List<String> rows = estimates.stream().map(Estimate::row).toList();
    return Drawing.chart(name, title, 3 * estimates.size(), layout -> {
      boolean above = layout.namesAbove(rows);
      XYPlot plot = plot(axis, range(tolerance, estimates), estimates);
      plot.addDomainMarker(
          new IntervalMarker(1 / tolerance, tolerance, Theme.EVEN.paint(), Pen.line(0), null, null, 1),
          Layer.BACKGROUND);
      plot.addDomainMarker(new ValueMarker(1, Theme.INK.paint(), Pen.line(1.6)), Layer.BACKGROUND);
      if (above) {
        Drawing.writeAbove(plot, rows);
      }
      return new Drawing.Sheet(plot, AROUND + estimates.size() * (above ? ROW_UNDER_NAME : ROW), List.of(),
          Drawing.left(above));
    });
  }

  private static XYPlot plot(String label, Range range, List<Estimate> estimates) {
    XYIntervalSeries marks = new XYIntervalSeries("estimate", false, true);
    for (int row = 0; row < estimates.size(); row++) {
      Estimate one = estimates.get(row);
      if (range.contains(one.value)) {
        double low = range.constrain(Double.isNaN(one.low) ? one.value : one.low);
        double high = range.constrain(Double.isNaN(one.high) ? one.value : one.high);
        marks.add(one.value, low, high, row, row, row);
      }
    }
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(marks);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setErrorPaint(Theme.INK.paint());
    renderer.setErrorStroke(Pen.line(1.6));
    renderer.setCapLength(5);
    renderer.setSeriesPaint(0, Theme.INK.paint());
    renderer.setSeriesShape(0, new Ellipse2D.Double(-4.5, -4.5, 9, 9));
    LogAxis values = Drawing.logarithmic(label, range.getUpperBound() > 8 * range.getLowerBound() ? 1 : 0.5);
    values.setRange(range);
    XYPlot plot = new XYPlot(data, values, Drawing.rows(estimates.stream().map(Estimate::row).toList()), renderer);
    Drawing.grid(plot, true, false);
    plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    IntStream.range(0, estimates.size()).forEach(row -> point(plot, range, estimates.get(row), row));
    return plot;
  }

  /// Draws arrows where an interval, or the estimate itself, extends beyond the axis.
  private static void point(XYPlot plot, Range range, Estimate one, int row) {
    if (one.value < range.getLowerBound() || one.low < range.getLowerBound()) {
      arrow(plot, "◂", range.getLowerBound(), TextAnchor.CENTER_LEFT, row);
    }
    if (one.value > range.getUpperBound() || one.high > range.getUpperBound()) {
      arrow(plot, "▸", range.getUpperBound(), TextAnchor.CENTER_RIGHT, row);
    }
  }

  private static void arrow(XYPlot plot, String sign, double at, TextAnchor anchor, int row) {
    plot.addAnnotation(Drawing.text(sign, at, row, Pen.TEXT, Theme.INK, anchor));
  }

  /// The range of the axis.
  static Range range(double tolerance, List<Estimate> estimates) {
    double[] ends = estimates.stream().flatMapToDouble(one -> DoubleStream.of(one.value, one.low, one.high))
        .filter(end -> !Double.isNaN(end)).map(end -> Math.clamp(end, 1 / MOST, MOST)).toArray();
    double low = DoubleStream.of(ends).reduce(1 / tolerance, Math::min);
    double high = DoubleStream.of(ends).reduce(tolerance, Math::max);
    return new Range(low / MARGIN, high * MARGIN);
  }
}
