import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the gemm micro-kernels: one method for each number of rows and of vectors, every accumulator a local variable.
///
/// Run by Maven at `generate-sources`: `java MicroKernels.java TARGET` writes a class for each precision and width of a vector,
/// `DoubleMicroKernel512.java` to `FloatMicroKernel128.java`. They are generated because C2 keeps accumulators in registers only
/// when they are locals and the loop over them is unrolled in the source; an array of vectors is spilled on each step.
///
/// Four families, each with tiles as large as the registers allow (32 with vectors of 512 bit, else 16):
///
/// | family  | A(i, p)            | B                     | tiles, 512 bit                  | else                     |
/// |---------|--------------------|-----------------------|---------------------------------|--------------------------|
/// | packed  | rows, copied       | packed in strips      | 12 × 2                          | 3 × 3, 4 × 2, 12 × 1     |
/// | rows    | `a[at + i·as + p]` | anywhere              | 4 × 4, 2 × 8 or 8 × 2           | 3 × 3, 4 × 2, 2 × 4, 8 × 1 |
/// | edge    | the same           | anywhere              | 4 × 4, 2 × 8                    | 3 × 3, 4 × 2, 2 × 4      |
/// | columns | `a[at + p·as + i]` | anywhere              | 12 × 2                          | 3 × 3, 4 × 2, 12 × 1     |
///
/// A method works on any number of tiles of its size below each other (BLIS calls it a millikernel): one tile's stores overlap
/// with the next one's loads, and calls and range checks are paid once: tiles called one by one took 1.1 × the time at k = 32, 1.05 at
/// k = 100.
///
/// A tile whose rows lie at variable distances needs a number for each, and is short of registers for them. What C2 cannot keep it
/// moves to vector registers (`UseFPUForSpilling`), on the loop's critical path or, as bad, to where its way back waits behind
/// multiplications: 6 × 4 at 70 to 80 % of the peak, once at 27 %, by how the method happened to be compiled. So large tiles read
/// packed operands, whose distances are all constants: 12 × 2 is 24 multiply-adds, 14 loads and 7 integer operations, as the loop over
/// p begins where A does (counted from 0 it is two operations more, and 0.97 of the speed). Tiles in place have 4 rows; on a B of one
/// or two vectors 8, with B's place multiplied anew on each step: 8 × 2 so 87 %, by adding 77 %; with fewer rows adding is the
/// faster, 4 × 4 95 and 87 %.
/// There too the place of B's last vector is a constant, but for an edge: 4 × 4 in double at 54 % of the peak as an edge, at
/// n = 32, at 81 % without.
///
/// With 16 registers tiles are 3 × 3: all that C2 may load before the multiply-adds, 3 vectors and 3 elements, fits beside 9
/// accumulators. 6 × 2 does not: C2 loads three or more elements ahead, one accumulator has to live in memory, and its way there and
/// back is the loop's critical path: 41 % of the peak against 88 (float, k = 256, Zen 3); 5 × 2 the same. 4 × 2 reaches 93 %, but often
/// half of it, as eight chains leave the multiply-add's latency no slack. 4 × 3 with a way out of the loop after each row, which
/// keeps loads from being moved over it, reaches 92 %, and 1.03 to 1.05 × 3 × 3 at n = 512: not worth a condition that is never met. (When tried; no command repeats it.)
///
/// There are no masks. Where the width is no whole number of vectors, the last vector is moved left until it ends with the
/// tile: the columns that two vectors share are computed twice, to the same bits. With masks, the first access that would
/// have passed the end of an array made C2 recompile the method with the check of every lane at every access: vectors were
/// boxed and never unboxed again, at a hundredth of the speed (n = 500 right after n = 512).
///
/// A core that shares its front end with a neighbour has three operations a cycle, and 3 × 3 makes 22 of a step, nine of them multiply-adds:
/// 58 % of the peak against 93 alone. Two steps a turn are 37, 71 %, alone 97 (float, k = 192, Zen 3, when tried); whole products gain up to 1.1 ×
/// then and nothing alone. Between the two stands a way out, for an odd k, over which C2 moves no load: without one it spills (31 %).
/// Four steps a turn are no better where k is no multiple of four; tiles in place lose (0.92 to 0.98 ×), and so did 6 × 4 with 32
/// registers (50 %).
final class MicroKernels {

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("usage: java MicroKernels.java TARGET");
    }
    for (int bits : new int[] {512, 256, 128}) {
      write(Path.of(arguments[0]), "double", "Double", bits);
      write(Path.of(arguments[0]), "float", "Float", bits);
    }
  }

  private static void write(Path target, String type, String name, int bits) throws IOException {
    Path file = target.resolve("dev/lanewise/kernel/" + name + "MicroKernel" + bits + ".java");
    int lanes = bits / (type.equals("double") ? Double.SIZE : Float.SIZE);
    String source = new MicroKernels(bits, lanes).source().replace("double", type).replace("Double", name);
    if (Files.notExists(file) || !Files.readString(file).equals(source)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    }
  }

  private final int bits;
  private final int lanes;
  private final StringBuilder source = new StringBuilder();

  private MicroKernels(int bits, int lanes) {
    this.bits = bits;
    this.lanes = lanes;
  }

  private boolean wide() {
    return bits == 512;
  }

  private enum Family {
    PACKED("packed", "Rows of A [DoubleTiling#A_STRIDE] apart, each row of B in whole vectors behind the last one."),
    ROWS("rows", "A(i, p) at `a[at + i·as + p]`, B(p, j) at `b[bt + p·bs + j]`, in whole vectors."),
    /// As `ROWS`, with B's last vector moved left.
    EDGE("edge", "The same, with B's last vector at `b[bt + p·bs + bl]`."),
    COLUMNS("columns", "A(i, p) at `a[at + p·as + i]`, B(p, j) at `b[bt + p·bs + j]`, its last vector at `b[bt + p·bs + bl]`.");

    final String prefix;
    final String operands;

    Family(String prefix, String operands) {
      this.prefix = prefix;
      this.operands = operands;
    }
  }

  private int mostRows(Family family) {
    return switch (family) {
      case PACKED, COLUMNS -> 12;
      case ROWS -> 8;
      case EDGE -> 4;
    };
  }

  /// The widest tile of so many rows: fewer rows leave registers for more vectors, which hide the FMA's latency.
  private int mostVectors(Family family, int rows) {
    return switch (family) {
      case PACKED, COLUMNS -> wide() ? 2 : rows <= 3 ? 3 : rows <= 4 ? 2 : 1;
      case ROWS, EDGE -> wide() ? (rows > 4 ? 2 : rows > 2 ? 4 : 8) : rows > 4 ? 1 : 6 - Math.max(rows, 2);
    };
  }

  private String source() {
    source.append("""
        // Generated by src/build/MicroKernels.java: edit that file, not this one.
        package dev.lanewise.kernel;

        import static jdk.incubator.vector.VectorOperators.FMA;

        import jdk.incubator.vector.DoubleVector;
        import jdk.incubator.vector.VectorSpecies;

        /// C = or += A · B over k for `tiles` tiles of `rows` × `width` below each other, C(i, j) at `c[ct + i·cs + j]`, each tile's
        /// A behind the last one's, by `ai` where it is not packed; width a vector or more.
        ///
        /// Each element sums over p in order, from 0 or where added from C on, one fused multiply-add a step: its bits depend neither
        /// on the tile, nor on its place in it, nor on where k is cut into blocks.
        final class DoubleMicroKernel%d {

          private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_%d;
          private static final Class<? extends DoubleVector> TYPE = SPECIES.vectorType().asSubclass(DoubleVector.class);

          private DoubleMicroKernel%d() {}
        """.formatted(bits, bits, bits));
    for (Family family : Family.values()) {
      dispatcher(family);
    }
    for (Family family : Family.values()) {
      for (int rows = 1; rows <= mostRows(family); rows++) {
        for (int vectors = 1; vectors <= mostVectors(family, rows); vectors++) {
          tiles(family, rows, vectors);
        }
      }
    }
    return source.append("}\n").toString();
  }

  private static String parameters(Family family) {
    return switch (family) {
      case PACKED -> "int k, double[] a, int at, double[] b, int bt, double[] c, int ct, int cs, boolean add";
      case ROWS -> "int k, double[] a, int at, int as, int ai, double[] b, int bt, int bs, double[] c, int ct, int cs, boolean add";
      case EDGE, COLUMNS ->
          "int k, double[] a, int at, int as, int ai, double[] b, int bt, int bs, int bl, double[] c, int ct, int cs, boolean add";
    };
  }

  /// The same as arguments.
  private static String arguments(Family family) {
    return parameters(family).replaceAll("(int|boolean|double\\[\\]) ", "");
  }

  private void dispatcher(Family family) {
    source.append("""

          /// %s
          static void %s(int tiles, int rows, int width, %s) {
            int last = width - %d;
        %s    switch (rows) {
        """.formatted(family.operands, family.prefix, parameters(family), lanes,
        isAlone(family, 1) ? "    assert rows > 2 || tiles == 1 : tiles;\n" : ""));
    for (int rows = 1; rows <= mostRows(family); rows++) {
      source.append("      case %d -> {%n        switch ((width - 1) / %d) {%n".formatted(rows, lanes));
      int most = mostVectors(family, rows);
      for (int vectors = 1; vectors <= most; vectors++) {
        source.append("          %s -> %s%dx%d(%slast, %s);%n".formatted(vectors == most ? "default" : "case " + (vectors - 1),
            family.prefix, rows, vectors, isAlone(family, rows) ? "" : "tiles, ", arguments(family)));
      }
      source.append("        }\n      }\n");
    }
    source.append("      default -> throw new AssertionError(rows);\n    }\n  }\n");
  }

  /// Whether there is never a second tile of so many rows below: in place the smallest ones are what is left of higher ones.
  private static boolean isAlone(Family family, int rows) {
    return rows <= 2 && (family == Family.ROWS || family == Family.EDGE);
  }

  private void tiles(Family family, int rows, int vectors) {
    boolean packed = family == Family.PACKED;
    boolean alone = isAlone(family, rows);
    source.append("%n  private static void %s%dx%d(%sint last, %s) {%n".formatted(
        family.prefix, rows, vectors, alone ? "" : "int tiles, ", parameters(family)));
    source.append(alone ? "" : "    int added = add ? tiles : 0;\n    for (int t = 0; t < tiles; t++) {\n");
    start(rows, vectors, alone);
    switch (family) {
      case PACKED -> source.append("      int at0 = at + t * %d * DoubleTiling.A_STRIDE;%n".formatted(rows));
      case ROWS, EDGE -> {
        source.append("      int at0 = at%s;%n".formatted(alone ? "" : " + t * ai"));
        for (int i = 1; i < rows; i++) {
          source.append("      int at%d = at%d + as;%n".formatted(i, i - 1));
        }
      }
      case COLUMNS -> source.append("      int r = at + t * ai;\n");
    }
    boolean multiplied = family == Family.ROWS && rows > 4;
    source.append(multiplied ? "" : "      int q = bt;\n");
    source.append(packed ? "      int end = at0 + k;\n" : "");
    if (isUnrolled(family, rows, vectors)) {
      source.append("      for (int p = at0; p < end; p += 2) {\n");
      step(family, rows, vectors, 0);
      source.append("        if (p + 1 == end) {\n          break;\n        }\n");
      step(family, rows, vectors, 1);
      source.append("        q += %d;%n".formatted(2 * vectors * lanes));
    } else {
      source.append(packed ? "      for (int p = at0; p < end; p++) {\n" : "      for (int p = 0; p < k; p++) {\n");
      source.append(multiplied ? "        int q = bt + p * bs;\n" : "");
      step(family, rows, vectors, 0);
      source.append(multiplied ? "" : packed ? "        q += %d;%n".formatted(vectors * lanes) : "        q += bs;\n");
    }
    source.append(family == Family.COLUMNS ? "        r += as;\n      }\n" : "      }\n");
    store(rows, vectors);
    source.append(alone ? "  }\n" : "    }\n  }\n");
  }

  /// Whether a turn of the loop is two steps, the second behind a way out. Only packed operands, whose arrays go on behind the last
  /// step: C2's range checks before the loop take in the second one of the last turn.
  private boolean isUnrolled(Family family, int rows, int vectors) {
    return family == Family.PACKED && !wide() && (rows == 2 || rows == 3) && vectors > 1;
  }

  /// @param ahead how many steps p and q are behind
  private void step(Family family, int rows, int vectors, int ahead) {
    boolean packed = family == Family.PACKED;
    String turn = ahead == 0 ? "" : "n";
    for (int v = 0; v < vectors; v++) {
      int behind = (ahead * vectors + v) * lanes;
      String place = packed
          ? "q" + (behind == 0 ? "" : " + " + behind)
          : "q" + offset(v, vectors, family == Family.ROWS ? String.valueOf(v * lanes) : "bl");
      source.append("        DoubleVector b%d%s = DoubleVector.fromArray(SPECIES, b, %s);%n".formatted(v, turn, place));
    }
    for (int i = 0; i < rows; i++) {
      String element = switch (family) {
        case PACKED -> "p" + (i == 0 ? "" : " + %d * DoubleTiling.A_STRIDE".formatted(i)) + (ahead == 0 ? "" : " + " + ahead);
        case ROWS, EDGE -> "at%d + p".formatted(i);
        case COLUMNS -> "r" + (i == 0 ? "" : " + " + i);
      };
      source.append("        DoubleVector a%d%s = TYPE.cast(DoubleVector.broadcast(SPECIES, a[%s]));%n".formatted(i, turn, element));
      for (int v = 0; v < vectors; v++) {
        source.append("        c%dv%d = a%d%s.lanewise(FMA, b%d%s, c%dv%d);%n".formatted(i, v, i, turn, v, turn, i, v));
      }
    }
  }

  /// Not `if (add)`: C2 moves a test that no tile changes before the loop, as a predicate, and once one has failed compiles the
  /// method without any predicates, that is with range checks in peeled iterations: 0.8 × at n = 512, where the first block of k
  /// is not added and the second is.
  private void start(int rows, int vectors, boolean alone) {
    for (int i = 0; i < rows; i++) {
      source.append("      DoubleVector ");
      for (int v = 0; v < vectors; v++) {
        source.append("%sc%dv%d = DoubleVector.zero(SPECIES)".formatted(v == 0 ? "" : ", ", i, v));
      }
      source.append(";\n");
    }
    source.append(alone ? "      int to = ct;\n      if (add) {\n"
        : "      int to = ct + t * %d * cs;%n      if (t < added) {%n".formatted(rows));
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < vectors; v++) {
        source.append("        c%dv%d = DoubleVector.fromArray(SPECIES, c, %s%s);%n".formatted(i, v, row(i), offset(v, vectors, "last")));
      }
    }
    source.append("      }\n");
  }

  private void store(int rows, int vectors) {
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < vectors; v++) {
        source.append("      TYPE.cast(c%dv%d).intoArray(c, %s%s);%n".formatted(i, v, row(i), offset(v, vectors, "last")));
      }
    }
  }

  private static String row(int i) {
    return i == 0 ? "to" : "to + %d * cs".formatted(i);
  }

  /// Of a vector in its row; the last one's is a variable.
  private String offset(int vector, int vectors, String last) {
    return vector == 0 ? "" : vector == vectors - 1 ? " + " + last : " + " + vector * lanes;
  }
}
