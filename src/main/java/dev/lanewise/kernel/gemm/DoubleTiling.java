package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.lanes.CpuClass;
import dev.lanewise.kernel.lanes.DoubleLanes;
import dev.lanewise.kernel.math.DoubleSums;

/// Register tiles and cache blocks of the gemm. [CpuClass] holds the figures that differ by processor.
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
/// | SWEEP: rows of it multiplied by all strips in turn         | L1        | [CpuClass]   |
/// | NC: columns of B's block                                   | L2        | [CpuClass]   |
///
/// With 32 registers, SWEEP rows of A stay in L1 while the strips of B come from L2 in turn. C is then written from
/// left to right in few enough streams for the hardware prefetcher, since Java has no prefetch instruction. Tiles of 16
/// registers write only three rows of C at a time, so all rows of a block are multiplied by one strip before the next.
final class DoubleTiling {

  private static final CpuClass CPU = DoubleLanes.CPU;
  // Copied from CPU because C2 treats static final fields as constants, but not the fields of an object.
  /// Whether there are 32 registers, else 16.
  private static final boolean MANY = CPU.registers == 32;
  /// The width in bits of the vectors whose tiles may use 32 registers, or 0 if there are none. Narrower vectors, used
  /// for few columns, do not.
  static final int OF_MANY = MANY ? DoubleLanes.LENGTH * Double.SIZE : 0;
  /// Whether a last vector of half the width is used where it is wide enough, see `src/build/MicroKernels.java`.
  private static final boolean HALVES = DoubleLanes.LENGTH * Double.SIZE == 512;
  private static final int COLUMNS_IN_PLACE = CPU.columnsInPlace;

  static final int COLUMN_VECTORS = CPU.tileVectors;
  /// The widest strip of a packed B.
  static final int STRIP_VECTORS = CPU.stripVectors;
  static final int KC = CPU.depth(Double.BYTES);
  /// The greatest depth of a tile that reads A in place, all bits set. C2 then knows that the loop is short and omits
  /// its safepoint strip-mining, which costs two registers and eight instructions a tile.
  static final int DEPTHS = 511;
  static final int MC = 120;
  private static final int SWEEP = CPU.sweep;
  /// Rows of C written at a time where writing C dominates.
  private static final int WRITTEN_ROWS = 24;
  /// A multiple of most tiles' heights.
  static final int TILE_MULTIPLE = 12;
  /// Depths up to which writing C takes longer than computing it.
  private static final int SHALLOW = 32;
  /// The stride of a packed A: a block's depth plus padding, so that rows do not map to the same sets of L1.
  static final int A_STRIDE = KC + 16;
  /// Elements of a block of B, which is sized for L2.
  private static final int BLOCK = CPU.blockBytes / Double.BYTES;

  /// Up to this many elements, B stays in L1 without packing.
  private static final int MOST_IN_PLACE = (40 << 10) / Double.BYTES;
  /// Up to this many elements, B stays in L2 beside the rest, and up to SOME_ROWS rows of A read it in place.
  private static final int MOST_IN_CACHE = (128 << 10) / Double.BYTES;
  private static final int SOME_ROWS = 48;
  /// Up to this many rows of A, elements of B are used too seldom for packing to pay: for B one, two, and three or more
  /// vectors wide.
  private static final int[] FEW_ROWS = {5, 12, 24};
  /// This limit for an A in columns, which is slow to pack.
  private static final int FEW_COLUMN_ROWS = 64;

  /// From this many elements of the second operand on, a first operand wider than a strip is transposed instead.
  private static final int LEAST_SWAPPED = 32 << 10;
  private static final int SWAPPED_VECTORS = 8;
  /// From this many elements on, the second operand's rows are copied when the operands are swapped.
  private static final int LEAST_SWAPPED_COPY = 8 << 10;

  /// Up to this many rows of A, a B that does not stay in L2 is streamed.
  private static final int MOST_STREAMED_ROWS = 24;
  private static final int STREAMED_BY_ONE_ROW = CPU.streamedByOneRow;
  private static final int STREAMED = CPU.streamed;

  /// From this many rows of A on, copying the edge of B pays: 1.36 × in double for 48 × 33 × 64.
  private static final int LEAST_ROWS_FOR_EDGE = 40;
  /// From this many rows of A on, padding a B narrower than a vector pays.
  private static final int LEAST_PADDED_ROWS = 4;

  private DoubleTiling() {}

  /// The vectors in a row of a tile with B in place: 32 registers hold 2 × 8 or 4 × 4, 16 hold 2 × 4 or 3 × 3. A single
  /// row needs as many as two rows to hide the multiply-add's latency.
  static int rowVectors(int rows) {
    return MANY ? (rows <= 2 ? 8 : 4) : rows <= 2 ? 4 : 3;
  }

