package dev.lanewise.report.chart;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;

/// What tells the series of a plot with two logarithmic axes apart, named in a line along its upper edge.
final class Legend {

  /// A character takes about so much of the plot's width.
  private static final double CHARACTER = 0.0165;
  private static final double GAP = 0.045;

  private Legend() {}

  /// How a series is drawn, and named.
  record Entry(String name, Theme colour, Mark mark) {}

  /// Makes room above the data, a twelfth of the axis, and writes the names there.
  static void write(XYPlot plot, LogAxis xs, LogAxis ys, List<Entry> entries) {
    double span = Math.log(ys.getUpperBound() / ys.getLowerBound());
    ys.setRange(ys.getLowerBound(), ys.getUpperBound() * Math.exp(span / 11));
    double y = ys.getUpperBound() / Math.exp(span / 11 / 2);
    double at = 0.02;
    for (Entry entry : entries) {
      String text = entry.mark.sign + " " + entry.name;
      XYTextAnnotation annotation = new XYTextAnnotation(text, xs.getLowerBound() * Math.pow(xs.getUpperBound() / xs.getLowerBound(), at), y);
      annotation.setFont(Drawing.TEXT);
      annotation.setPaint(entry.colour.paint());
      annotation.setTextAnchor(TextAnchor.CENTER_LEFT);
      plot.addAnnotation(annotation);
      at += CHARACTER * text.length() + GAP;
    }
  }

  /// The marks of a series' points.
  enum Mark {
    DISC("●"), SQUARE("■"), DIAMOND("◆"), DASHES("╌");

    private final String sign;

    Mark(String sign) {
      this.sign = sign;
    }

    Shape shape() {
      return switch (this) {
        case DISC, DASHES -> new Ellipse2D.Double(-4, -4, 8, 8);
        case SQUARE -> new Rectangle2D.Double(-3.5, -3.5, 7, 7);
        case DIAMOND -> {
          Path2D diamond = new Path2D.Double();
          diamond.moveTo(0, -5);
          diamond.lineTo(5, 0);
          diamond.lineTo(0, 5);
          diamond.lineTo(-5, 0);
          diamond.closePath();
          yield diamond;
        }
      };
    }
  }
}
