import java.util.List;

/// Writes the micro-kernels of A·Bᵀ with both operands in rows: tiles of dot products whose sums over the lanes are
/// taken together.
///
/// One class for each kind of registers and number of vectors that a dot product's partial sums take,
/// `DoubleDotKernel512x1` to `FloatDotKernel128x4`. A tile has as many outputs as there are accumulators, 16 with 32
/// registers and 8 with 16. Where an output takes several vectors, these are computed one after another: side by side,
/// they would leave room for so few outputs that loads take longer than multiply-adds. With four vectors for each
/// output, a tile has only 4 outputs, as C2 boxes vectors in a larger method.
///
/// Summing the lanes of each accumulator alone would take log₂(lanes) shuffles and additions per output. Instead pairs
/// of accumulators are merged, lane by lane, until each lane holds one output: one shuffle, two blends and an addition
/// per output.
///
/// One method computes a band, a row of tiles. It pays for calls, range checks and the rows' places once. One tile's
/// sums across the lanes overlap with the next tile's products. A band takes half the time of single tiles at
/// 4 × 64 × 64.
final class DotKernels extends Source {

  private static final String NOTICE = Output.GENERATED + "DotKernels.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(
      "static jdk.incubator.vector.VectorOperators.ADD",
      "static jdk.incubator.vector.VectorOperators.FMA",
      Rooms.LANES + ".DoubleButterfly",
      Rooms.LANES + ".DoubleLanes",
      Rooms.MATH + ".DoubleSums",
      "jdk.incubator.vector.DoubleVector",
      "jdk.incubator.vector.VectorMask",
      "jdk.incubator.vector.VectorSpecies");

  /// The parameters that describe A and B.
  private static final String OPERANDS = "int k, double[] a, int at, int as, double[] b, int bt, int bs";
  private static final String BAND =
      "int tiles, " + OPERANDS + ", double[] c, int ct, int cs, boolean add, double[] sums";

  private final Registers registers;
  private final int lanes;
  private final int partial;
  private final int outputs;
  private final DotProducts products;
  private final LaneSums laneSums;

  static void generate(Output output) {
    for (Registers registers : Registers.ofEachWidth()) {
      for (int parts = 1; parts * registers.bits() <= Registers.WIDEST; parts *= 2) {
        DotKernels kernels = new DotKernels(registers, parts);
        kernels.write();
        kernels.closeIn(registers.precision(), output);
      }
    }
  }

  /// @param parts vectors that the partial sums of one output take
  private DotKernels(Registers registers, int parts) {
    super(NOTICE, Rooms.GEMM, "DoubleDotKernel" + registers.bits() + "x" + parts, IMPORTS);
    this.registers = registers;
    this.lanes = registers.lanes();
    this.partial = lanes * parts;
    this.outputs = registers.areMany() ? 16 : parts == 4 ? 4 : 8;
    this.laneSums = new LaneSums(this, registers, parts);
    this.products = new DotProducts(this, registers, parts, laneSums);
  }

  private void write() {
    add("""
        /// Dot products over k of A's rows and B's rows: A(i, p) at `a[at + i·as + p]`, \
        B(p, j) at `b[bt + j·bs + p]`; k of %1$d or more.
        ///
        /// Each output is summed as [DoubleSums] says, by %1$d partial sums, whatever the tile and its place in it.
        """, partial);
    openFor(registers);
    tiles();
    bands();
  }

  private void tiles() {
    List<Integer> tileRows = outputs == 16 ? List.of(1, 2, 4) : List.of(1, 2);
    add("""

        /// `sums[i·columns + j]` = dot (i, j) for a tile of tileRows × %1$d/tileRows, or 1 × 4; \
        rows and columns from `rows` and
        /// `columns` on repeat the last ones.
        static void tile(int tileRows, int rows, int columns, %2$s, double[] sums) {
          switch (tileRows) {
        """, outputs, OPERANDS);
    for (int rows : tileRows) {
      add("case %d -> tile%dx%d(rows, columns, %s, sums);", rows, rows, tileColumns(rows), arguments(OPERANDS));
    }
    add("default -> throw new AssertionError(tileRows);");
    add("}");
    add("}");
    tileRows.forEach(rows -> tile(rows, tileColumns(rows)));
  }

  /// The columns of a tile outside a band. A single row has 4: its bands leave fewer.
  private int tileColumns(int rows) {
    return rows == 1 ? 4 : outputs / rows;
  }

  private void tile(int rows, int columns) {
    add("\nprivate static void tile%dx%d(int rows, int columns, %s, double[] sums) {", rows, columns, OPERANDS);
    for (int i = 0; i < rows; i++) {
      add("int at%d = at%s;", i, i == 0 ? "" : " + Math.min(%d, rows - 1) * as".formatted(i));
    }
    for (int j = 0; j < columns; j++) {
      add("int bt%d = bt%s;", j, j == 0 ? "" : " + Math.min(%d, columns - 1) * bs".formatted(j));
    }
    products.body();
    products.whole(rows, columns);
    if (registers.arePairs()) {
      products.numbers(rows, columns);
      for (int o = 0; o < rows * columns; o++) {
        add("sums[%d] = t%d;", o, o);
      }
    } else {
      add("if (body < k) {");
      products.masks();
      products.rest(rows, columns);
      add("}");
      // Indented as in the loop over a band.
      indent(3);
      List<String> sums = laneSums.merge(rows * columns);
      indent(2);
      storeSums(sums);
    }
    add("}");
  }

  /// A tile of a band.
  private record Tile(int rows, int columns) {

    int key() {
      return rows * 16 + columns;
    }

    String method() {
      return "band" + rows + "x" + columns;
    }
  }

  /// The sizes of a band's tiles. A single row takes 8 columns, as 16 need more places than there are registers. It
  /// also has tiles of 4 columns: few enough streams for rows from beyond the caches.
  private List<Tile> bandTiles() {
    return switch (outputs) {
      case 16 -> List.of(new Tile(4, 4), new Tile(2, 8), new Tile(1, 8), new Tile(1, 4));
      case 8 -> List.of(new Tile(2, 4), new Tile(1, 8), new Tile(1, 4));
      default -> List.of(new Tile(2, 2), new Tile(1, 4));
    };
  }

  private void bands() {
    add("""

        /// C(i, j) = or += dot (i, j) for `tiles` tiles of rows × columns beside each other, \
        C(i, j) at `c[ct + i·cs + j]`;
        /// `sums` is scratch.
        static void band(int rows, int columns, %s) {
          switch (rows * 16 + columns) {
        """, BAND);
    for (Tile tile : bandTiles()) {
      add("case %d -> %s(%s);", tile.key(), tile.method(), arguments(BAND));
    }
    add("default -> throw new AssertionError(rows + \" × \" + columns);");
    add("}");
    add("}");
    bandTiles().forEach(this::band);
  }

  /// Writes a band. Even a condition that is the same for all tiles is a comparison with the tile's number, see
  /// `MicroKernels.start`.
  private void band(Tile tile) {
    int rows = tile.rows;
    int columns = tile.columns;
    add("\nprivate static void %s(%s) {", tile.method(), BAND);
    products.body();
    add("int added = add ? tiles : 0;");
    if (!registers.arePairs()) {
      add("int rests = body < k ? tiles : 0;");
      products.masks();
    }
    for (int i = 0; i < rows; i++) {
      add("int at%d = %s;", i, i == 1 ? "at + as" : plus("at", i, "as"));
    }
    add("for (int t = 0; t < tiles; t++) {");
    add("int bt0 = bt + t * %d * bs;", columns);
    for (int j = 1; j < columns; j++) {
      add("int bt%d = bt%d + bs;", j, j - 1);
    }
    products.whole(rows, columns);
    add("int to = ct + t * %d;", columns);
    if (registers.arePairs()) {
      products.numbers(rows, columns);
      storeNumbers(rows, columns);
    } else {
      add("if (t < rests) {");
      products.rest(rows, columns);
      add("}");
      store(rows, columns, laneSums.merge(rows * columns));
    }
    add("}");
    add("}");
  }

  private void storeSums(List<String> sums) {
    for (int s = 0; s < sums.size(); s++) {
      add("%s.intoArray(sums, %d);", cast(sums.get(s)), s * lanes);
    }
  }

  private void store(int rows, int columns, List<String> sums) {
    if (columns >= lanes) {
      storeVectors(rows, columns, sums);
      return;
    }
    int bits = columns * registers.precision().size;
    if (bits < 128) {
      storeSums(sums);
      storeNumbers(rows, columns);
    } else {
      storeParts(rows, columns, bits, sums);
    }
  }

  /// Each row of the tile is a number of whole vectors.
  private void storeVectors(int rows, int columns, List<String> sums) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j += lanes) {
        String place = plus(plus("to", i, "cs"), j);
        String sum = sums.get((i * columns + j) / lanes);
        add("if (t < added) {");
        add("%s = %s.lanewise(ADD, %s);", sum, cast(sum), load("c", place));
        add("}");
        add("%s.intoArray(c, %s);", cast(sum), place);
      }
    }
  }

  /// Each row of the tile is a part of a vector. The part is moved to the first lanes and reinterpreted as a narrower
  /// vector: through memory, the load would wait for the store.
  private void storeParts(int rows, int columns, int bits, List<String> sums) {
    for (int i = 0; i < rows; i++) {
      int part = i * columns % lanes;
      String sum = cast(sums.get(i * columns / lanes));
      add("""
          DoubleVector r%1$d = (DoubleVector) %2$s.reinterpretShape(DoubleVector.SPECIES_%3$d, 0);
          if (t < added) {
            r%1$d = DoubleLanes.W%3$d.cast(r%1$d)\
          .lanewise(ADD, DoubleVector.fromArray(DoubleVector.SPECIES_%3$d, c, %4$s));
          }
          DoubleLanes.W%3$d.cast(r%1$d).intoArray(c, %4$s);
          """, i, part == 0 ? sum : cast(sum + ".rearrange(%s)".formatted(laneSums.butterfly("FROM", part))), bits,
          plus("to", i, "cs"));
    }
  }

  /// Each row of the tile is less than the narrowest vector.
  private void storeNumbers(int rows, int columns) {
    for (int o = 0; o < rows * columns; o++) {
      String place = "c[" + plus(plus("to", o / columns, "cs"), o % columns) + "]";
      String sum = registers.arePairs() ? "t" + o : "sums[" + o + "]";
      add("%s = t < added ? %s + %s : %s;", place, place, sum, sum);
    }
  }
}