  /// Whether the last vector of a tile on so many columns overlaps the one before it: where these are not a whole
  /// number of vectors.
  ///
  /// @param last the column at which it begins
  static boolean lastOverlaps(int columns, int last) {
    return (last & DoubleLanes.filledBy(columns) - 1) != 0;
  }

  /// The rows of an in-place tile on so many columns.
  ///
  /// @param overlaps whether [the last vector does][#lastOverlaps]
  static int inPlaceRows(int columns, boolean overlaps) {
    int lanes = DoubleLanes.filledBy(columns);
    int vectors = vectors(columns, lanes);
    if (lanes * Double.SIZE == OF_MANY) {
      return vectors <= 2 && !overlaps ? 8 : 4;
    }
    return vectors == 1 ? 8 : 6 - vectors;
  }

  /// The rows of a tile on so many columns whose A is copied or lies in columns.
  static int columnRows(int columns) {
    int lanes = DoubleLanes.filledBy(columns);
    return columns == lanes || lanes * Double.SIZE == OF_MANY ? 12 : 6 - vectors(columns, lanes);
  }

  /// The height of the next tile where so many rows are left: `most` rows, unless the last tile would then have less
  /// than half of that and hide no latency. In that case the last two tiles are about equally high.
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

  /// The vectors of so many lanes, a power of two, that a width takes. A division would slow small products.
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

  /// The width of the next strip of B where so many columns are left. There are as few strips as `mostVectors` allow.
  /// They are about equally wide, and all except the last are whole vectors. The last, unless it is the only one, is
  /// more than one vector wide.
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

  /// How many of a block's remaining rows are next multiplied by all strips in turn: whole tiles, and never less than
  /// half a tile at the end.
  static int sweep(int rows) {
    return 2 * (rows - SWEEP) < TILE_MULTIPLE ? rows : SWEEP;
  }

  /// The height of the next block of A where so many rows are left, for n columns over kc. Blocks are about equally
  /// high, of whole tiles. Where C is wide and its writing takes most of the time, a block is only two tiles high: all
  /// strips of these rows of C are written before they leave L1.
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

  /// Whether rows of A are copied for the largest tiles, which pays for many columns: products in place run at 0.86 of
  /// the speed at n = 512.
  static boolean copiesRows(int n) {
    return n > COLUMNS_IN_PLACE;
  }

  /// Whether columns of A are transposed when they are copied. Tiles of 16 registers address only rows at constant
  /// offsets.
  static boolean transposesColumns() {
    return !MANY;
  }

  /// Whether columns of B that are not a whole number of vectors are copied into whole vectors, for so many rows of A.
  static boolean copiesEdge(int m, int n) {
    return m >= LEAST_ROWS_FOR_EDGE && (n & lastLanes(n) - 1) != 0;
  }

  /// Whether so few columns are computed in a padded vector. If B has to be transposed for that, only where dot
  /// products are slower.
  static boolean isPadded(int m, int n, boolean transposed) {
    return n < DoubleLanes.LENGTH && n != DoubleLanes.filledBy(n)
        && m >= (transposed ? DoubleSums.MOST_ROWS + 1 : LEAST_PADDED_ROWS);
  }

  /// Whether the first of two operands in rows is transposed instead of the second: where the first is smaller and fits
  /// in one strip. With 16 registers it may take several strips if the second is large: 1.25 × for m = 32 at 1024².
  static boolean swapped(int m, int n, int k) {
    return m < n && m >= 8 && k >= 2 * DoubleLanes.LENGTH && (long) m * k <= BLOCK
        && m <= (!MANY && (long) n * k >= LEAST_SWAPPED ? SWAPPED_VECTORS : STRIP_VECTORS) * DoubleLanes.LENGTH;
  }

  /// Whether a row-major B is read from end to end for few rows of A, where tiles would fetch a few vectors from each
  /// of a thousand rows beyond L2.
  static boolean streamed(int m, int n, int k) {
    long bytes = (long) n * k * Double.BYTES;
    return n >= 8 * DoubleLanes.LENGTH && bytes > (m == 1 ? STREAMED_BY_ONE_ROW : STREAMED)
        && m <= MOST_STREAMED_ROWS;
  }

  /// Whether the second operand's rows are copied when the operands are [#swapped]. This pays with 16 registers only:
  /// up to 1.29 ×.
  static boolean copiesSwapped(int n, int k) {
    return !MANY && (long) n * k >= LEAST_SWAPPED_COPY;
  }

  /// Whether a single row of A reads the rows of B four at a time instead of a tile's 16, whose streams evict each
  /// other from L1: 2.2 × at n = k = 1024.
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
