package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.DoubleLanes;

/// C = or += A·B with the rows of B at arbitrary offsets, read in place: B(p, j) = `b[bt + tap[p] + j]`. A window that
/// moves by one over a padded image sees such a matrix, one row for each channel and tap, so nothing of it has to be
/// packed.
///
/// Each element of C is summed over p from 0 on, starting from C where it is added, one fused multiply-add a step, as
/// in any other product, see [DoubleSums][dev.lanewise.kernel.math.DoubleSums].
public final class DoubleTaps {

  private static final boolean MANY = DoubleLanes.CPU.registers == 32;

  private DoubleTaps() {}

  /// The vectors of a tile of so many rows. With 32 registers fewer rows leave room for more vectors, which hide the
  /// multiply-add's latency.
  private static int vectors(int rows) {
    return !MANY || rows > 4 ? DoubleTiling.COLUMN_VECTORS : rows > 2 ? 4 : 8;
  }

  /// The number of columns rounded up to whole vectors.
  public static int padded(int columns) {
    return (columns + DoubleLanes.LENGTH - 1) / DoubleLanes.LENGTH * DoubleLanes.LENGTH;
  }

  /// C[m × columns] = or += A·B over the first `depth` rows of `tap`.
  ///
  /// @param columns a whole number of vectors; B's rows have to lie in the array as far as that
  /// @param a A(i, p) at `a[at + i·ars + p]`
  public static void times(
      int m, int columns, int depth, double[] a, int at, int ars, double[] b, int bt, int[] tap, double[] c, int ct,
      int cs, boolean add, DoubleScratch scratch) {
    for (int i = 0, mc; i < m; i += mc) {
      mc = DoubleTiling.rowBlock(m - i, columns, DoubleTiling.KC);
      double[] packed = scratch.panel(mc * DoubleTiling.A_STRIDE);
      for (int p = 0, kc; p < depth; p += kc) {
        kc = DoubleBlock.depth(depth - p);
        DoublePacking.rowsOfA(mc, kc, a, at + i * ars + p, ars, packed);
        for (int r = 0, rows; r < mc; r += rows) {
          rows = DoubleTiling.sweep(mc - r);
          strips(r, rows, columns, kc, packed, b, bt, tap, p, c, ct + (i + r) * cs, cs, add || p > 0);
        }
      }
    }
  }

  /// Multiplies some rows of A by all columns.
  private static void strips(
      int from, int rows, int columns, int kc, double[] a, double[] b, int bt, int[] tap, int tt, double[] c, int ct,
      int cs, boolean add) {
    int vectors = vectors(rows);
    for (int s = 0, width; s < columns; s += width) {
      width = DoubleTiling.strip(columns - s, vectors);
      int most = MANY ? DoubleTiling.TILE_MULTIPLE : DoubleTiling.columnRows(width);
      for (int i = 0, r, tiles; i < rows; i += r * tiles) {
        r = DoubleTiling.height(rows - i, most);
        tiles = DoubleTiling.tiles(rows - i, most);
        int at = (from + i) * DoubleTiling.A_STRIDE;
        DoubleMicroKernels.taps(tiles, r, width, kc, a, at, b, bt + s, tap, tt, c, ct + i * cs + s, cs, add);
      }
    }
  }
}
