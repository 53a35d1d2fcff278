/// What a family of the gemm's tiles reads, and how large its tiles get; see [MicroKernels].
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

  /// Of a method for tiles of this family, behind their number and size.
  String parameters() {
    String a = this == PACKED || this == TAPS ? "int k, double[] a, int at" : "int k, double[] a, int at, int as, int ai";
    String b = switch (this) {
      case PACKED -> "double[] b, int bt";
      case ROWS -> "double[] b, int bt, int bs";
      case EDGE, COLUMNS -> "double[] b, int bt, int bs, int bl";
      case TAPS -> "double[] b, int bt, int[] tap, int tt";
    };
    return a + ", " + b + ", double[] c, int ct, int cs, boolean add";
  }
}
