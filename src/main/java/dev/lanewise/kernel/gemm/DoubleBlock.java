package dev.lanewise.kernel.gemm;

/// A block of B that the caller fills row by row, and the product with it: for operands that are not stored as a
/// matrix, such as the patches of an image.
///
/// ```
/// DoubleBlock.make(depth, columns, scratch);
/// for some rows p …: DoubleBlock.put(rows, p, depth, columns, from, f, fs, scratch);   // or putTransposed(…)
/// DoubleBlock.times(m, columns, depth, a, at, ars, c, ct, cs, add, scratch);  // C = or += A·B
/// ```
///
/// Each element of C is summed over the depth in the order of B's rows, one fused multiply-add a step, as in any other
/// product, see [DoubleSums][dev.lanewise.kernel.math.DoubleSums].
public final class DoubleBlock {

  private DoubleBlock() {}

  /// The depth of the next block when `rows` rows of B are left.
  public static int depth(int rows) {
    return DoubleTiling.parts(rows, DoubleTiling.parts(rows, DoubleTiling.KC));
  }

  /// The width of the next block of that depth when `columns` columns of B are left.
  public static int width(int columns, int depth) {
    return DoubleTiling.columnBlock(columns, depth);
  }

  /// Makes room for a block of that size and discards the last one.
  public static void make(int depth, int columns, DoubleScratch scratch) {
    scratch.block(DoublePacking.size(depth, columns));
  }

  /// Rows p to p + rows − 1 of the block: B(p + q, j) = `from[f + q·fs + j]`.
  public static void put(int rows, int p, int depth, int columns, double[] from, int f, int fs, DoubleScratch scratch) {
    int vectors = vectors(columns);
    for (int s = 0, w; s < columns; s += w) {
      w = DoubleTiling.strip(columns - s, vectors);
      DoublePacking.strip(rows, w, from, f + s, fs, 1, scratch.block(0),
          scratch.blockAt() + s * depth + p * DoubleTiling.padded(w));
    }
  }

  /// Rows p to p + rows − 1 of the block, transposed: B(p + q, j) = `from[f + j·fs + q]`.
  public static void putTransposed(
      int rows, int p, int depth, int columns, double[] from, int f, int fs, DoubleScratch scratch) {
    int vectors = vectors(columns);
    for (int s = 0, w; s < columns; s += w) {
      w = DoubleTiling.strip(columns - s, vectors);
      DoublePacking.strip(rows, w, from, f + s * fs, 1, fs, scratch.block(0),
          scratch.blockAt() + s * depth + p * DoubleTiling.padded(w));
    }
  }

  /// C[m × columns] = or += A·B with A(i, p) at `a[at + i·ars + p]`. An A whose rows are [#stride()] apart is not
  /// copied.
  public static void times(
      int m, int columns, int depth, double[] a, int at, int ars, double[] c, int ct, int cs,
      boolean add, DoubleScratch scratch) {
    DoubleBlockedGemm.panels(m, columns, 0, depth, 0, columns, vectors(columns), a, at, ars, 1, c, ct, cs, add,
        false, scratch.part.none(), scratch);
  }

  /// The distance between rows of A at which they are read best.
  public static int stride() {
    return DoubleTiling.A_STRIDE;
  }

  private static int vectors(int columns) {
    return DoubleTiling.copiesRows(columns) ? DoubleTiling.COLUMN_VECTORS : DoubleTiling.STRIP_VECTORS;
  }
}
