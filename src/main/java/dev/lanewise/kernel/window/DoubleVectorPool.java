package dev.lanewise.kernel.window;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;
import static dev.lanewise.kernel.window.PoolGeometry.endTap;
import static dev.lanewise.kernel.window.PoolGeometry.firstTap;

import dev.lanewise.kernel.lanes.DoubleLanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/// Pooling of planes on the Vector API: formulas, conditions and bits are those of [DoublePortablePool].
///
/// A vector holds LENGTH adjacent outputs. The first begins at a row's first output whose taps all lie between the
/// plane's left and right. The last may pass the row's end: what it writes there is overwritten by the next row or
/// plane. Outputs at the edges, and the very last ones, are left to plain Java. A stride of 2 takes the even numbers of
/// two vectors; other strides are left to plain Java too, as are pulls through overlapping windows.
final class DoubleVectorPool {

  /// The most taps for which choosing among all with vectors is faster than fetching one by one.
  private static final int FEW_TAPS = 9;

  /// The even lanes, twice.
  private static final VectorShuffle<Double> EVEN = VectorShuffle.fromOp(SPECIES, lane -> 2 * lane % LENGTH);
  /// Each lane of the lower half twice, and of the upper half.
  private static final VectorShuffle<Double> LOWER = VectorShuffle.fromOp(SPECIES, lane -> lane / 2);
  private static final VectorShuffle<Double> UPPER = VectorShuffle.fromOp(SPECIES, lane -> (LENGTH + lane) / 2);
  private static final long UPPER_HALF = -1L << LENGTH / 2;
  private static final long ODD = 0xAAAA_AAAA_AAAA_AAAAL;

  private DoubleVectorPool() {}

  /// Whether adjacent outputs are computed with vectors.
  private static boolean isByVectors(PoolGeometry g) {
    return g.strideWidth <= 2 && !DoubleLanes.TOO_NARROW;
  }

  /// LENGTH numbers, every one or every second.
  private static DoubleVector every(int stride, double[] x, int at) {
    DoubleVector here = TYPE.cast(DoubleVector.fromArray(SPECIES, x, at));
    if (stride == 1) {
      return here;
    }
    return here.rearrange(EVEN).blend(
        TYPE.cast(DoubleVector.fromArray(SPECIES, x, at + LENGTH)).rearrange(EVEN),
        VectorMask.fromLong(SPECIES, UPPER_HALF));
  }

  /// Where a row's vectors end: from there on the arrays have no room for another one.
  ///
  /// @param x the offset of the farthest tap of output 0 in the row
  /// @param y the offset of output 0
  private static int end(PoolGeometry g, int x, int xLength, int y, int yEnd) {
    int byInput = (g.strideWidth == 1 ? xLength - x : (xLength - x) / 2) - LENGTH;
    return Math.min(g.endWhole, Math.min(byInput, yEnd - y - LENGTH) + 1);
  }

  /// The offset of the last tap of an output in column 0, among those in rows before `endRow`.
  private static int lastTap(PoolGeometry g, int top, int endRow) {
    return (top + (endRow - 1) * g.dilationHeight) * g.width + g.left(0) + (g.windowWidth - 1) * g.dilationWidth;
  }

  static void max(PoolGeometry g, int planes, double[] x, int xo, double[] y, int yo, double[] won, int wo,
      boolean keep) {
    if (!isByVectors(g)) {
      DoublePortablePool.max(g, planes, x, xo, y, yo, won, wo, keep);
      return;
    }
    int yEnd = yo + planes * g.outputs();
    for (int plane = 0; plane < planes; plane++) {
      int xAt = xo + plane * g.plane();
      for (int row = 0; row < g.rows; row++) {
        int at = plane * g.outputs() + row * g.columns;
        int top = g.top(row);
        int endRow = endTap(top, g.windowHeight, g.dilationHeight, g.height);
        int end = end(g, xAt + lastTap(g, top, endRow), x.length, yo + at, yEnd);
        DoublePortablePool.maxOf(g, row, 0, g.firstWhole, x, xAt, y, yo + at, won, wo + at, keep);
        int column = g.firstWhole;
        for (; column < end; column += LENGTH) {
          maxOfVector(g, top, endRow, x, xAt + g.left(column), y, yo + at + column, won, wo + at + column, keep);
        }
        column = Math.clamp(column, g.firstWhole, g.endWhole);
        DoublePortablePool.maxOf(g, row, column, g.columns, x, xAt, y, yo + at, won, wo + at, keep);
      }
    }
  }

