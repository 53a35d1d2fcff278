package dev.lanewise.report.chart;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;

/// The line on which a field given at grid points is zero, linear in between: marching squares.
final class ZeroContour {

  private ZeroContour() {}

  /// The pieces of the line, in the unit of indices.
  ///
  /// @param values `[i][j]` at the point (i, j)
  static List<Line2D> of(double[][] values) {
    List<Line2D> pieces = new ArrayList<>();
    for (int i = 0; i + 1 < values.length; i++) {
      for (int j = 0; j + 1 < values[i].length; j++) {
        List<Point2D> crossings = new ArrayList<>();
        cross(values, i, j, i + 1, j, crossings);
        cross(values, i + 1, j, i + 1, j + 1, crossings);
        cross(values, i + 1, j + 1, i, j + 1, crossings);
        cross(values, i, j + 1, i, j, crossings);
        for (int pair = 0; pair + 1 < crossings.size(); pair += 2) {
          pieces.add(new Line2D.Double(crossings.get(pair), crossings.get(pair + 1)));
        }
      }
    }
    return pieces;
  }

  private static void cross(double[][] values, int i, int j, int k, int l, List<Point2D> crossings) {
    double from = values[i][j];
    double to = values[k][l];
    if (from < 0 != to < 0) {
      double t = from / (from - to);
      crossings.add(new Point2D.Double(i + t * (k - i), j + t * (l - j)));
    }
  }
}
