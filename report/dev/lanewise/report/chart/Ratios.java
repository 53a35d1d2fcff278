package dev.lanewise.report.chart;

import java.awt.Shape;
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
  private static final int HIGH_ROW = 34;
  private static final int AROUND = 70;
  private static final int MOST_TICKS = 8;
  private static final double ASIDE = 0.17;

  private Ratios() {}

  /// One mark.
  ///
  /// @param row named at the left
  public record Ratio(String row, String series, double value) {}

  /// What tells the marks of a row apart.
  public record Series(String name, Style style) {}

  /// Colour and mark of a series.
  public enum Style {
    FORWARD(Theme.FORWARD, "●", new Ellipse2D.Double(-4.5, -4.5, 9, 9)),
    REVERSE(Theme.REVERSE, "■", new Rectangle2D.Double(-4, -4, 8, 8)),
    FIRST(Theme.INK, "◆", Legend.Mark.DIAMOND.shape()),
    SECOND(Theme.NEUTRAL, "●", new Ellipse2D.Double(-4, -4, 8, 8)),
    THIRD(Theme.MUTED, "■", new Rectangle2D.Double(-3, -3, 6, 6));

    private final Theme colour;
    private final String sign;
    private final Shape shape;

    Style(Theme colour, String sign, Shape shape) {
      this.colour = colour;
      this.sign = sign;
      this.shape = shape;
    }
  }

  /// @param axis what the ratios are
  /// @param series in the order in which they are named; those of no ratio are left out
  /// @param ratios rows in order of appearance, from the top
  public static String svg(String name, String title, String axis, List<Series> series, List<Ratio> ratios) {
    List<String> rows = ratios.stream().map(Ratio::row).distinct().toList();
    List<Series> drawn = series.stream().filter(each -> ratios.stream().anyMatch(ratio -> ratio.series.equals(each.name))).toList();
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (Series each : drawn) {
      int index = data.getSeriesCount();
      // Many marks of a row lie below each other, lest they hide each other.
      double aside = drawn.size() > 2 ? ASIDE * (index - (drawn.size() - 1) / 2.0) : 0;
      XYSeries marks = new XYSeries(each.name, false);
      ratios.stream().filter(ratio -> ratio.series.equals(each.name)).forEach(ratio -> marks.add(ratio.value, rows.indexOf(ratio.row) + aside));
      data.addSeries(marks);
      renderer.setSeriesPaint(index, each.style.colour.paint());
      renderer.setSeriesShape(index, each.style.shape);
    }
    LogAxis values = values(axis, ratios);
    // A row above the first one has the series' names.
    XYPlot plot = new XYPlot(data, values, Drawing.rows(rows, 1.6), renderer);
    plot.setRangeGridlinePaint(Theme.GRID.paint());
    plot.setRangeGridlineStroke(Drawing.line(1));
    plot.setDomainGridlinePaint(Theme.GRID.paint());
    plot.setDomainGridlineStroke(Drawing.line(1));
    plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.addDomainMarker(new ValueMarker(1, Theme.INK.paint(), Drawing.line(1.6)));
    name(plot, values, drawn);
    return Drawing.svg(name, title, plot, AROUND + (rows.size() + 1) * (drawn.size() > 2 ? HIGH_ROW : ROW));
  }

  private static LogAxis values(String label, List<Ratio> ratios) {
    double low = ratios.stream().mapToDouble(Ratio::value).filter(Double::isFinite).min().orElse(1);
    double high = ratios.stream().mapToDouble(Ratio::value).filter(Double::isFinite).max().orElse(1);
    double octaves = Math.log(high / low) / Math.log(2);
    LogAxis axis = Drawing.logarithmic(label, Math.max(1, Math.ceil(octaves / MOST_TICKS)));
    axis.setRange(Math.min(0.48, low / Math.pow(2, 0.03 * octaves + 0.1)), Math.max(2.1, high * Math.pow(2, 0.03 * octaves + 0.1)));
    return axis;
  }

  private static void name(XYPlot plot, LogAxis axis, List<Series> drawn) {
    double at = 0.02;
    for (Series each : drawn) {
      XYTextAnnotation text = new XYTextAnnotation(each.style.sign + " " + each.name,
          axis.getLowerBound() * Math.pow(axis.getUpperBound() / axis.getLowerBound(), at), -1.05);
      text.setFont(Drawing.TEXT);
      text.setPaint(each.style.colour.paint());
      text.setTextAnchor(TextAnchor.CENTER_LEFT);
      plot.addAnnotation(text);
      at += 0.08 + 0.025 * each.name.length();
    }
  }
}
