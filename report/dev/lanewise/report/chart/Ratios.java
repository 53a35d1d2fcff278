package dev.lanewise.report.chart;

import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Ratios on a logarithmic axis, a row for each thing compared and a line at 1: what lies to the left of it is lost.
public final class Ratios {

  private static final int ROW = 20;
  private static final int AROUND = 70;

  private Ratios() {}

  /// One mark.
  ///
  /// @param row named at the left
  /// @param series `float`, a blue disc, or another, an orange square
  public record Ratio(String row, String series, double value) {}

  /// @param ratios rows in order of appearance, from the top
  public static String svg(String name, String title, List<Ratio> ratios) {
    List<String> rows = ratios.stream().map(Ratio::row).distinct().toList();
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (String key : ratios.stream().map(Ratio::series).distinct().sorted((one, other) -> other.compareTo(one)).toList()) {
      boolean disc = key.equals("float");
      int series = data.getSeriesCount();
      XYSeries marks = new XYSeries(key, false);
      ratios.stream().filter(ratio -> ratio.series.equals(key)).forEach(ratio -> marks.add(ratio.value, rows.indexOf(ratio.row)));
      data.addSeries(marks);
      renderer.setSeriesPaint(series, (disc ? Theme.FORWARD : Theme.REVERSE).paint());
      renderer.setSeriesShape(series, disc ? new Ellipse2D.Double(-4.5, -4.5, 9, 9) : new Rectangle2D.Double(-4, -4, 8, 8));
    }
    LogAxis values = values(ratios);
    // A row above the first one has the series' names.
    XYPlot plot = new XYPlot(data, values, Drawing.rows(rows, 1.6), renderer);
    plot.setRangeGridlinePaint(Theme.GRID.paint());
    plot.setRangeGridlineStroke(Drawing.line(1));
    plot.setDomainGridlinePaint(Theme.GRID.paint());
    plot.setDomainGridlineStroke(Drawing.line(1));
    plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.addDomainMarker(new ValueMarker(1, Theme.INK.paint(), Drawing.line(1.6)));
    name(plot, values, data);
    return Drawing.svg(name, title, plot, AROUND + (rows.size() + 1) * ROW);
  }

  private static LogAxis values(List<Ratio> ratios) {
    LogAxis axis = Drawing.logarithmic("other’s time / ours", 1);
    double low = ratios.stream().mapToDouble(Ratio::value).filter(Double::isFinite).min().orElse(1);
    double high = ratios.stream().mapToDouble(Ratio::value).filter(Double::isFinite).max().orElse(1);
    axis.setRange(Math.min(0.48, low / 1.1), Math.max(2.1, high * 1.1));
    return axis;
  }

  private static void name(XYPlot plot, LogAxis axis, XYSeriesCollection data) {
    for (int series = 0; series < data.getSeriesCount(); series++) {
      boolean disc = data.getSeriesKey(series).equals("float");
      XYTextAnnotation text = new XYTextAnnotation((disc ? "● " : "■ ") + data.getSeriesKey(series),
          axis.getLowerBound() * Math.pow(axis.getUpperBound() / axis.getLowerBound(), 0.02 + 0.2 * series), -1.05);
      text.setFont(Drawing.TEXT);
      text.setPaint((disc ? Theme.FORWARD : Theme.REVERSE).paint());
      text.setTextAnchor(TextAnchor.CENTER_LEFT);
      plot.addAnnotation(text);
    }
  }
}
