package dev.lanewise.kernel.window;

import static dev.lanewise.kernel.window.PoolGeometry.endTap;
import static dev.lanewise.kernel.window.PoolGeometry.firstTap;

import java.util.Arrays;

/// Pooling of contiguous planes in plain Java: all numbers that a window covers become one.
///
/// | operation   | formula, of each output and its taps in the plane               |
/// |-------------|-----------------------------------------------------------------|
/// | max         | y = the largest x, won = its tap's number                       |
/// | maxPush     | v = u at the tap that won                                       |
/// | maxPull     | v += u at the tap that won, v being 0 before                    |
/// | average     | y = Σ x / n                                                     |
/// | averagePull | v += u / n at all taps, v being 0 before                        |
///
/// Ties go to the first tap in row-major order; NaN wins over all numbers, and the last NaN over others, as in PyTorch.
/// n counts the taps in the plane, or all. Sums go by taps in row-major order. A pull adds row by row of the output.
/// Within a row of the output it goes row by row of the taps, and within a row of taps from right to left. Inputs and
/// outputs never share memory.
final class DoublePortablePool {

  private DoublePortablePool() {}

  static void max(PoolGeometry g, int planes, double[] x, int xo, double[] y, int yo, double[] won, int wo,
      boolean keep) {
    for (int line = 0; line < planes * g.rows; line++) {
      int at = line * g.columns;
      maxOf(g, line % g.rows, 0, g.columns, x, xo + line / g.rows * g.plane(), y, yo + at, won, wo + at, keep);
    }
  }

  /// Outputs `from` to `end` − 1 of one row; the plane begins at `xo`, the row at `yo` and `wo`.
  static void maxOf(
      PoolGeometry g, int row, int from, int end, double[] x, int xo, double[] y, int yo, double[] won, int wo,
      boolean keep) {
    int top = g.top(row);
    int firstRow = firstTap(top, g.dilationHeight);
    int endRow = endTap(top, g.windowHeight, g.dilationHeight, g.height);
    for (int column = from; column < end; column++) {
      int left = g.left(column);
      int first = firstTap(left, g.dilationWidth);
      int endColumn = endTap(left, g.windowWidth, g.dilationWidth, g.width);
      int tap = firstRow * g.windowWidth + first;
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = firstRow; i < endRow; i++) {
        int at = xo + (top + i * g.dilationHeight) * g.width + left;
        for (int j = first; j < endColumn; j++) {
          double value = x[at + j * g.dilationWidth];
          if (value > largest || value != value) {
            largest = value;
            tap = i * g.windowWidth + j;
          }
        }
      }
      y[yo + column] = largest;
      if (keep) {
        won[wo + column] = tap;
      }
    }
  }

  static void maxPush(
      PoolGeometry g, int planes, int chunk, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    int lines = planes * g.rows;
    for (int line = 0; line < chunk * lines; line++) {
      maxPushOf(g, line % g.rows, 0, g.columns, won, wo + line % lines * g.columns,
          u, uo + line / g.rows * g.plane(), v, vo + line * g.columns);
    }
  }

  static void maxPushOf(
      PoolGeometry g, int row, int from, int end, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    for (int column = from; column < end; column++) {
      v[vo + column] = u[uo + place(g, row, column, (int) won[wo + column])];
    }
  }

  static void maxPull(
      PoolGeometry g, int planes, int chunk, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    int lines = planes * g.rows;
    Arrays.fill(v, vo, vo + chunk * planes * g.plane(), 0.0);
    for (int line = 0; line < chunk * lines; line++) {
      int row = line % g.rows;
      int wonAt = wo + line % lines * g.columns;
      int uAt = uo + line * g.columns;
      int vAt = vo + line / g.rows * g.plane();
      for (int column = 0; column < g.columns; column++) {
        v[vAt + place(g, row, column, (int) won[wonAt + column])] += u[uAt + column];
      }
    }
  }

  /// The offset of a tap in the plane.
  private static int place(PoolGeometry g, int row, int column, int tap) {
    int i = tap / g.windowWidth;
    int j = tap - i * g.windowWidth;
    return (g.top(row) + i * g.dilationHeight) * g.width + g.left(column) + j * g.dilationWidth;
  }

  static void average(PoolGeometry g, int planes, boolean all, double[] x, int xo, double[] y, int yo) {
    for (int line = 0; line < planes * g.rows; line++) {
      averageOf(g, line % g.rows, 0, g.columns, all, x, xo + line / g.rows * g.plane(), y, yo + line * g.columns);
    }
  }

  static void averageOf(
      PoolGeometry g, int row, int from, int end, boolean all, double[] x, int xo, double[] y, int yo) {
    int top = g.top(row);
    int firstRow = firstTap(top, 1);
    int endRow = endTap(top, g.windowHeight, 1, g.height);
    for (int column = from; column < end; column++) {
      int left = g.left(column);
      int first = firstTap(left, 1);
      int endColumn = endTap(left, g.windowWidth, 1, g.width);
      double sum = 0;
      for (int i = firstRow; i < endRow; i++) {
        int at = xo + (top + i) * g.width + left;
        for (int j = first; j < endColumn; j++) {
          sum += x[at + j];
        }
      }
      y[yo + column] = sum / count(g, all, endRow - firstRow, endColumn - first);
    }
  }

  static void averagePull(PoolGeometry g, int planes, boolean all, double[] u, int uo, double[] v, int vo) {
    Arrays.fill(v, vo, vo + planes * g.plane(), 0.0);
    for (int line = 0; line < planes * g.rows; line++) {
      averagePullOf(g, line % g.rows, all, u, uo + line * g.columns, v, vo + line / g.rows * g.plane());
    }
  }

  private static void averagePullOf(PoolGeometry g, int row, boolean all, double[] u, int uo, double[] v, int vo) {
    int top = g.top(row);
    int firstRow = firstTap(top, 1);
    int endRow = endTap(top, g.windowHeight, 1, g.height);
    for (int i = firstRow; i < endRow; i++) {
      int at = vo + (top + i) * g.width;
      for (int j = g.windowWidth - 1; j >= 0; j--) {
        for (int column = 0; column < g.columns; column++) {
          int left = g.left(column);
          if (left + j >= 0 && left + j < g.width) {
            int inside = endTap(left, g.windowWidth, 1, g.width) - firstTap(left, 1);
            v[at + left + j] += u[uo + column] / count(g, all, endRow - firstRow, inside);
          }
        }
      }
    }
  }

  /// n of an average.
  static int count(PoolGeometry g, boolean all, int height, int width) {
    return all ? g.windowHeight * g.windowWidth : height * width;
  }
}
