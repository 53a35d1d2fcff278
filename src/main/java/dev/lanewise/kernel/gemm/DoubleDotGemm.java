package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.math.DoubleSums;

/// C = or += A·Bᵀ by dot products of rows, both operands read in place: for few rows of A, where each element of B is
/// used too rarely to pay for transposing it.
///
/// A few rows of A at a time, as many as there are accumulators for, are multiplied by all rows of B, in bands of
/// tiles. Columns that fill no tile are computed by one that repeats the last of them.
final class DoubleDotGemm {

  private static final int TILE_OF_ONE_ROW = 4;
  /// A multiple of all tiles' columns.
  private static final int TILE_MULTIPLE = 16;
  /// Elements of a block of rows of B that stays in L2 until all rows of A are multiplied by it. A B that fits L3 is
  /// not cut.
  private static final int BLOCK = (256 << 10) / Double.BYTES;
  private static final int MOST_CACHED = (16 << 20) / Double.BYTES;

  private DoubleDotGemm() {}

  /// Requires k to be at least a vector of 128 bit.
  static void product(
      int m, int n, int k, double[] a, int at, int as, double[] b, int bt, int bs, double[] c, int ct, int cs,
      boolean add, DoubleScratch scratch) {
    int partial = DoubleSums.partialSums(k);
    int lanes = Math.min(partial, DoubleLanes.LENGTH);
    int bits = lanes * Double.SIZE;
    // A shift, because a division slowed small products.
    int parts = partial >> Integer.numberOfTrailingZeros(lanes);
    int mostRows = mostRows(bits);
    int block = m <= mostRows || (long) n * k <= MOST_CACHED
        ? n : Math.max(1, BLOCK / k / TILE_MULTIPLE) * TILE_MULTIPLE;
    for (int j = 0; j < n; j += block) {
      int width = Math.min(block, n - j);
      for (int i = 0, rows; i < m; i += rows) {
        rows = Math.min(mostRows, Integer.highestOneBit(m - i));
        rows(bits, parts, rows, columns(rows, outputs(bits, parts), n, k), width, k,
            a, at + i * as, as, b, bt + j * bs, bs, c, ct + i * cs + j, cs, add, scratch.sums);
      }
    }
  }

