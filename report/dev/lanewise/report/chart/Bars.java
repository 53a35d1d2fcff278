package dev.lanewise.report.chart;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.annotations.CategoryTextAnnotation;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.CategoryAnchor;
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

/// Horizontal bars, one group per row, with a number at the end of each.
public final class Bars {

  private static final int BAR = 24;
  private static final int ROW = 10;
  private static final int NAME = 20;
  private static final int AROUND = 56;
  /// The part of a picture's width beside the plot, without names.
  private static final int BESIDE = 30;

  private Bars() {}

  /// One bar.
  ///
  /// @param row the name of the group, at the left
  /// @param series what distinguishes the bars of a group
  public record Bar(String row, String series, double value) {}

  /// @param unit the numbers' unit
  /// @param colours the series' colours, in order of appearance
  /// @param labels the numbers' format, for [DecimalFormat]
  public static Chart svg(
      String name, String title, String unit, List<Bar> bars, List<Theme> colours, String labels) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    bars.forEach(bar -> data.addValue(bar.value, bar.series, bar.row));
    SeriesLabels texts = new SeriesLabels(labels, data.getRowCount() > 1);
    List<String> rows = bars.stream().map(Bar::row).distinct().toList();
    return Drawing.chart(name, title, bars.size(), layout -> {
      boolean above = layout.namesAbove(rows);
      int gap = ROW + (above ? NAME : 0);
      int all = data.getColumnCount() * (data.getRowCount() * BAR + gap);
      double left = above ? 0 : rows.stream().mapToDouble(each -> Pen.width(each, Pen.SMALL)).max().orElse(0);
      NumberAxis values = values(unit, texts.widest(data) / (layout.width - BESIDE - left));
      CategoryPlot plot = new CategoryPlot(data, rows(above, (double) gap / all, data.getColumnCount()), values,
          renderer(data, colours, texts));
      plot.setOrientation(PlotOrientation.HORIZONTAL);
      plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
      plot.setRangeGridlinePaint(Theme.GRID.paint());
      plot.setRangeGridlineStroke(Pen.line(1));
      if (above) {
        rows.forEach(each -> plot.addAnnotation(above(each)));
      }
      return new Drawing.Sheet(plot, AROUND + all, List.of(), Drawing.left(above));
    });
  }

  private static CategoryTextAnnotation above(String row) {
    CategoryTextAnnotation text = new CategoryTextAnnotation(row, row, 0);
    text.setCategoryAnchor(CategoryAnchor.START);
    text.setTextAnchor(TextAnchor.BOTTOM_LEFT);
    text.setFont(Pen.SMALL);
    text.setPaint(Theme.INK.paint());
    return text;
  }

  private static BarRenderer renderer(CategoryDataset data, List<Theme> colours, SeriesLabels texts) {
    BarRenderer renderer = new BarRenderer();
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0.06);
    renderer.setDrawBarOutline(false);
    renderer.setDefaultItemLabelGenerator(texts);
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelFont(Pen.SMALL);
    renderer.setDefaultItemLabelPaint(Theme.INK.paint());
    renderer.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT));
    for (int series = 0; series < data.getRowCount(); series++) {
      renderer.setSeriesPaint(series, colours.get(series).paint());
    }
    return renderer;
  }

  /// @param gap the gap between two rows, as a share of the axis
  private static CategoryAxis rows(boolean above, double gap, int count) {
    CategoryAxis rows = new CategoryAxis();
    Drawing.style(rows);
    rows.setTickLabelsVisible(!above);
    rows.setTickLabelFont(Pen.SMALL);
    rows.setTickLabelPaint(Theme.INK.paint());
    rows.setTickMarksVisible(false);
    rows.setCategoryMargin(gap * (count - 1));
    rows.setLowerMargin(above ? gap : gap / 2);
    rows.setUpperMargin(above ? 0 : gap / 2);
    rows.setMaximumCategoryLabelWidthRatio(1);
    return rows;
  }

  /// @param label the share of the plot's width that the widest label takes after its bar
  private static NumberAxis values(String unit, double label) {
    NumberAxis values = new NumberAxis(unit);
    Drawing.style(values);
    values.setAxisLineVisible(false);
    values.setUpperMargin(label / (1 - label));
    return values;
  }

  /// The number, followed by the series' name if a row has several bars.
  private static final class SeriesLabels extends StandardCategoryItemLabelGenerator {

    private static final long serialVersionUID = 1;
    /// Pixels before and after a label.
    private static final double GAP = 10;

    private final boolean named;

    SeriesLabels(String format, boolean named) {
      super("{2}", new DecimalFormat(format, DecimalFormatSymbols.getInstance(Locale.ROOT)));
      this.named = named;
    }

    double widest(CategoryDataset data) {
      double widest = 0;
      for (int row = 0; row < data.getRowCount(); row++) {
        for (int column = 0; column < data.getColumnCount(); column++) {
          if (data.getValue(row, column) != null) {
            widest = Math.max(widest, Pen.width(generateLabel(data, row, column), Pen.SMALL));
          }
        }
      }
      return widest + GAP;
    }

    @Override
    public String generateLabel(CategoryDataset data, int row, int column) {
      String number = super.generateLabel(data, row, column);
      return named ? number + " " + data.getRowKey(row) : number;
    }
  }
}
