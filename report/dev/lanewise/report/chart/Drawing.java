package dev.lanewise.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.svg.SVGGraphics2D;
import org.jfree.svg.ViewBox;

/// What all drawings share: a size that still reads on a phone, one font, thin lines, no frame, no background.
final class Drawing {

  static final int WIDTH = 520;
  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private Drawing() {}

  /// The drawing as SVG text that scales with the place it is given.
  ///
  /// @param name unique on the page: it begins the identifiers inside
  static String svg(String name, String title, Plot plot, int height) {
    plot.setOutlineVisible(false);
    plot.setBackgroundPaint(null);
    plot.setInsets(new RectangleInsets(12, 2, 2, 10));
    JFreeChart chart = new JFreeChart(null, TEXT, plot, false);
    chart.setBackgroundPaint(null);
    chart.setAntiAlias(true);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    SVGGraphics2D canvas = new SVGGraphics2D(WIDTH, height);
    canvas.setDefsKeyPrefix(name + "-");
    canvas.setGeomDoubleConverter(Drawing::coordinate);
    canvas.setTransformDoubleConverter(Drawing::coordinate);
    chart.draw(canvas, new Rectangle2D.Double(0, 0, WIDTH, height));
    String svg = canvas.getSVGElement(name, false, new ViewBox(0, 0, WIDTH, height), null, null);
    return svg.replaceFirst(">", " role='img' aria-label='" + escape(title) + "'>").replace("sans-serif", "system-ui, sans-serif");
  }

  private static String coordinate(double value) {
    double rounded = Math.round(value * 100) / 100.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;");
  }

  static void style(Axis axis) {
    axis.setLabelFont(TEXT);
    axis.setLabelPaint(Theme.MUTED.paint());
    axis.setTickLabelFont(SMALL);
    axis.setTickLabelPaint(Theme.MUTED.paint());
    axis.setAxisLinePaint(Theme.GRID.paint());
    axis.setTickMarkPaint(Theme.GRID.paint());
  }

  static BasicStroke line(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashed(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
  }

  /// An axis with a name for each row, the first one at the top, `above` rows of room over it.
  static SymbolAxis rows(List<String> names, double above) {
    SymbolAxis axis = new SymbolAxis(null, names.toArray(String[]::new));
    style(axis);
    axis.setTickLabelPaint(Theme.INK.paint());
    axis.setGridBandsVisible(false);
    axis.setTickMarksVisible(false);
    axis.setAxisLineVisible(false);
    axis.setInverted(true);
    axis.setAutoRange(false);
    axis.setRange(-above, names.size() - 0.4);
    return axis;
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
