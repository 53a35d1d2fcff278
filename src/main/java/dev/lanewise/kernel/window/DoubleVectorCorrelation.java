package dev.lanewise.kernel.window;

import static dev.lanewise.kernel.lanes.DoubleLanes.LENGTH;
import static dev.lanewise.kernel.lanes.DoubleLanes.SPECIES;
import static dev.lanewise.kernel.lanes.DoubleLanes.TYPE;

import dev.lanewise.kernel.gemm.DoubleBlock;
import dev.lanewise.kernel.gemm.DoubleScratch;
import dev.lanewise.kernel.gemm.DoubleTaps;
import dev.lanewise.kernel.math.DoubleSums;
import jdk.incubator.vector.DoubleVector;

/// Products with the patches of images, which are gathered while blocks of operands are packed: an implicit gemm.
///
/// | product            | formula        | patches take the place of           |
/// |--------------------|----------------|-------------------------------------|
/// | [#times]           | C = or += A·P  | B, packed in strips                 |
/// | [#timesInPlace]    | C = or += A·P  | B, read where the padded image lies |
/// | [#timesTransposed] | C = or += P·Zᵀ | A, whose rows are copied anyway     |
///
/// Sums run over the rows of P, or its columns, from first to last, as in [DoublePortableCorrelation]: the same bits.
final class DoubleVectorCorrelation {

  /// Rows of P that are gathered at a time, then packed into the strips of a block while they are in L1.
  private static final int ROWS = 8;
  /// Elements of a block of P, which takes only a part of L2, as each strip meets few rows of A.
  private static final int BLOCK = (256 << 10) / Double.BYTES;
  /// Rows of a panel of P.
  private static final int PANEL = 120;

  /// See [#isInPlace].
  private static final int ROWS_FOR_PACKING = 15;

  private double[] wide = {};
  private double[] gathered = {};
  private double[] gatheredPanel = {};
  private double[] narrow = {};

  /// C[m × columns] = or += A·P; A(i, p) at `a[at + i·ars + p]`.
  void times(
      int m, double[] a, int at, int ars, DoublePatches patches, double[] c, int ct, int cs, boolean add,
      DoubleScratch scratch) {
    int columns = patches.columns();
    if (columns < DoubleSums.LEAST && !isInPlace(m, patches)) {
      timesNarrow(m, a, at, ars, patches, c, ct, cs, add, scratch);
      return;
    }
    if (isInPlace(m, patches)) {
      timesInPlace(m, a, at, ars, patches, c, ct, cs, add, scratch);
      return;
    }
    int depth = patches.at.depth();
    int most = width(columns, DoubleBlock.depth(depth));
    for (int j = 0, nc; j < columns; j += nc) {
      nc = columns - j - most < DoubleSums.LEAST ? columns - j : most;
      block(m, a, at, ars, patches, j, nc, c, ct + j, cs, add, scratch);
    }
  }

  /// Whether the terms are best read in place. Then no row of P is packed, but the columns at each row's end that
  /// belong to no position are computed too. Packing takes about as long as multiplying fifteen rows of A.
  private static boolean isInPlace(int m, DoublePatches patches) {
    Correlation at = patches.at;
    if (patches.images != 1 || !at.isContiguous()) {
      return false;
    }
    return patches.inPlace
        ? patches.positions() % LENGTH == 0
        : (long) m * at.pitch <= (long) at.columns * (m + ROWS_FOR_PACKING);
  }

  /// C[m × columns] = or += A·P of one image, through a C with room for the columns of no position.
  private void timesInPlace(
      int m, double[] a, int at, int ars, DoublePatches patches, double[] c, int ct, int cs, boolean add,
      DoubleScratch scratch) {
    Correlation shape = patches.at;
    int first = patches.first + patches.fromRow * shape.rowStep;
    int width = DoubleTaps.padded(patches.span());
    if (width == patches.positions()) {
      DoubleTaps.times(m, width, shape.depth(), a, at, ars, patches.image, first, shape.terms, c, ct, cs, add, scratch);
      return;
    }
    if (wide.length < m * width) {
      wide = new double[m * width];
    }
    for (int i = 0; add && i < m; i++) {
      DoublePlanes.copy(patches.rows, shape.columns, c, ct + i * cs, shape.columns, wide, i * width, shape.pitch);
    }
    DoubleTaps.times(m, width, shape.depth(), a, at, ars, patches.image, first, shape.terms, wide, 0, width, add,
        scratch);
    for (int i = 0; i < m; i++) {
      DoublePlanes.copy(patches.rows, shape.columns, wide, i * width, shape.pitch, c, ct + i * cs, shape.columns);
    }
  }

