/// A family of the gemm's tiles: the operands it reads and the sizes of its tiles; see [MicroKernels].
///
/// Tiles are as large as the registers allow:
///
/// | family  | A(i, p)            | B                | tiles, 32 registers    | 16 registers               |
/// |---------|--------------------|------------------|------------------------|----------------------------|
/// | packed  | rows, copied       | packed in strips | 12 × 2                 | 3 × 3, 4 × 2, 12 × 1       |
/// | rows    | `a[at + i·as + p]` | anywhere         | 4 × 4, 2 × 8 or 8 × 2  | 3 × 3, 4 × 2, 2 × 4, 8 × 1 |
/// | edge    | the same           | anywhere         | 4 × 4, 2 × 8           | 3 × 3, 4 × 2, 2 × 4        |
/// | columns | `a[at + p·as + i]` | anywhere         | 12 × 2                 | 3 × 3, 4 × 2, 12 × 1       |
/// | taps    | rows, copied       | each row at a distance of its own | 12 × 2, 4 × 4, 2 × 8 | 3 × 3, 4 × 2, 12 × 1 |
///
/// With 16 registers tiles are 3 × 3: the 3 vectors and 3 elements that C2 may load before the multiply-adds fit beside
/// 9 accumulators. With 6 × 2 C2 loads three or more elements ahead and keeps one accumulator in memory. Its store and
/// load become the loop's critical path: 41 % of the peak instead of 88 (float, k = 256, Zen 3). With 4 × 2 eight
/// chains leave no slack for the multiply-add's latency.
///
/// On packed operands with 16 registers a turn of the loop takes two steps of k. A core that shares its front end with
/// a neighbour issues three operations a cycle. One step of 3 × 3 has 22 operations, nine of them multiply-adds; two
/// steps have 37. Between the two steps the loop can exit, for an odd k. C2 moves no load over that exit; without the
/// exit, accumulators spill.
enum TileFamily {
  PACKED("packed", "Rows of A [DoubleTiling#A_STRIDE] apart, each row of B in whole vectors after the last one.", 12),
  ROWS("rows", "A(i, p) at `a[at + i·as + p]`, B(p, j) at `b[bt + p·bs + j]`, in whole vectors.", 8),
  /// The tiles of `ROWS`, with B's last vector moved left.
  EDGE("edge", "The same, with B's last vector at `b[bt + p·bs + bl]`.", 4),
  COLUMNS("columns",
      "A(i, p) at `a[at + p·as + i]`, B(p, j) at `b[bt + p·bs + j]`, its last vector at `b[bt + p·bs + bl]`.", 12),
  TAPS("taps", "Rows of A [DoubleTiling#A_STRIDE] apart, B(p, j) at `b[bt + tap[tt + p] + j]`, in whole vectors.", 12);

  /// The prefix of the methods' names.
  final String prefix;
  final String operands;
  final int mostRows;

  TileFamily(String prefix, String operands, int mostRows) {
    this.prefix = prefix;
    this.operands = operands;
    this.mostRows = mostRows;
  }

  /// The widest tile of that many rows: fewer rows leave registers for more vectors, which hide the FMA's latency.
  int mostVectors(int rows, Registers registers) {
    boolean many = registers.areMany();
    return switch (this) {
      case PACKED, COLUMNS -> many ? 2 : rows <= 3 ? 3 : rows <= 4 ? 2 : 1;
      case ROWS, EDGE -> many ? (rows > 4 ? 2 : rows > 2 ? 4 : 8) : rows > 4 ? 1 : 6 - Math.max(rows, 2);
      case TAPS -> many ? (rows > 4 ? 2 : rows > 2 ? 4 : 8) : rows <= 3 ? 3 : rows <= 4 ? 2 : 1;
    };
  }

  /// Whether a tile of that many rows is never followed by a second one below it: in place, the smallest tiles are the
  /// remainder of higher ones.
  boolean isAlone(int rows) {
    return rows <= 2 && (this == ROWS || this == EDGE);
  }

  /// Whether a tile's places in A and C are those of the tile before plus a step, not computed from the tile's number.
  ///
  /// Registers are short between a tile's loops as well. A value that C2 spills to a vector register there returns
  /// after the multiplications, and the next tile waits for it: 19 ns a 4 × 4 tile instead of 10. So tiles of one
  /// vector in place, and all tiles with A in columns or packed, begin where the tile before ended. Those that read A
  /// in place at few addresses (`isShort`) also know that k is small, so C2 does not strip-mine the loop. Tiles of
  /// several vectors in place do neither: more of their loop would move to vector registers.
  boolean walks(int vectors) {
    return this == PACKED || isShort(vectors);
  }

  /// Whether C2 is told that k is small, which frees a register or two; see `DoubleTiling.DEPTHS`.
  boolean isShort(int vectors) {
    return this == COLUMNS || vectors == 1 && (this == ROWS || this == EDGE);
  }

  /// Whether there are tiles whose last vector is of half the width.
  ///
  /// Where the width leaves at most half a vector of 512 bit, the last vector has 256 bit: a core that executes wide
  /// vectors in two halves takes half the time for it, 1.17 × the speed at n = 17 (float, AMD Zen 4).
  boolean hasHalves(Registers registers) {
    return registers.haveHalves() && this != TAPS;
  }

  /// The parameters of a method for tiles of this family, after their number and size.
  String parameters() {
    String a = this == PACKED || this == TAPS ? "int k, double[] a, int at"
        : "int k, double[] a, int at, int as, int ai";
    String b = switch (this) {
      case PACKED -> "double[] b, int bt";
      case ROWS -> "double[] b, int bt, int bs";
      case EDGE, COLUMNS -> "double[] b, int bt, int bs, int bl";
      case TAPS -> "double[] b, int bt, int[] tap, int tt";
    };
    return a + ", " + b + ", double[] c, int ct, int cs, boolean add";
  }
}