  /// Multiplies a few rows of A, all in one tile, by some rows of B.
  private static void rows(
      int bits, int parts, int rows, int columns, int n, int k, double[] a, int at, int as, double[] b, int bt, int bs,
      double[] c, int ct, int cs, boolean add, double[] sums) {
    int done = band(bits, parts, rows, columns, 0, n, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
    if (rows == 1 && columns > TILE_OF_ONE_ROW) {
      done = band(bits, parts, rows, TILE_OF_ONE_ROW, done, n, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
    }
    int tile = rows == 1 ? TILE_OF_ONE_ROW : inRows(rows, outputs(bits, parts));
    rest(bits, parts, rows, tile, done, n, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
  }

  /// The outputs of a tile.
  private static int outputs(int bits, int parts) {
    return bits == 512 ? 16 : parts == 4 ? 4 : 8;
  }

  /// The columns of so many outputs in 1, 2 or 4 rows.
  private static int inRows(int rows, int outputs) {
    return outputs >> (rows >> 1);
  }

  private static int mostRows(int bits) {
    return bits == 512 ? 4 : 2;
  }

  /// Calls the product's bands with no tiles: for exercises, since C2 counts such calls and they cost hardly anything.
  ///
  /// @param x neither read nor written
  /// @return whether the product calls nothing else
  static boolean nothing(int m, int n, int k, double[] x, boolean add, DoubleScratch scratch) {
    int partial = DoubleSums.partialSums(k);
    int lanes = Math.min(partial, DoubleLanes.LENGTH);
    int bits = lanes * Double.SIZE;
    int parts = partial / lanes;
    int outputs = outputs(bits, parts);
    int tile = TILE_OF_ONE_ROW;
    for (int i = 0, rows; i < m; i += rows) {
      rows = Math.min(mostRows(bits), Integer.highestOneBit(m - i));
      tile = columns(rows, outputs, n, k);
      tiles(bits, parts, rows, tile, 0, k, x, 0, 0, x, 0, 0, x, 0, 0, add, scratch.sums);
    }
    return n % tile == 0;
  }

  /// The columns of a band's tiles. A single row has narrow tiles where B is large.
  private static int columns(int rows, int outputs, int n, int k) {
    return rows > 1 ? inRows(rows, outputs) : Math.min(outputs, DoubleTiling.fewStreams(n, k) ? TILE_OF_ONE_ROW : 8);
  }

  /// Computes all tiles of `columns` columns from column `from` on and returns where they end.
  private static int band(
      int bits, int parts, int rows, int columns, int from, int n, int k, double[] a, int at, int as, double[] b,
      int bt, int bs, double[] c, int ct, int cs, boolean add, double[] sums) {
    int tiles = (n - from) / columns;
    if (tiles > 0) {
      tiles(bits, parts, rows, columns, tiles, k, a, at, as, b, bt + from * bs, bs, c, ct + from, cs, add, sums);
    }
    return from + tiles * columns;
  }

  /// Calls the kernel for sums of `parts` vectors of `bits` bits. The sum of both numbers identifies the kernel.
  private static void tiles(
      int bits, int parts, int rows, int columns, int tiles, int k, double[] a, int at, int as,
      double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add, double[] sums) {
    switch (bits + parts) {
      case 512 + 1 -> DoubleDotKernel512x1.band(rows, columns, tiles, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
      case 256 + 1 -> DoubleDotKernel256x1.band(rows, columns, tiles, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
      case 128 + 1 -> DoubleDotKernel128x1.band(rows, columns, tiles, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
      default -> bandInParts(bits + parts, rows, columns, tiles, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
    }
  }

  /// A separate method, so that C2 has less to inline where vectors are wide.
  private static void bandInParts(
      int kind, int rows, int columns, int tiles, int k, double[] a, int at, int as, double[] b, int bt, int bs,
      double[] c, int ct, int cs, boolean add, double[] sums) {
    switch (kind) {
      case 256 + 2 -> DoubleDotKernel256x2.band(rows, columns, tiles, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
      case 128 + 2 -> DoubleDotKernel128x2.band(rows, columns, tiles, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
      default -> DoubleDotKernel128x4.band(rows, columns, tiles, k, a, at, as, b, bt, bs, c, ct, cs, add, sums);
    }
  }

  private static void rest(
      int bits, int parts, int rows, int columns, int from, int n, int k, double[] a, int at, int as, double[] b,
      int bt, int bs, double[] c, int ct, int cs, boolean add, double[] sums) {
    for (int j = from; j < n; j += columns) {
      int width = Math.min(columns, n - j);
      int bj = bt + j * bs;
      switch (bits + parts) {
        case 512 + 1 -> DoubleDotKernel512x1.tile(rows, rows, width, k, a, at, as, b, bj, bs, sums);
        case 256 + 1 -> DoubleDotKernel256x1.tile(rows, rows, width, k, a, at, as, b, bj, bs, sums);
        case 128 + 1 -> DoubleDotKernel128x1.tile(rows, rows, width, k, a, at, as, b, bj, bs, sums);
        default -> tileInParts(bits + parts, rows, width, k, a, at, as, b, bj, bs, sums);
      }
      store(rows, width, columns, sums, c, ct + j, cs, add);
    }
  }

  private static void tileInParts(
      int kind, int rows, int columns, int k, double[] a, int at, int as, double[] b, int bt, int bs, double[] sums) {
    switch (kind) {
      case 256 + 2 -> DoubleDotKernel256x2.tile(rows, rows, columns, k, a, at, as, b, bt, bs, sums);
      case 128 + 2 -> DoubleDotKernel128x2.tile(rows, rows, columns, k, a, at, as, b, bt, bs, sums);
      default -> DoubleDotKernel128x4.tile(rows, rows, columns, k, a, at, as, b, bt, bs, sums);
    }
  }

  /// Stores one number at a time: a masked vector might pass the end of C's array, see `src/build/MicroKernels.java`.
  private static void store(int rows, int width, int columns, double[] sums, double[] c, int ct, int cs, boolean add) {
    for (int i = 0; i < rows; i++) {
      int to = ct + i * cs;
      for (int j = 0; j < width; j++) {
        double sum = sums[i * columns + j];
        c[to + j] = add ? c[to + j] + sum : sum;
      }
    }
  }
}