  /// The width of about equal blocks of whole vectors, at least one each.
  private static int width(int columns, int depth) {
    int most = Math.max(2 * LENGTH, Math.min(BLOCK / depth, DoubleBlock.width(columns, depth)));
    int parts = (columns + most - 1) / most;
    int vectors = ((columns + parts - 1) / parts + LENGTH - 1) / LENGTH;
    return vectors * LENGTH;
  }

  /// Computes C's columns j to j + nc − 1.
  private void block(
      int m, double[] a, int at, int ars, DoublePatches patches, int j, int nc, double[] c, int ct, int cs, boolean add,
      DoubleScratch scratch) {
    int depth = patches.at.depth();
    for (int p = 0, kc; p < depth; p += kc) {
      kc = DoubleBlock.depth(depth - p);
      DoubleBlock.make(kc, nc, scratch);
      if (patches.inPlace) {
        DoubleBlock.put(kc, 0, kc, nc, patches.image, patches.term(p) + j, patches.at.plane, scratch);
      } else {
        pack(patches, p, kc, j, nc, scratch);
      }
      DoubleBlock.times(m, nc, kc, a, at + p, ars, c, ct, cs, add || p > 0, scratch);
    }
  }

  /// Packs a block of P, some rows at a time.
  private void pack(DoublePatches patches, int p, int kc, int j, int nc, DoubleScratch scratch) {
    int stride = nc + LENGTH;
    if (gathered.length < ROWS * stride) {
      gathered = new double[ROWS * stride];
    }
    for (int q = 0; q < kc; q += ROWS) {
      int rows = Math.min(ROWS, kc - q);
      gather(patches, p + q, rows, j, nc, gathered, stride);
      DoubleBlock.put(rows, q, kc, nc, gathered, 0, stride, scratch);
    }
  }

  /// Computes fewer columns than the narrowest vector has lanes, with some more beside them that nobody reads.
  private void timesNarrow(
      int m, double[] a, int at, int ars, DoublePatches patches, double[] c, int ct, int cs, boolean add,
      DoubleScratch scratch) {
    int columns = patches.columns();
    int depth = patches.at.depth();
    int stride = DoubleSums.LEAST + LENGTH;
    if (gathered.length < ROWS * stride) {
      gathered = new double[ROWS * stride];
    }
    if (narrow.length < m * DoubleSums.LEAST) {
      narrow = new double[m * DoubleSums.LEAST];
    }
    for (int i = 0; add && i < m; i++) {
      System.arraycopy(c, ct + i * cs, narrow, i * DoubleSums.LEAST, columns);
    }
    for (int p = 0, kc; p < depth; p += kc) {
      kc = DoubleBlock.depth(depth - p);
      DoubleBlock.make(kc, DoubleSums.LEAST, scratch);
      for (int q = 0; q < kc; q += ROWS) {
        int rows = Math.min(ROWS, kc - q);
        gather(patches, p + q, rows, 0, columns, gathered, stride);
        DoubleBlock.put(rows, q, kc, DoubleSums.LEAST, gathered, 0, stride, scratch);
      }
      DoubleBlock.times(m, DoubleSums.LEAST, kc, a, at + p, ars, narrow, 0, DoubleSums.LEAST, add || p > 0,
          scratch);
    }
    for (int i = 0; i < m; i++) {
      System.arraycopy(narrow, i * DoubleSums.LEAST, c, ct + i * cs, columns);
    }
  }

