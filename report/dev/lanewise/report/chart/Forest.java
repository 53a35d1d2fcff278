package dev.lanewise.report.chart;

import java.awt.geom.Ellipse2D;
import java.util.List;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/// Estimates with their intervals on a logarithmic axis, a row for each, a line at 1 and a band around it.
public final class Forest {

  private static final int ROW = 24;
  private static final int AROUND = 64;
  private static final double LEAST = 0.3;
  private static final double MOST = 3;

  private Forest() {}

  /// One estimate.
  ///
  /// @param row named at the left
  public record Estimate(String row, double value, double low, double high) {}

  /// @param axis what the values are
  /// @param tolerance the band reaches from 1/tolerance to tolerance
  /// @param estimates from the top; what lies beyond the axis ends at its edge
  public static String svg(String name, String title, String axis, double tolerance, List<Estimate> estimates) {
    XYIntervalSeries marks = new XYIntervalSeries("estimate", false, true);
    for (int row = 0; row < estimates.size(); row++) {
      Estimate one = estimates.get(row);
      marks.add(clamp(one.value), clamp(one.low), clamp(one.high), row, row, row);
    }
    XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
    data.addSeries(marks);
    XYErrorRenderer renderer = new XYErrorRenderer();
    renderer.setDrawYError(false);
    renderer.setErrorPaint(Theme.FORWARD.paint());
    renderer.setErrorStroke(Drawing.line(1.6));
    renderer.setCapLength(5);
    renderer.setSeriesPaint(0, Theme.FORWARD.paint());
    renderer.setSeriesShape(0, new Ellipse2D.Double(-4.5, -4.5, 9, 9));
    XYPlot plot = new XYPlot(data, values(axis, estimates), Drawing.rows(estimates.stream().map(Estimate::row).toList(), 0.6), renderer);
    plot.setDomainGridlinePaint(Theme.GRID.paint());
    plot.setDomainGridlineStroke(Drawing.line(1));
    plot.setRangeGridlinesVisible(false);
    plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.addDomainMarker(new IntervalMarker(1 / tolerance, tolerance, Theme.EVEN.paint(), Drawing.line(0), null, null, 1), Layer.BACKGROUND);
    plot.addDomainMarker(new ValueMarker(1, Theme.INK.paint(), Drawing.line(1.6)), Layer.BACKGROUND);
    return Drawing.svg(name, title, plot, AROUND + estimates.size() * ROW);
  }

  private static double clamp(double value) {
    return Double.isFinite(value) ? Math.clamp(value, LEAST, MOST) : 1;
  }

  private static LogAxis values(String label, List<Estimate> estimates) {
    LogAxis axis = Drawing.logarithmic(label, 0.5);
    double low = estimates.stream().mapToDouble(one -> clamp(one.low)).min().orElse(1);
    double high = estimates.stream().mapToDouble(one -> clamp(one.high)).max().orElse(1);
    axis.setRange(Math.min(0.65, low / 1.05), Math.max(1.55, high * 1.05));
    return axis;
  }
}
