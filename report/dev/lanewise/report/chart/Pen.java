package dev.lanewise.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.font.FontRenderContext;

/// Fonts and strokes.
final class Pen {

  static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

  private Pen() {}

  /// The width of a text in pixels.
  static double width(String text, Font font) {
    return font.getStringBounds(text, METRICS).getWidth();
  }

  static BasicStroke line(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  }

  static BasicStroke dashed(double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0);
  }
}
