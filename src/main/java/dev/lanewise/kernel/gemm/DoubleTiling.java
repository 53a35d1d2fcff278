package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.CpuClass;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.math.DoubleSums;

/// Register tiles and cache blocks of the gemm. What differs by [CpuClass] stands there, a row each.
///
/// | what                                                       | lives in  | 32 registers         | 16 registers     |
/// |------------------------------------------------------------|-----------|----------------------|------------------|
/// | rows × vectors of a tile, A copied or in columns           | registers | 12 × 2               | 3 × 3, 12 × 1    |
/// | the same, A's rows in place                                | registers | 4 × 4, 8 × 2         | 3 × 3, 8 × 1     |
///
/// | what                                                       | lives in  | where        |
/// |------------------------------------------------------------|-----------|--------------|
/// | KC: depth of a block                                       | L1        | [CpuClass]   |
/// | MC: rows of A's block                                      | L2        | 120          |
/// | SWEEP: rows of it that meet one strip after the other      | L1        | [CpuClass]   |
/// | NC: columns of B's block                                   | L2        | [CpuClass]   |
///
/// Strips of 4 vectors, read by tiles of 6 × 4, were 0.91 of the speed on Intel's cores (float, n = 512), the same on
/// AMD's.
///
/// With 32 registers, the rows of a tile meet one strip of B after the other while they stay in L1, and strips come
/// from L2: C is written from left to right in few enough streams that the processor foresees what comes next, as Java
/// cannot prefetch. Tiles of 16 registers write C by three rows anyhow, and all rows of a block meet a strip.
final class DoubleTiling {

  private static final CpuClass CPU = DoubleLanes.CPU;
  // Copied, as C2 takes static fields for constants, and not an object's.
  /// Whether there are 32 registers, else 16.
  private static final boolean MANY = CPU.registers == 32;
  /// The bits of the vectors whose tiles may take 32 registers, 0 if none: not of narrower ones, which have few
  /// columns.
  static final int OF_MANY = MANY ? DoubleLanes.LENGTH * Double.SIZE : 0;
  /// Whether a last vector of half the width is used where it will do, see `src/build/MicroKernels.java`.
  private static final boolean HALVES = DoubleLanes.LENGTH * Double.SIZE == 512;
  private static final int COLUMNS_IN_PLACE = CPU.columnsInPlace;

  static final int COLUMN_VECTORS = CPU.tileVectors;
  /// The widest strip of a packed B.
  static final int STRIP_VECTORS = CPU.stripVectors;
  static final int KC = CPU.depth(Double.BYTES);
  /// The deepest that a tile whose A is read in place may be, all bits set: C2 then knows that its loop is short, and
  /// leaves out what would let others wait for it no longer than a thousand turns: two registers, and eight
  /// instructions a tile.
  static final int DEPTHS = 511;
  static final int MC = 120;
  private static final int SWEEP = CPU.sweep;
  /// Rows of C that are written at a time where it is hardly anything but written.
  private static final int WRITTEN_ROWS = 24;
  /// A multiple of most tiles' heights.
  static final int TILE_MULTIPLE = 12;
  /// Depths up to which writing C takes longer than computing it.
  private static final int SHALLOW = 32;
  /// From one row of a packed A to the next: a block's depth, and a cache line so that rows do not meet in L1.
  static final int A_STRIDE = KC + 16;
  /// Elements of a block of B: 1 MiB, or where cores with 16 registers tend to have 512 KiB of L2, those: 1.1 × 1 MiB
  /// and 256 KiB.
  private static final int BLOCK = CPU.blockBytes / Double.BYTES;

  /// Up to this many elements B stays in L1 by itself.
  private static final int MOST_IN_PLACE = (40 << 10) / Double.BYTES;
  /// Up to this many elements B stays in L2 beside the rest, and is read where it lies by up to SOME_ROWS.
  private static final int MOST_IN_CACHE = (128 << 10) / Double.BYTES;
  private static final int SOME_ROWS = 48;
  /// Up to this many rows of A, each element of B is used too seldom to pay for packing any; for B of one, two and more
  /// vectors.
  private static final int[] FEW_ROWS = {5, 12, 24};
  /// The same for an A in columns, which is slow to pack.
  private static final int FEW_COLUMN_ROWS = 64;

  /// From so many elements of the second operand on, more than a strip's vectors of the first are turned in its place.
  private static final int LEAST_SWAPPED = 32 << 10;
  private static final int SWAPPED_VECTORS = 8;
  /// From so many elements on it is copied when it is read so.
  private static final int LEAST_SWAPPED_COPY = 8 << 10;

