package dev.lanewise.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.ColumnArrangement;
import org.jfree.chart.block.FlowArrangement;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;

/// The legend above a plot, in as many lines as it takes.
final class Legend {

  private static final Font FONT = Pen.SMALL;
  private static final int LINE = 20;
  /// Pixels between two entries, mark and padding included.
  private static final double GAP = 40;

  private Legend() {}

  /// A series' name and style.
  record Entry(String name, Theme colour, Mark mark) {}

  static LegendTitle title(List<Entry> entries) {
    LegendItemCollection items = new LegendItemCollection();
    entries.forEach(entry -> items.add(item(entry)));
    FlowArrangement lines = new FlowArrangement(HorizontalAlignment.LEFT, VerticalAlignment.CENTER, 12, 2);
    LegendTitle legend = new LegendTitle(() -> items, lines, new ColumnArrangement());
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setFrame(BlockBorder.NONE);
    legend.setBackgroundPaint(null);
    legend.setItemFont(FONT);
    legend.setItemPaint(Theme.INK.paint());
    legend.setItemLabelPadding(new RectangleInsets(1, 4, 1, 0));
    return legend;
  }

  private static LegendItem item(Entry entry) {
    boolean line = entry.mark == Mark.DASHES || entry.mark == Mark.LINE;
    Color paint = entry.colour.paint();
    BasicStroke stroke = entry.mark == Mark.DASHES ? Pen.dashed(2) : Pen.line(3);
    return new LegendItem(entry.name, null, null, null, !line, entry.mark.shape(), true, paint, false, paint,
        Pen.line(1), line, new Line2D.Double(-10, 0, 10, 0), stroke, paint);
  }

  /// The legend's height in pixels.
  static int height(List<Entry> entries, Layout layout) {
    double at = 0;
    int lines = entries.isEmpty() ? 0 : 1;
    for (Entry entry : entries) {
      double width = Pen.width(entry.name, FONT) + GAP;
      if (at + width > layout.width && at > 0) {
        lines++;
        at = 0;
      }
      at += width;
    }
    return lines * LINE;
  }

  /// The mark of a series' points, or its line.
  enum Mark {
    DISC, SQUARE, DIAMOND, DASHES, LINE;

    Shape shape() {
      return switch (this) {
        case DISC, DASHES, LINE -> new Ellipse2D.Double(-4, -4, 8, 8);
        case SQUARE -> new Rectangle2D.Double(-4, -4, 8, 8);
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