  /// Computes LENGTH outputs; the first one's window begins at `xo` in a row of the plane.
  private static void maxOfVector(
      PoolGeometry g, int top, int endRow, double[] x, int xo, double[] y, int yo, double[] won, int wo, boolean keep) {
    int firstRow = firstTap(top, g.dilationHeight);
    DoubleVector largest = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    DoubleVector winner = DoubleVector.broadcast(SPECIES, firstRow * g.windowWidth);
    for (int i = firstRow; i < endRow; i++) {
      int at = xo + (top + i * g.dilationHeight) * g.width;
      for (int j = 0; j < g.windowWidth; j++) {
        DoubleVector value = every(g.strideWidth, x, at + j * g.dilationWidth);
        double tap = i * g.windowWidth + j;
        VectorMask<Double> wins = TYPE.cast(value).compare(VectorOperators.GT, largest)
            .or(TYPE.cast(value).compare(VectorOperators.NE, value));
        largest = TYPE.cast(largest).blend(value, wins);
        winner = TYPE.cast(winner).blend(tap, wins);
      }
    }
    TYPE.cast(largest).intoArray(y, yo);
    if (keep) {
      TYPE.cast(winner).intoArray(won, wo);
    }
  }

  static void maxPush(
      PoolGeometry g, int planes, int chunk, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    if (!isByVectors(g) || g.windowHeight * g.windowWidth > FEW_TAPS) {
      DoublePortablePool.maxPush(g, planes, chunk, won, wo, u, uo, v, vo);
      return;
    }
    int lines = planes * g.rows;
    int vEnd = vo + chunk * lines * g.columns;
    int wEnd = wo + lines * g.columns;
    for (int line = 0; line < chunk * lines; line++) {
      int row = line % g.rows;
      int wAt = wo + line % lines * g.columns;
      int uAt = uo + line / g.rows * g.plane();
      int vAt = vo + line * g.columns;
      int top = g.top(row);
      int endRow = endTap(top, g.windowHeight, g.dilationHeight, g.height);
      int end = Math.min(end(g, uAt + lastTap(g, top, endRow), u.length, vAt, vEnd), wEnd - wAt - LENGTH + 1);
      DoublePortablePool.maxPushOf(g, row, 0, g.firstWhole, won, wAt, u, uAt, v, vAt);
      int column = g.firstWhole;
      for (; column < end; column += LENGTH) {
        maxPushOfVector(g, top, endRow, won, wAt + column, u, uAt + g.left(column), v, vAt + column);
      }
      column = Math.clamp(column, g.firstWhole, g.endWhole);
      DoublePortablePool.maxPushOf(g, row, column, g.columns, won, wAt, u, uAt, v, vAt);
    }
  }

  private static void maxPushOfVector(
      PoolGeometry g, int top, int endRow, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    DoubleVector winner = TYPE.cast(DoubleVector.fromArray(SPECIES, won, wo));
    DoubleVector pushed = DoubleVector.zero(SPECIES);
    for (int i = firstTap(top, g.dilationHeight); i < endRow; i++) {
      int at = uo + (top + i * g.dilationHeight) * g.width;
      for (int j = 0; j < g.windowWidth; j++) {
        DoubleVector value = every(g.strideWidth, u, at + j * g.dilationWidth);
        double tap = i * g.windowWidth + j;
        pushed = TYPE.cast(pushed).blend(value, winner.compare(VectorOperators.EQ, tap));
      }
    }
    TYPE.cast(pushed).intoArray(v, vo);
  }

  /// Pulls through tiles two numbers wide: each number of v is one of u, or 0.
  static void maxPull(
      PoolGeometry g, int planes, int chunk, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    if (!isByVectors(g) || !g.isTiling() || g.windowWidth != 2) {
      DoublePortablePool.maxPull(g, planes, chunk, won, wo, u, uo, v, vo);
      return;
    }
    int outputs = planes * g.outputs();
    int vEnd = vo + chunk * planes * g.plane();
    for (int plane = 0; plane < chunk * planes; plane++) {
      int vAt = vo + plane * g.plane();
      int uAt = plane * g.outputs();
      int wAt = plane % planes * g.outputs();
      for (int row = 0; row < g.rows; row++) {
        int room = Math.min(outputs - wAt, chunk * outputs - uAt) - LENGTH;
        for (int tapRow = 0; tapRow < g.windowHeight; tapRow++) {
          int end = Math.min(room, (vEnd - vAt) / 2 - LENGTH) + 1;
          maxPullLine(g, 2 * tapRow, end, won, wo + wAt, u, uo + uAt, v, vAt);
          vAt += g.width;
        }
        uAt += g.columns;
        wAt += g.columns;
      }
      Arrays.fill(v, vAt, vo + (plane + 1) * g.plane(), 0.0);
    }
  }

