package dev.lanewise.report.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/// Lying bars, one group a row, with their numbers at the end.
public final class Bars {

  private static final int BAR = 24;
  /// Room for a number behind the longest bar, and for each character of the series' name, as shares of its length.
  private static final double NUMBER = 0.14;
  private static final double CHARACTER = 0.04;

  private Bars() {}

  /// One bar.
  ///
  /// @param row the group, named at the left
  /// @param series what tells the bars of a group apart
  public record Bar(String row, String series, double value) {}

  /// @param unit what the numbers are
  /// @param colours of the series, in order of appearance
  /// @param labels how the numbers are written, for [DecimalFormat]
  public static String svg(String name, String title, String unit, List<Bar> bars, List<Theme> colours, String labels) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    bars.forEach(bar -> data.addValue(bar.value, bar.series, bar.row));
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.06);
    renderer.setDrawBarOutline(false);
    renderer.setDefaultItemLabelGenerator(new SeriesLabels(labels, data.getRowCount() > 1));
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(Drawing.SMALL);
    renderer.setDefaultItemLabelPaint(Theme.INK.paint());
    renderer.setDefaultPositiveItemLabelPosition(new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    for (int series = 0; series < data.getRowCount(); series++) {
      renderer.setSeriesPaint(series, colours.get(series).paint());
    }
    CategoryAxis rows = new CategoryAxis();
    Drawing.style(rows);
    rows.setTickLabelFont(Drawing.TEXT);
    rows.setTickLabelPaint(Theme.INK.paint());
    rows.setTickMarksVisible(false);
    rows.setCategoryMargin(0.22);
    rows.setLowerMargin(0.01);
    rows.setUpperMargin(0.01);
    NumberAxis values = new NumberAxis(unit);
    Drawing.style(values);
    values.setAxisLineVisible(false);
    int longest = bars.stream().mapToInt(bar -> bar.series.length()).max().orElse(0);
    values.setUpperMargin(data.getRowCount() > 1 ? NUMBER + CHARACTER * longest : NUMBER);
    CategoryPlot plot = new CategoryPlot(data, rows, values, renderer);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    plot.setRangeGridlinePaint(Theme.GRID.paint());
    plot.setRangeGridlineStroke(Drawing.line(1));
    return Drawing.svg(name, title, plot, 60 + data.getColumnCount() * (data.getRowCount() * BAR + 10));
  }

  /// The number, and where a row has several bars the series' name behind it.
  private static final class SeriesLabels extends StandardCategoryItemLabelGenerator {

    private static final long serialVersionUID = 1;

    private final boolean named;

    SeriesLabels(String format, boolean named) {
      super("{2}", new DecimalFormat(format, DecimalFormatSymbols.getInstance(Locale.ROOT)));
      this.named = named;
    }

    @Override
    public String generateLabel(CategoryDataset data, int row, int column) {
      String number = super.generateLabel(data, row, column);
      return named ? number + " " + data.getRowKey(row) : number;
    }
  }
}