  /// Up to so many rows of A, a B that does not stay in L2 is streamed.
  private static final int MOST_STREAMED_ROWS = 24;
  private static final int STREAMED_BY_ONE_ROW = CPU.streamedByOneRow;
  private static final int STREAMED = CPU.streamed;

  /// From so many rows of A on, copying an edge of B pays. Copied, over in place, with n = k = 100: 0.70 and 0.82 × for
  /// 8 rows (float, double), 0.94 for 32 (double); more from 40 on, in double 1.36 × for 48 × 33 × 64.
  private static final int LEAST_ROWS_FOR_EDGE = 40;
  /// From so many rows of A on, padding B pays where it has fewer columns than a vector has lanes.
  private static final int LEAST_PADDED_ROWS = 4;

  private DoubleTiling() {}

  /// The vectors of a tile of so many rows with B in place: 32 registers hold 2 × 8 or 4 × 4, 16 hold 2 × 4 or 3 × 3. A
  /// single row needs as many to hide the multiply-add's latency: 1 × 64 × 64 in double takes 0.86 of the time with 8.
  static int rowVectors(int rows) {
    return MANY ? (rows <= 2 ? 8 : 4) : rows <= 2 ? 4 : 3;
  }

  /// The rows of a tile in place on so many columns, the last of them an edge or not.
  static int inPlaceRows(int columns, boolean edge) {
    int lanes = DoubleLanes.filledBy(columns);
    int vectors = vectors(columns, lanes);
    if (lanes * Double.SIZE == OF_MANY) {
      return vectors <= 2 && !edge ? 8 : 4;
    }
    return vectors == 1 ? 8 : 6 - vectors;
  }

  /// The rows of a tile on so many columns whose A is copied or lies in columns.
  static int columnRows(int columns) {
    int lanes = DoubleLanes.filledBy(columns);
    return columns == lanes || lanes * Double.SIZE == OF_MANY ? 12 : 6 - vectors(columns, lanes);
  }

  /// The height of the next tile where so many rows are left: as many tiles of `most` rows as there can be without a
  /// last one of less than half of that, which hides no latency; two about equally high ones instead.
  static int height(int rows, int most) {
    return rows > most && 2 * rows < 3 * most ? rows + 1 >> 1 : Math.min(rows, most);
  }

  /// How many tiles of the height that [#height] gives follow each other.
  static int tiles(int rows, int most) {
    if (rows <= most || 2 * rows < 3 * most) {
      return 1;
    }
    int rest = rows % most;
    return rows / most - (rest > 0 && 2 * rest < most ? 1 : 0);
  }

  /// The vectors of so many lanes, a power of two, that a width takes. By division, small products felt it.
  private static int vectors(int columns, int lanes) {
    return columns + lanes - 1 >> Integer.numberOfTrailingZeros(lanes);
  }

  /// The lanes of the last vector of a strip of so many columns.
  static int lastLanes(int width) {
    boolean half = HALVES && width > DoubleLanes.LENGTH
        && (width - 1 & DoubleLanes.LENGTH - 1) < DoubleLanes.LENGTH / 2;
    return half ? DoubleLanes.LENGTH / 2 : DoubleLanes.filledBy(width);
  }

  /// The number of parts of at most `most` that a whole makes.
  static int parts(int whole, int most) {
    return (whole + most - 1) / most;
  }

  /// The width of the next strip of B where so many columns are left: as few strips as `mostVectors` allow, about
  /// equally wide, whole vectors but for the last one, which is at least two vectors where it is not the first.
  static int strip(int columns, int mostVectors) {
    if (columns <= mostVectors * DoubleLanes.LENGTH) {
      return columns;
    }
    int vectors = parts(columns, DoubleLanes.LENGTH);
    int strips = parts(vectors, mostVectors);
    int wider = parts(vectors, strips);
    return (vectors - wider == 1 ? wider - 1 : wider) * DoubleLanes.LENGTH;
  }

  /// The width of the next block of B where so many columns are left, of depth kc.
  static int columnBlock(int columns, int kc) {
    return strip(columns, BLOCK / kc / DoubleLanes.LENGTH);
  }

  /// How many of a block's rows meet one strip after the other next where so many are left: whole tiles, and no last
  /// half of one.
  static int sweep(int rows) {
    return 2 * (rows - SWEEP) < TILE_MULTIPLE ? rows : SWEEP;
  }

  /// The height of the next block of A where so many rows are left, for n columns over kc: about equally high ones, of
  /// whole tiles. Where C is wide and hardly anything but written, only two tiles: all strips of some rows of C are
  /// written before they leave L1.
  static int rowBlock(int rows, int n, int kc) {
    if (rows <= TILE_MULTIPLE) {
      return rows;
    }
    boolean writing = kc <= SHALLOW && (long) MC * n > MOST_IN_CACHE;
    int blocks = parts(rows, writing ? WRITTEN_ROWS : MC);
    return Math.min(rows, parts(parts(rows, blocks), TILE_MULTIPLE) * TILE_MULTIPLE);
  }

