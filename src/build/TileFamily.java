/// What a family of the gemm's tiles reads, and how large its tiles get; see [MicroKernels].
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
/// With 16 registers tiles are 3 × 3: all that C2 may load before the multiply-adds, 3 vectors and 3 elements, fits
/// beside 9 accumulators. 6 × 2 does not: C2 loads three or more elements ahead, one accumulator has to live in memory,
/// and its way there and back is the loop's critical path: 41 % of the peak against 88 (float, k = 256, Zen 3); 5 × 2
/// the same. 4 × 2 reaches 93 %, but often half of it, as eight chains leave the multiply-add's latency no slack. 4 × 3
/// with a way out of the loop after each row, which keeps loads from being moved over it, reaches 92 %, and 1.03 to
/// 1.05 × 3 × 3 at n = 512: not worth a condition that is never met. (When tried; no command repeats it.)
///
/// A core that shares its front end with a neighbour has three operations a cycle, and 3 × 3 makes 22 of a step, nine
/// of them multiply-adds: 58 % of the peak against 93 alone. Two steps a turn are 37, 71 %, alone 97 (float, k = 192,
/// Zen 3, when tried); whole products gain up to 1.1 × then and nothing alone. Between the two stands a way out, for an
/// odd k, over which C2 moves no load: without one it spills (31 %). Four steps a turn are no better where k is no
/// multiple of four; tiles in place lose (0.92 to 0.98 ×), and so did 6 × 4 with 32 registers (50 %).
enum TileFamily {
  PACKED("packed", "Rows of A [DoubleTiling#A_STRIDE] apart, each row of B in whole vectors behind the last one.", 12),
  ROWS("rows", "A(i, p) at `a[at + i·as + p]`, B(p, j) at `b[bt + p·bs + j]`, in whole vectors.", 8),
  /// As `ROWS`, with B's last vector moved left.
  EDGE("edge", "The same, with B's last vector at `b[bt + p·bs + bl]`.", 4),
  COLUMNS("columns",
      "A(i, p) at `a[at + p·as + i]`, B(p, j) at `b[bt + p·bs + j]`, its last vector at `b[bt + p·bs + bl]`.", 12),
  TAPS("taps", "Rows of A [DoubleTiling#A_STRIDE] apart, B(p, j) at `b[bt + tap[tt + p] + j]`, in whole vectors.", 12);

  /// Of the methods' names.
  final String prefix;
  final String operands;
  final int mostRows;

  TileFamily(String prefix, String operands, int mostRows) {
    this.prefix = prefix;
    this.operands = operands;
    this.mostRows = mostRows;
  }

  /// The widest tile of so many rows: fewer rows leave registers for more vectors, which hide the FMA's latency.
  int mostVectors(int rows, Registers registers) {
    boolean many = registers.areMany();
    return switch (this) {
      case PACKED, COLUMNS -> many ? 2 : rows <= 3 ? 3 : rows <= 4 ? 2 : 1;
      case ROWS, EDGE -> many ? (rows > 4 ? 2 : rows > 2 ? 4 : 8) : rows > 4 ? 1 : 6 - Math.max(rows, 2);
      case TAPS -> many ? (rows > 4 ? 2 : rows > 2 ? 4 : 8) : rows <= 3 ? 3 : rows <= 4 ? 2 : 1;
    };
  }

  /// Whether there is never a second tile of so many rows below: in place the smallest ones are what is left of higher
  /// ones.
  boolean isAlone(int rows) {
    return rows <= 2 && (this == ROWS || this == EDGE);
  }

  /// Whether a tile's places in A and C are the last one's and a step, not worked out from its number.
  ///
  /// A tile's registers are short between its loops as well: what C2 keeps in vector registers there comes back
  /// behind the multiplications, and the next tile waits for it: 19 ns a tile of 4 × 4, 10 with
  /// `-XX:-UseFPUForSpilling`. So tiles of one vector in place and all with A in columns or packed walk: where a tile
  /// begins is where the last one ended, not its number times a stride. Those that read A in place and have few
  /// places of it (`isShort`) know besides that k is small, so C2 leaves the loop in one piece, not in strips of a
  /// thousand turns. Together 1.1 to 1.25 × (n = 8 and 16; columns at k = 8 and 10; AMD Zen 4). Tiles of several
  /// vectors in place lose by either (0.92 to 0.99 ×): more of their loop moves to vector registers.
  boolean walks(int vectors) {
    return this == PACKED || isShort(vectors);
  }

  /// Whether C2 is told that k is small, see `DoubleTiling.DEPTHS`: it has then a register or two more.
  boolean isShort(int vectors) {
    return this == COLUMNS || vectors == 1 && (this == ROWS || this == EDGE);
  }

  /// Whether there are tiles whose last vector is of half the width.
  ///
  /// Where the width leaves no more than half a vector of 512 bit, the last one is of 256, which a core that does
  /// wide ones in two halves takes half the time for: 1.17, 1.06 and 1.12 × at n = 17, 33 and 65 (float, AMD Zen 4).
  boolean hasHalves(Registers registers) {
    return registers.haveHalves() && this != TAPS;
  }

  /// Of a method for tiles of this family, behind their number and size.
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
