package dev.lanewise.report.chart;

import dev.lanewise.report.chart.Legend.Mark;
import java.util.List;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/// Ratios on a logarithmic axis, with a row for each comparison and a line at 1: marks to its left are losses.
public final class Ratios {

  private static final int ROW = 22;
  /// The height of a row with many marks, and of a name above it.
  private static final int HIGH_ROW = 34;
  private static final int NAME = 20;
  private static final int AROUND = 56;
  private static final int MOST_TICKS = 8;
  private static final double ASIDE = 0.17;

  private Ratios() {}

  /// One mark.
  ///
  /// @param row the name at the left
  public record Ratio(String row, String series, double value) {}

  /// What distinguishes the marks of a row.
  public record Series(String name, Style style) {}

  /// Colour and mark of a series.
  public enum Style {
    FORWARD(Theme.FORWARD, Mark.DISC),
    REVERSE(Theme.REVERSE, Mark.SQUARE),
    FIRST(Theme.INK, Mark.DIAMOND),
    SECOND(Theme.NEUTRAL, Mark.DISC),
    THIRD(Theme.MUTED, Mark.SQUARE);

    private final Theme colour;
    private final Mark mark;

    Style(Theme colour, Mark mark) {
      this.colour = colour;
      this.mark = mark;
    }
  }

  /// @param axis what the ratios are
  /// @param series in the order of the legend; series without ratios are left out
  /// @param ratios rows in order of appearance, from the top
  public static Chart svg(String name, String title, String axis, List<Series> series, List<Ratio> ratios) {
    List<String> rows = ratios.stream().map(Ratio::row).distinct().toList();
    List<Series> drawn = series.stream()
        .filter(each -> ratios.stream().anyMatch(ratio -> ratio.series.equals(each.name))).toList();
    List<Legend.Entry> legend = drawn.size() == 1 ? List.of()
        : drawn.stream().map(each -> new Legend.Entry(each.name, each.style.colour, each.style.mark)).toList();
    return Drawing.chart(name, title, ratios.size(), layout -> {
      boolean above = layout.namesAbove(rows);
      XYPlot plot = plot(axis, drawn, rows, ratios);
      if (above) {
        Drawing.writeAbove(plot, rows);
      }
      int row = (drawn.size() > 2 ? HIGH_ROW : ROW) + (above ? NAME : 0);
      return new Drawing.Sheet(plot, AROUND + rows.size() * row, legend, Drawing.left(above));
    });
  }

  private static XYPlot plot(String axis, List<Series> drawn, List<String> rows, List<Ratio> ratios) {
    XYSeriesCollection data = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (Series each : drawn) {
      int index = data.getSeriesCount();
      // Many marks of one row are drawn one below another, so that they do not hide each other.
      double aside = drawn.size() > 2 ? ASIDE * (index - (drawn.size() - 1) / 2.0) : 0;
      XYSeries marks = new XYSeries(each.name, false);
      ratios.stream().filter(ratio -> ratio.series.equals(each.name))
          .forEach(ratio -> marks.add(ratio.value, rows.indexOf(ratio.row) + aside));
      data.addSeries(marks);
      renderer.setSeriesPaint(index, each.style.colour.paint());
      renderer.setSeriesShape(index, each.style.mark.shape());
    }
    XYPlot plot = new XYPlot(data, values(axis, ratios), Drawing.rows(rows), renderer);
    Drawing.grid(plot, true, true);
    plot.setDomainAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.addDomainMarker(new ValueMarker(1, Theme.INK.paint(), Pen.line(1.6)));
    return plot;
  }

  private static LogAxis values(String label, List<Ratio> ratios) {
    double low = ratios.stream().mapToDouble(Ratio::value).filter(Double::isFinite).min().orElse(1);
    double high = ratios.stream().mapToDouble(Ratio::value).filter(Double::isFinite).max().orElse(1);
    double octaves = Math.log(high / low) / Math.log(2);
    LogAxis axis = Drawing.logarithmic(label, Math.max(1, Math.ceil(octaves / MOST_TICKS)));
    axis.setRange(Math.min(0.48, low / Math.pow(2, 0.03 * octaves + 0.1)),
        Math.max(2.1, high * Math.pow(2, 0.03 * octaves + 0.1)));
    return axis;
  }
}