  /// Computes a line of v, seen by tap `tap` and the next; with vectors as far as `end`.
  private static void maxPullLine(
      PoolGeometry g, double tap, int end, double[] won, int wo, double[] u, int uo, double[] v, int vo) {
    int column = 0;
    for (; column < Math.min(end, g.columns); column += LENGTH) {
      DoubleVector winner = TYPE.cast(DoubleVector.fromArray(SPECIES, won, wo + column));
      DoubleVector here = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + column));
      DoubleVector none = DoubleVector.zero(SPECIES);
      DoubleVector left = none.blend(here, winner.compare(VectorOperators.EQ, tap));
      DoubleVector right = none.blend(here, winner.compare(VectorOperators.EQ, tap + 1));
      interleave(left, right, v, vo + 2 * column);
    }
    for (; column < g.columns; column++) {
      double winner = won[wo + column];
      double here = u[uo + column];
      v[vo + 2 * column] = winner == tap ? 0.0 + here : 0.0;
      v[vo + 2 * column + 1] = winner == tap + 1 ? 0.0 + here : 0.0;
    }
    for (int rest = 2 * g.columns; rest < g.width; rest++) {
      v[vo + rest] = 0.0;
    }
  }

  private static void interleave(DoubleVector left, DoubleVector right, double[] v, int at) {
    VectorMask<Double> odd = VectorMask.fromLong(SPECIES, ODD);
    TYPE.cast(left).rearrange(LOWER).blend(TYPE.cast(right).rearrange(LOWER), odd).add(0.0).intoArray(v, at);
    TYPE.cast(left).rearrange(UPPER).blend(TYPE.cast(right).rearrange(UPPER), odd).add(0.0).intoArray(v, at + LENGTH);
  }

  static void average(PoolGeometry g, int planes, boolean all, double[] x, int xo, double[] y, int yo) {
    if (!isByVectors(g)) {
      DoublePortablePool.average(g, planes, all, x, xo, y, yo);
      return;
    }
    int yEnd = yo + planes * g.outputs();
    for (int plane = 0; plane < planes; plane++) {
      int xAt = xo + plane * g.plane();
      for (int row = 0; row < g.rows; row++) {
        int yAt = yo + plane * g.outputs() + row * g.columns;
        int top = g.top(row);
        int endRow = endTap(top, g.windowHeight, 1, g.height);
        int end = end(g, xAt + lastTap(g, top, endRow), x.length, yAt, yEnd);
        DoublePortablePool.averageOf(g, row, 0, g.firstWhole, all, x, xAt, y, yAt);
        int column = g.firstWhole;
        for (; column < end; column += LENGTH) {
          averageOfVector(g, top, endRow, all, x, xAt + g.left(column), y, yAt + column);
        }
        column = Math.clamp(column, g.firstWhole, g.endWhole);
        DoublePortablePool.averageOf(g, row, column, g.columns, all, x, xAt, y, yAt);
      }
    }
  }

  private static void averageOfVector(
      PoolGeometry g, int top, int endRow, boolean all, double[] x, int xo, double[] y, int yo) {
    int firstRow = firstTap(top, 1);
    DoubleVector sum = DoubleVector.zero(SPECIES);
    for (int i = firstRow; i < endRow; i++) {
      int at = xo + (top + i) * g.width;
      for (int j = 0; j < g.windowWidth; j++) {
        sum = TYPE.cast(sum).add(every(g.strideWidth, x, at + j));
      }
    }
    TYPE.cast(sum).div(DoublePortablePool.count(g, all, endRow - firstRow, g.windowWidth)).intoArray(y, yo);
  }

  /// Pulls through tiles two numbers wide: each number of u goes to all numbers of its window.
  static void averagePull(PoolGeometry g, int planes, boolean all, double[] u, int uo, double[] v, int vo) {
    if (!isByVectors(g) || !g.isTiling() || g.windowWidth != 2) {
      DoublePortablePool.averagePull(g, planes, all, u, uo, v, vo);
      return;
    }
    double n = g.windowHeight * 2;
    int uEnd = planes * g.outputs();
    int vEnd = vo + planes * g.plane();
    for (int line = 0; line < planes * g.height; line++) {
      int vAt = vo + line * g.width;
      int row = line % g.height / g.windowHeight;
      if (row >= g.rows) {
        Arrays.fill(v, vAt, vAt + g.width, 0.0);
        continue;
      }
      int uAt = line / g.height * g.outputs() + row * g.columns;
      int end = Math.min(uEnd - uAt - LENGTH, (vEnd - vAt) / 2 - LENGTH) + 1;
      int column = 0;
      for (; column < Math.min(end, g.columns); column += LENGTH) {
        DoubleVector share = TYPE.cast(DoubleVector.fromArray(SPECIES, u, uo + uAt + column)).div(n);
        interleave(share, share, v, vAt + 2 * column);
      }
      for (; column < g.columns; column++) {
        double share = 0.0 + u[uo + uAt + column] / n;
        v[vAt + 2 * column] = share;
        v[vAt + 2 * column + 1] = share;
      }
      Arrays.fill(v, vAt + 2 * g.columns, vAt + g.width, 0.0);
    }
  }
}
