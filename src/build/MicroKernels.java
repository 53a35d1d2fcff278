import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes the gemm micro-kernels: one method for each number of rows and of vectors, every accumulator a local
/// variable.
///
/// One class for each kind of registers, `DoubleMicroKernel512x32` to `FloatMicroKernel128x16`. They are generated
/// because C2 keeps accumulators in registers only when they are locals and the loop over them is unrolled in the
/// source; an array of vectors is spilled on each step.
///
/// [TileFamily] has the families of tiles and their sizes.
///
/// A method computes any number of tiles of its size below each other (BLIS calls it a millikernel). One tile's stores
/// overlap with the next one's loads, and calls and range checks are paid once: called one by one, tiles took 1.1 × the
/// time at k = 32.
///
/// A tile whose rows lie at variable distances needs a general register for each row. C2 spills those it cannot keep to
/// vector registers (`UseFPUForSpilling`). The spills lie on the loop's critical path or, as bad, reading them back
/// waits for multiplications. So 6 × 4 reached 70 to 80 % of the peak, depending on how the method was compiled. Large
/// tiles therefore read packed operands, whose distances are all constants: a step of 12 × 2 has 24 multiply-adds, 14
/// loads and 7 integer operations, two fewer than if the loop over p began at 0 instead of where A does. Tiles in place
/// have 4 rows, or 8 on a B of one or two vectors. With 8 rows, B's place is computed by a multiplication on each step;
/// with fewer rows an addition is faster. In place too, the place of B's last vector is a constant, except in an edge.
///
/// There are no masks. Where the width is not a whole number of vectors, the last vector is moved left until it ends
/// with the tile. The columns that two vectors share are computed twice, with equal bits. With masks, the first access
/// past the end of an array makes C2 recompile the method with a check of every lane at every access, and all vectors
/// are boxed from then on: a hundredth of the speed.
final class MicroKernels extends Source {