  /// C[rows × n] = P(from …)·Zᵀ for the rows of P from `from` on; Z(j, position) of an image at `z[zt + j·zs +
  /// position]`, the next image `zi` further on.
  void timesTransposed(
      int from, int rows, DoublePatches patches, int n, double[] z, int zt, int zs, int zi, double[] c, int cs,
      boolean add, DoubleScratch scratch) {
    int columns = patches.columns();
    int stride = DoubleBlock.stride();
    if (!patches.inPlace && gatheredPanel.length < PANEL * stride) {
      gatheredPanel = new double[PANEL * stride];
    }
    for (int p = 0, kc; p < columns; p += kc) {
      kc = DoubleBlock.depth(columns - p);
      for (int j = 0, nc; j < n; j += nc) {
        nc = DoubleBlock.width(n - j, kc);
        DoubleBlock.make(kc, nc, scratch);
        putTransposed(p, kc, nc, patches.positions(), z, zt + j * zs, zs, zi, scratch);
        for (int i = 0, mc; i < rows; i += mc) {
          mc = Math.min(PANEL, rows - i);
          if (patches.inPlace) {
            DoubleBlock.times(mc, nc, kc, patches.image, patches.term(from + i) + p, patches.at.plane,
                c, i * cs + j, cs, add || p > 0, scratch);
          } else {
            gather(patches, from + i, mc, p, kc, gatheredPanel, stride);
            DoubleBlock.times(mc, nc, kc, gatheredPanel, 0, stride, c, i * cs + j, cs, add || p > 0, scratch);
          }
        }
      }
    }
  }

  /// Transposes a block of Z, image by image.
  private static void putTransposed(int p, int kc, int nc, int positions, double[] z, int zt, int zs, int zi,
      DoubleScratch scratch) {
    for (int q = 0, length; q < kc; q += length) {
      int image = (p + q) / positions;
      int position = (p + q) % positions;
      length = Math.min(positions - position, kc - q);
      DoubleBlock.putTransposed(length, q, kc, nc, z, zt + image * zi + position, zs, scratch);
    }
  }

  /// Copies row p of P to `to`, which has room for one more vector.
  void gather(DoublePatches patches, int p, double[] to) {
    int positions = patches.positions();
    if (patches.inPlace) {
      System.arraycopy(patches.image, patches.term(p), to, 0, positions);
    } else {
      gather(patches, p, 1, 0, positions, to, positions);
    }
  }

  /// Copies `count` rows of P from row p on, each of the `length` columns from column j on, to rows of `to` that are
  /// `stride` apart. Whole vectors write past a row's end, by less than a vector, and read past an image's.
  private static void gather(DoublePatches patches, int p, int count, int j, int length, double[] to, int stride) {
    int positions = patches.positions();
    for (int q = 0; q < count; q++) {
      int term = patches.term(p + q);
      int target = q * stride;
      for (int done = 0, part; done < length; done += part) {
        int image = (j + done) / positions;
        int position = (j + done) % positions;
        part = Math.min(positions - position, length - done);
        gather(patches, term + image * patches.imagePitch, position, part, to, target + done);
      }
    }
  }

  /// Copies columns of one image: the remainder of a row of positions, whole rows, then part of the last one.
  private static void gather(DoublePatches patches, int term, int position, int length, double[] to, int t) {
    int columns = patches.at.columns;
    int step = patches.at.rowStep;
    int column = position % columns;
    int from = term + position / columns * step;
    int first = column == 0 ? 0 : Math.min(columns - column, length);
    if (first > 0) {
      copy(first, patches.image, from + column, to, t);
      from += step;
    }
    int rows = (length - first) / columns;
    copyRows(rows, columns, patches.image, from, step, to, t + first);
    int last = length - first - rows * columns;
    if (last > 0) {
      copy(last, patches.image, from + rows * step, to, t + first + rows * columns);
    }
  }

  /// Makes rows `step` apart contiguous; written out for rows of one and two vectors.
  private static void copyRows(int rows, int n, double[] from, int f, int step, double[] to, int t) {
    if (n <= LENGTH) {
      for (int row = 0; row < rows; row++) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, from, f + row * step)).intoArray(to, t + row * n);
      }
    } else if (n <= 2 * LENGTH) {
      int second = n - LENGTH;
      for (int row = 0; row < rows; row++) {
        TYPE.cast(DoubleVector.fromArray(SPECIES, from, f + row * step)).intoArray(to, t + row * n);
        TYPE.cast(DoubleVector.fromArray(SPECIES, from, f + row * step + second)).intoArray(to, t + row * n + second);
      }
    } else {
      for (int row = 0; row < rows; row++) {
        copy(n, from, f + row * step, to, t + row * n);
      }
    }
  }

  private static void copy(int n, double[] from, int f, double[] to, int t) {
    for (int i = 0; i < n; i += LENGTH) {
      TYPE.cast(DoubleVector.fromArray(SPECIES, from, f + i)).intoArray(to, t + i);
    }
  }
}