  /// The columns that a packed strip of so many takes: whole vectors.
  static int padded(int width) {
    int lanes = lastLanes(width);
    return vectors(width, lanes) * lanes;
  }

  /// Whether rows of A that meet so many columns are copied for the largest tiles. Not copied, over copied: 1.18 × at n
  /// = 32, 1.09 at 64, 0.86 at 250 and 512 (float and double alike). Between, depth decides: 1.00 to 1.03 for cubes of
  /// 100 and 129, 0.94 and 0.93 for 256 × 100 × 784 (float, double). With 16 registers copied was 1.2 × in place at n =
  /// 64, 1.0 to 1.2 from there on (float).
  static boolean copiesRows(int n) {
    return n > COLUMNS_IN_PLACE;
  }

  /// Whether columns of A are turned into rows when they are copied. Tiles of 16 registers find only rows at distances
  /// that are all constants; over copied columns 1.3 to 1.8 × from 256 × 256 × 64 on, 1.0 to 1.2 at n = 64.
  static boolean turnsColumns() {
    return !MANY;
  }

  /// Whether columns of B that are no whole number of vectors are copied into such, for so many rows of A.
  static boolean copiesEdge(int m, int n) {
    return m >= LEAST_ROWS_FOR_EDGE && (n & lastLanes(n) - 1) != 0;
  }

  /// Whether so few columns are computed in a padded vector; those of a B that has to be turned for it only where dots
  /// lose.
  static boolean isPadded(int m, int n, boolean turned) {
    return n < DoubleLanes.LENGTH && n != DoubleLanes.filledBy(n)
        && m >= (turned ? DoubleSums.MOST_ROWS + 1 : LEAST_PADDED_ROWS);
  }

  /// Whether of two operands in rows the first is turned and not the second: smaller, and one strip; with 16 registers
  /// several, if the second is large. Over turning it, 16 registers, float: 1.24 and 1.25 × for m = 32 at 300 × 784 and
  /// 1024², 1.17 for 64 × 1024²,
  /// 0.95 to 1.03 for 28 to 64 rows at 100².
  static boolean swapped(int m, int n, int k) {
    return m < n && m >= 8 && k >= 2 * DoubleLanes.LENGTH && (long) m * k <= BLOCK
        && m <= (!MANY && (long) n * k >= LEAST_SWAPPED ? SWAPPED_VECTORS : STRIP_VECTORS) * DoubleLanes.LENGTH;
  }

  /// Whether a row-major B that few rows of A meet is read from end to end: where tiles would fetch a few vectors from
  /// each of a thousand rows from beyond L2.
  static boolean streamed(int m, int n, int k) {
    long bytes = (long) n * k * Double.BYTES;
    return n >= 8 * DoubleLanes.LENGTH && bytes > (m == 1 ? STREAMED_BY_ONE_ROW : STREAMED)
        && m <= MOST_STREAMED_ROWS;
  }

  /// Whether the second operand's rows are copied then. With 16 registers, over reading them in place: 1.14 to 1.29 ×
  /// at 100² and 300 × 784, 0.95 at 64² (float); with 32 copying took 1.1 to 1.6 × the time for m = 16 and 32.
  static boolean copiesSwapped(int n, int k) {
    return !MANY && (long) n * k >= LEAST_SWAPPED_COPY;
  }

  /// Whether for a single row of A the rows of a B that lies in rows are read four at a time, not a tile's 16, whose
  /// streams drive each other out of L1: 2.2 × at n = k = 1024, 1.1 × at 784 × 300.
  static boolean fewStreams(int n, int k) {
    return (long) n * k * Double.BYTES > 32 << 10;
  }

  /// Whether a product is no more than one block of A times one strip of B.
  static boolean isOneStrip(int m, int n, int k, int vectors) {
    return m <= MC && k <= KC && n <= vectors * DoubleLanes.LENGTH;
  }

  /// Whether a row-major B is read where it lies, for an A in rows or in columns.
  static boolean inPlace(int m, int n, int k, boolean rows) {
    int vectors = parts(n, DoubleLanes.LENGTH);
    int few = rows ? FEW_ROWS[Math.min(vectors, FEW_ROWS.length) - 1] : FEW_COLUMN_ROWS;
    return m <= few || (long) n * k <= (m <= SOME_ROWS ? MOST_IN_CACHE : MOST_IN_PLACE);
  }
}