  private static final String NOTICE = Output.GENERATED + "MicroKernels.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(
      "static jdk.incubator.vector.VectorOperators.FMA",
      Rooms.GEMM + ".DoubleTiling",
      "jdk.incubator.vector.DoubleVector",
      "jdk.incubator.vector.VectorSpecies");

  private final Registers registers;
  private final int lanes;
  /// The vector of the current tile that is of half the width, or -1.
  private int half = -1;

  static void generate(Output output) {
    for (Registers registers : Registers.all()) {
      MicroKernels kernels = new MicroKernels(registers);
      kernels.write();
      kernels.closeIn(registers.precision(), output);
    }
  }

  private MicroKernels(Registers registers) {
    super(NOTICE, Rooms.GEMM, "DoubleMicroKernel" + registers.bits() + "x" + registers.count(), IMPORTS);
    this.registers = registers;
    this.lanes = registers.lanes();
  }

  private void write() {
    add("""
        /// C = or += A · B over k for `tiles` tiles of `rows` × `width` below each other, \
        C(i, j) at `c[ct + i·cs + j]`, each tile's
        /// A after the previous one's, by `ai` where it is not packed; width a vector or more.
        ///
        /// Each element sums over p in order, from 0 or where added from C on, one fused multiply-add a step: \
        its bits depend neither
        /// on the tile, nor on its place in it, nor on where k is cut into blocks.
        """);
    openFor(registers);
    if (registers.haveHalves()) {
      add("""

            private static final VectorSpecies<Double> HALF = DoubleVector.SPECIES_%1$d;
            private static final Class<? extends DoubleVector> HALF_TYPE =
                HALF.vectorType().asSubclass(DoubleVector.class);
          """, registers.bits() / 2);
    }
    for (TileFamily family : TileFamily.values()) {
      dispatcher(family);
    }
    for (TileFamily family : TileFamily.values()) {
      for (int rows = 1; rows <= family.mostRows; rows++) {
        for (int vectors = 1; vectors <= family.mostVectors(rows, registers); vectors++) {
          tiles(family, rows, vectors, false);
          if (vectors > 1 && family.hasHalves(registers)) {
            tiles(family, rows, vectors, true);
          }
        }
      }
    }
  }

  private void dispatcher(TileFamily family) {
    add("""

        /// %s
        static void %s(int tiles, int rows, int width, %s) {
          int last = width - %d;
        """, family.operands, family.prefix, family.parameters(), lanes);
    if (family.isAlone(1)) {
      add("assert rows > 2 || tiles == 1 : tiles;");
    }
    add("switch (rows) {");
    for (int rows = 1; rows <= family.mostRows; rows++) {
      add("case %d -> {", rows);
      boolean halves = family.hasHalves(registers);
      add("switch ((width - 1) / %d) {", halves ? lanes / 2 : lanes);
      int most = family.mostVectors(rows, registers);
      for (int vectors = 1; vectors <= most; vectors++) {
        String call = family.prefix + rows + "x%s(" + (family.isAlone(rows) ? "" : "tiles, ") + "last%s, "
            + arguments(family.parameters()) + ");";
        if (halves && vectors > 1) {
          add("case " + (2 * vectors - 2) + " -> " + call, vectors - 1 + "h", " + " + lanes / 2);
        }
        String width = vectors == most ? "default" : "case " + (halves ? 2 * vectors - 1 : vectors - 1);
        add(width + " -> " + call, vectors, "");
      }
      add("}");
      add("}");
    }
    add("default -> throw new AssertionError(rows);");
    add("}");
    add("}");
  }

  /// @param half whether the last vector is of half the width
  private void tiles(TileFamily family, int rows, int vectors, boolean half) {
    this.half = half ? vectors - 1 : -1;
    boolean alone = family.isAlone(rows);
    add("\nprivate static void %s%dx%s(%sint last, %s) {", family.prefix, rows, half ? vectors - 1 + "h" : vectors,
        alone ? "" : "int tiles, ", family.parameters());
    boolean walks = family.walks(vectors);
    if (walks) {
      add("int to = ct;\nint first = at;");
    }
    if (alone) {
      // Indented as in the loop over tiles.
      indent(3);
    } else {
      add("int added = add ? tiles : 0;");
      add("for (int t = 0; t < tiles; t++) {");
    }
    if (!walks) {
      add("int to = %s;", alone ? "ct" : "ct + t * %d * cs".formatted(rows));
    }
    start(rows, vectors, alone);
    places(family, rows, walks ? "first" : alone ? "at" : "at + t * ai");
    loop(family, rows, vectors);
    store(rows, vectors, walks);
    if (walks && !alone) {
      add("to += cs;\nfirst += %s;", family == TileFamily.PACKED ? rows + " * DoubleTiling.A_STRIDE" : "ai");
    }
    if (alone) {
      indent(2);
    } else {
      add("}");
    }
    add("}");
  }

  /// The accumulators, which begin with C if the product is added, else with 0.
  ///
  /// The test is not `if (add)`: C2 hoists a test that no tile changes out of the loop, as a predicate. Once one has
  /// failed, C2 compiles the method without predicates, with range checks in peeled iterations: 0.8 × the speed at
  /// n = 512, where the first block of k is not added and the second is.
  private void start(int rows, int vectors, boolean alone) {
    for (int i = 0; i < rows; i++) {
      String row = "c" + i + "v";
      add("DoubleVector %s;", IntStream.range(0, vectors)
          .mapToObj(v -> row + v + " = DoubleVector.zero(" + (v == half ? "HALF" : "SPECIES") + ")")
          .collect(Collectors.joining(", ")));
    }
    add("if (%s) {", alone ? "add" : "t < added");
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < vectors; v++) {
        add("c%dv%d = %s;", i, v, load(v, "c", inC(i, v, vectors)));
      }
    }
    add("}");
  }

  /// Where each row of A begins.
  private void places(TileFamily family, int rows, String first) {
    switch (family) {
      case PACKED -> add("int at0 = %s;", first);
      case TAPS -> add("int at0 = at + t * %d * DoubleTiling.A_STRIDE;", rows);
      case ROWS, EDGE -> {
        add("int at0 = %s;", first);
        for (int i = 1; i < rows; i++) {
          add("int at%d = at%d + as;", i, i - 1);
        }
      }
      case COLUMNS -> add("int r = %s;", first);
    }
  }

  private void loop(TileFamily family, int rows, int vectors) {
    boolean packed = family == TileFamily.PACKED;
    boolean tapped = family == TileFamily.TAPS;
    boolean multiplied = family == TileFamily.ROWS && rows > 4;
    if (!multiplied && !tapped) {
      add("int q = bt;");
    }
    if (packed || tapped) {
      add("int end = at0 + k;");
    } else {
      add("int depth = k%s;", family.isShort(vectors) ? " & DoubleTiling.DEPTHS" : "");
    }
    if (tapped) {
      add("int ahead = tt - at0;");
    }
    if (isUnrolled(family, rows, vectors)) {
      add("for (int p = at0; p < end; p += 2) {");
      step(family, rows, vectors, 0);
      add("""
          if (p + 1 == end) {
            break;
          }
          """);
      step(family, rows, vectors, 1);
      add("q += %d;", 2 * vectors * lanes);
    } else {
      add(packed || tapped ? "for (int p = at0; p < end; p++) {" : "for (int p = 0; p < depth; p++) {");
      if (multiplied) {
        add("int q = bt + p * bs;");
      }
      if (tapped) {
        add("int q = bt + tap[p + ahead];");
      }
      step(family, rows, vectors, 0);
      if (!multiplied && !tapped) {
        add("q += %s;", packed ? vectors * lanes - (half > 0 ? lanes / 2 : 0) : "bs");
      }
      if (family == TileFamily.COLUMNS) {
        add("r += as;");
      }
    }
    add("}");
  }

  /// Whether a turn of the loop is two steps with an exit between them. Only for packed operands, whose arrays extend
  /// past the last step: C2's range checks before the loop cover the second step of the last turn.
  private boolean isUnrolled(TileFamily family, int rows, int vectors) {
    return family == TileFamily.PACKED && !registers.areMany() && (rows == 2 || rows == 3) && vectors > 1;
  }

  /// @param ahead how many steps this one comes after that of p and q
  private void step(TileFamily family, int rows, int vectors, int ahead) {
    String turn = ahead == 0 ? "" : "n";
    for (int v = 0; v < vectors; v++) {
      String place = switch (family) {
        case PACKED -> plus("q", (ahead * vectors + v) * lanes);
        case ROWS, TAPS -> plus("q", v * lanes);
        case EDGE, COLUMNS -> place("q", v, vectors, "bl");
      };
      add("DoubleVector b%d%s = %s;", v, turn, load(v, "b", place));
    }
    for (int i = 0; i < rows; i++) {
      String element = switch (family) {
        case PACKED, TAPS -> plus(plus("p", i, "DoubleTiling.A_STRIDE"), ahead);
        case ROWS, EDGE -> "at%d + p".formatted(i);
        case COLUMNS -> plus("r", i);
      };
      add("DoubleVector a%d%s = %s;", i, turn, cast("DoubleVector.broadcast(SPECIES, a[%s])".formatted(element)));
      for (int v = 0; v < vectors; v++) {
        if (v == half) {
          add("DoubleVector h%d = HALF_TYPE.cast(a%d.reinterpretShape(HALF, 0));", i, i);
        }
        add("c%1$dv%2$d = %4$s%1$d%3$s.lanewise(FMA, b%2$d%3$s, c%1$dv%2$d);", i, v, turn, v == half ? "h" : "a");
      }
    }
  }

  private void store(int rows, int vectors, boolean walks) {
    for (int i = 0; i < rows; i++) {
      if (walks && i > 0) {
        add("to += cs;");
      }
      for (int v = 0; v < vectors; v++) {
        String type = v == half ? "HALF_" : "";
        add(type + cast("c" + i + "v" + v) + ".intoArray(c, " + inC(walks ? 0 : i, v, vectors) + ");");
      }
    }
  }

  private String inC(int row, int vector, int vectors) {
    return place(plus("to", row, "cs"), vector, vectors, "last");
  }

  private String load(int vector, String array, String place) {
    return vector == half ? load(array, place).replace("SPECIES", "HALF") : load(array, place);
  }

  /// The place of a vector in its row; the last vector's distance is a variable.
  private String place(String row, int vector, int vectors, String last) {
    return vector > 0 && vector == vectors - 1 ? row + " + " + last : plus(row, vector * lanes);
  }
}
