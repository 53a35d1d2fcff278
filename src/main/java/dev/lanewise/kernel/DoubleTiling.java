package dev.lanewise.kernel;

/// Register tiles and cache blocks of the gemm.
///
/// | constant    | what                                             | lives in  | 512 bit   | 256, 128 bit |
/// |-------------|--------------------------------------------------|-----------|-----------|--------------|
/// | ROW_TILE    | rows of a tile whose A lies in rows              | registers | 6 (× 4)   | 6 (× 2)      |
/// | COLUMN_TILE | rows of a tile whose A lies in columns           | registers | 12 (× 2)  | 6 (× 2)      |
/// | KC          | depth of a block                                 | L1        | 256       | 256          |
/// | NC          | columns of B's packed block, 512 KiB of it       | L2        | by size   | by size      |
///
/// In parentheses the vectors of a tile. Micro-kernels alone, on packed data in L1, as shares of the FMA peak on AVX-512:
/// columns 12 × 2 100 %, 8 × 2 97 %; rows 4 × 4 101 %, 6 × 4 95 %, 6 × 2 96 %, 8 × 2 87 %, 1 × 4 50 % (bound by loads).
/// 6 × 4 reads a third less of B from L2 than 4 × 4 does.
final class DoubleTiling {

  private static final boolean WIDE = DoubleLanes.LENGTH * Double.SIZE >= 512;

  static final int ROW_TILE = 6;
  static final int COLUMN_TILE = WIDE ? 12 : 6;
  static final int COLUMN_VECTORS = 2;
  static final int KC = 256;
  static final int NC = (512 << 10) / (KC * Double.BYTES);

  /// Up to this many elements a row-major B stays in L2 by itself, so that every panel of A can read it in place.
  private static final int MOST_IN_PLACE = (256 << 10) / Double.BYTES;
  /// Up to this many rows, each element of B is used too seldom to pay for packing it.
  private static final int FEW_ROWS = 32;

  private DoubleTiling() {}

  /// The vectors of a tile of so many rows whose A lies in rows: 32 registers hold 6 × 4, 16 hold 2 × 4 or 6 × 2.
  static int rowVectors(int rows) {
    return WIDE || rows <= 2 ? 4 : 2;
  }

  /// The rows of a tile on so many columns whose A lies in rows: more where one vector is all there is.
  static int rowTile(int columns) {
    int lanes = DoubleLanes.filledBy(columns);
    return columns == lanes ? 8 : ROW_TILE;
  }

  /// The rows of a tile on so many columns whose A lies in columns: the same.
  static int columnTile(int columns) {
    int lanes = DoubleLanes.filledBy(columns);
    return columns == lanes ? 12 : lanes < DoubleLanes.LENGTH ? 6 : COLUMN_TILE;
  }

  /// The number of parts of at most `most` that a whole makes.
  static int parts(int whole, int most) {
    return (whole + most - 1) / most;
  }

  /// The width of the next strip of B where so many columns are left: as few strips as `mostVectors` allow, about equally
  /// wide, whole vectors but for the last one, which is at least two vectors where it is not the first.
  static int strip(int columns, int mostVectors) {
    int vectors = parts(columns, DoubleLanes.LENGTH);
    int strips = parts(vectors, mostVectors);
    return strips == 1 ? columns : vectors / strips * DoubleLanes.LENGTH;
  }

  /// Whether of two operands in rows none is turned: the sums across the lanes have to be few beside the products. Float, one
  /// run, GFLOP/s by dots, swapped and with B turned: m = 8, n = k = 100: 40, 56, 44; m = 8, n = 300, k = 784: 84, 48, 39;
  /// m = 16, n = k = 100: 37, 70, 61; m = 4, n = 100, k = 10: 6, 12 and 15.
  static boolean dots(int m, int k) {
    return m == 1 || m < 8 && k >= 2 * DoubleLanes.LENGTH || m == 8 && k >= 8 * DoubleLanes.LENGTH;
  }

  /// Whether of two operands in rows the first is turned and not the second: one strip, and smaller.
  static boolean swapped(int m, int n, int k) {
    return m < n && m >= 8 && m <= rowVectors(ROW_TILE) * DoubleLanes.LENGTH && (long) m * k <= (long) NC * KC;
  }

  /// Whether a row-major B for a single row of A is read from end to end: 1.2, 1.3 and 1.6 × the tiles at n = k = 256, 512 and
  /// 1024 (float, one run), 0.95 × at 100 and 0.4 × at n = 64, k = 256.
  static boolean streamed(int n, int k) {
    return n >= 8 * DoubleLanes.LENGTH && (long) n * k * Double.BYTES > 128 << 10;
  }

  /// Whether for a single row of A the rows of a B that lies in rows are read four at a time, not a tile's 16, whose streams
  /// drive each other out of L1: 2.2 × at n = k = 1024, 1.1 × at 784 × 300.
  static boolean fewStreams(int n, int k) {
    return (long) n * k * Double.BYTES > 32 << 10;
  }

  /// Whether a row-major B is read where it lies.
  static boolean inPlace(int m, int n, int k) {
    return m <= FEW_ROWS || (long) n * k <= MOST_IN_PLACE;
  }
}
