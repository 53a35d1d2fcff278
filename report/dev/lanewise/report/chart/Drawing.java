package dev.lanewise.report.chart;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/// Shared by all drawings: two layouts, no frame, no background.
final class Drawing {

  /// The distance of a row's name above its marks, in rows.
  private static final double NAME_ABOVE = 0.42;

  private Drawing() {}

  /// The content of one layout.
  ///
  /// @param height of the plot with its axes
  /// @param legend above the plot
  /// @param left pixels to the left of the plot: without names there, half a number under the axis still needs some
  record Sheet(Plot plot, int height, List<Legend.Entry> legend, int left) {

    Sheet(Plot plot, int height, List<Legend.Entry> legend) {
      this(plot, height, legend, 2);
    }
  }

  /// Pixels to the left of a plot, which need no room for names if these are above the rows.
  static int left(boolean namesAbove) {
    return namesAbove ? 14 : 2;
  }

  /// A chart in both layouts, as SVG text that scales with the place it is given.
  ///
  /// @param name unique on the page: it begins the identifiers inside
  /// @param numbers the number of values drawn
  static Chart chart(String name, String title, int numbers, Function<Layout, Sheet> sheet) {
    return new Chart(svg(name, title, Layout.WIDE, sheet.apply(Layout.WIDE)),
        svg(name + "-narrow", title, Layout.NARROW, sheet.apply(Layout.NARROW)), numbers);
  }

  private static String svg(String name, String title, Layout layout, Sheet sheet) {
    Plot plot = sheet.plot;
    plot.setOutlineVisible(false);
    plot.setBackgroundPaint(null);
    plot.setInsets(new RectangleInsets(8, sheet.left, 2, 10));
    JFreeChart chart = new JFreeChart(null, Pen.TEXT, plot, false);
    chart.setBackgroundPaint(null);
    chart.setAntiAlias(true);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    if (!sheet.legend.isEmpty()) {
      chart.addSubtitle(Legend.title(sheet.legend));
    }
    int height = sheet.height + Legend.height(sheet.legend, layout);
    SVGGraphics2D canvas = new SVGGraphics2D(layout.width, height);
    canvas.setDefsKeyPrefix(name + "-");
    canvas.setGeomDoubleConverter(Drawing::coordinate);
    canvas.setTransformDoubleConverter(Drawing::coordinate);
    chart.draw(canvas, new Rectangle2D.Double(0, 0, layout.width, height));
    String svg = canvas.getSVGElement(name + "-picture", true, new ViewBox(0, 0, layout.width, height), null, null);
    String titled = " role='img' aria-labelledby='" + name + "-title'><title id='" + name + "-title'>" + escape(title);
    return svg.replaceFirst(">", Matcher.quoteReplacement(titled + "</title>"))
        .replace("sans-serif", "system-ui, sans-serif");
  }

  private static String coordinate(double value) {
    double rounded = Math.round(value * 100) / 100.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
  }

  static void style(Axis axis) {
    axis.setLabelFont(Pen.TEXT);
    axis.setLabelPaint(Theme.MUTED.paint());
    axis.setTickLabelFont(Pen.SMALL);
    axis.setTickLabelPaint(Theme.MUTED.paint());
    axis.setAxisLinePaint(Theme.GRID.paint());
    axis.setTickMarkPaint(Theme.GRID.paint());
  }

  /// A text inside a plot.
  static XYTextAnnotation text(String text, double x, double y, Font font, Theme colour, TextAnchor anchor) {
    XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
    annotation.setFont(font);
    annotation.setPaint(colour.paint());
    annotation.setTextAnchor(anchor);
    return annotation;
  }

  /// Draws grid lines across the given axes.
  static void grid(XYPlot plot, boolean ofDomain, boolean ofRange) {
    plot.setDomainGridlinesVisible(ofDomain);
    plot.setDomainGridlinePaint(Theme.GRID.paint());
    plot.setDomainGridlineStroke(Pen.line(1));
    plot.setRangeGridlinesVisible(ofRange);
    plot.setRangeGridlinePaint(Theme.GRID.paint());
    plot.setRangeGridlineStroke(Pen.line(1));
  }

  /// An axis with a name for each row, the first one at the top.
  static SymbolAxis rows(List<String> names) {
    SymbolAxis axis = new SymbolAxis(null, names.toArray(String[]::new));
    style(axis);
    axis.setTickLabelPaint(Theme.INK.paint());
    axis.setGridBandsVisible(false);
    axis.setTickMarksVisible(false);
    axis.setAxisLineVisible(false);
    axis.setInverted(true);
    axis.setAutoRange(false);
    axis.setRange(-0.6, names.size() - 0.4);
    return axis;
  }

  /// Takes the names of the rows from the axis and writes each above its row.
  static void writeAbove(XYPlot plot, List<String> names) {
    plot.getRangeAxis().setTickLabelsVisible(false);
    plot.getRangeAxis().setRange(-0.75, names.size() - 0.6);
    for (int row = 0; row < names.size(); row++) {
      double left = plot.getDomainAxis().getLowerBound();
      plot.addAnnotation(
          text(names.get(row), left, row - NAME_ABOVE, Pen.SMALL, Theme.INK, TextAnchor.CENTER_LEFT));
    }
  }

  /// A logarithmic axis, its ticks 2^step apart.
  static LogAxis logarithmic(String label, double step) {
    LogAxis axis = new LogAxis(label);
    style(axis);
    axis.setBase(2);
    DecimalFormat format = new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMaximumFractionDigits(step < 1 ? 2 : 4);
    axis.setTickUnit(new NumberTickUnit(step, format));
    axis.setNumberFormatOverride(format);
    axis.setMinorTickMarksVisible(false);
    return axis;
  }

  /// A logarithmic axis over many powers of ten, its ticks 10^step apart: `1e-6`.
  static LogAxis decades(String label, double step) {
    LogAxis axis = logarithmic(label, step);
    axis.setBase(10);
    DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
    symbols.setExponentSeparator("e");
    DecimalFormat format = new DecimalFormat("0E0", symbols);
    axis.setTickUnit(new NumberTickUnit(step, format));
    axis.setNumberFormatOverride(format);
    return axis;
  }
}
