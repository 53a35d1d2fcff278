import java.util.List;
import java.util.stream.IntStream;

/// Writes the sums Σ x and Σ x·y of rows in the order of `DoubleSums`: four vectors of the widest kind are summed side
/// by side, and several narrower vectors take the place of each.
///
/// One class for each kind of registers, `DoubleSumKernel512` to `FloatSumKernel128`.
final class SumKernels extends Source {

  private static final String NOTICE = Output.GENERATED + "SumKernels.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(
      Rooms.LANES + ".DoubleButterfly",
      Rooms.MATH + ".DoubleSums",
      "jdk.incubator.vector.DoubleVector",
      "jdk.incubator.vector.VectorMask",
      "jdk.incubator.vector.VectorSpecies");

  private static final int SIDE_BY_SIDE = 4;

  private final Registers registers;
  private final int lanes;
  /// Vectors that take the place of one of the widest.
  private final int parts;
  private final int partial;

  static void generate(Output output) {
    for (Registers registers : Registers.ofEachWidth()) {
      SumKernels kernels = new SumKernels(registers);
      kernels.write();
      kernels.closeIn(registers.precision(), output);
    }
  }

  private SumKernels(Registers registers) {
    super(NOTICE, Rooms.PASSES, "DoubleSumKernel" + registers.bits(), IMPORTS);
    this.registers = registers;
    this.lanes = registers.lanes();
    this.parts = Registers.WIDEST / registers.bits();
    this.partial = lanes * parts;
  }

  private void write() {
    add("""
        /// Sums over rows of %d numbers or more, in the order of [DoubleSums]. `reduceLanes(ADD)` may order them \
        differently when
        /// interpreted and when compiled.
        """, partial);
    openFor(registers);
    add("""

        /// Σ x.
        static double sum(int n, double[] x, int xo) {
        """);
    body(false);
    add("""
        }

        /// Σ x·y.
        static double dot(int n, double[] x, int xo, double[] y, int yo) {
        """);
    body(true);
    add("}");
  }

  private void body(boolean dot) {
    for (int s = 0; s < SIDE_BY_SIDE; s++) {
      for (int h = 0; h < parts; h++) {
        add("DoubleVector %s = DoubleVector.zero(SPECIES);", sum(s, h));
      }
    }
    add("int i = 0;");
    add("for (; i <= n - %1$d; i += %1$d) {", SIDE_BY_SIDE * partial);
    for (int s = 0; s < SIDE_BY_SIDE; s++) {
      for (int h = 0; h < parts; h++) {
        add("%s = %s;", sum(s, h), added(dot, plus("i", s * partial + h * lanes), sum(s, h)));
      }
    }
    add("}");
    for (int h = 0; h < parts; h++) {
      add("%1$s = TYPE.cast(%1$s).add(%2$s).add(TYPE.cast(%3$s).add(%4$s));",
          sum(0, h), sum(1, h), sum(2, h), sum(3, h));
    }
    add("for (; i <= n - %1$d; i += %1$d) {", partial);
    for (int h = 0; h < parts; h++) {
      add("%s = %s;", sum(0, h), added(dot, plus("i", h * lanes), sum(0, h)));
    }
    add("}");
    add("int last = n - %d;", partial);
    if (registers.arePairs()) {
      endInNumbers(dot);
    } else {
      endInVectors(dot);
    }
  }

  private String sum(int side, int part) {
    return "s" + side + (parts == 1 ? "" : "h" + part);
  }

  /// The values added, or multiplied and added, to a sum.
  private static String added(boolean dot, String place, String sum) {
    String x = cast(load("x", "xo + " + place));
    return dot ? "%s.fma(%s, %s)".formatted(x, load("y", "yo + " + place), sum) : "%s.add(%s)".formatted(x, sum);
  }

  /// The last vectors, then the fold. The vectors are moved left until they end with the row, and only their lanes that
  /// are not summed yet count.
  private void endInVectors(boolean dot) {
    add("if (i < n) {");
    add("long rest = -1L << i - last;");
    for (int h = 0; h < parts; h++) {
      String shift = h == 0 ? "" : " >> " + h * lanes;
      add("%1$s = TYPE.cast(%1$s).blend(%2$s, VectorMask.fromLong(SPECIES, rest%3$s));",
          sum(0, h), added(dot, plus("last", h * lanes), sum(0, h)), shift);
    }
    add("}");
    for (int half = parts / 2; half > 0; half /= 2) {
      for (int h = 0; h < half; h++) {
        add("%1$s = TYPE.cast(%1$s).add(%2$s);", sum(0, h), sum(0, h + half));
      }
    }
    String sum = sum(0, 0);
    int bits = registers.bits();
    for (int distance = lanes / 2; distance > 1; distance /= 2) {
      add("%1$s = TYPE.cast(%1$s).add(%1$s.rearrange(DoubleButterfly.W%2$d.SWAP%3$d));", sum, bits, distance);
    }
    add("return TYPE.cast(%1$s).add(%1$s.rearrange(DoubleButterfly.W%2$d.SWAP1)).lane(0);", sum, bits);
  }

  private void endInNumbers(boolean dot) {
    for (int l = 0; l < partial; l++) {
      add("double t%d = %s.lane(%d);", l, sum(0, l / lanes), l % lanes);
      String x = "x[xo + last + %d]".formatted(l);
      String added = dot ? "Math.fma(%1$s, y[yo + last + %2$d], t%2$d)".formatted(x, l) : "t%d + %s".formatted(l, x);
      add("t%1$d = last + %1$d >= i ? %2$s : t%1$d;", l, added);
    }
    List<String> numbers = IntStream.range(0, partial).mapToObj(l -> "t" + l).toList();
    while (numbers.size() > 1) {
      numbers = folded(numbers);
    }
    add("return %s;", numbers.getFirst());
  }

  /// Adds each of the second half to its counterpart in the first.
  private static List<String> folded(List<String> numbers) {
    int half = numbers.size() / 2;
    return IntStream.range(0, half)
        .mapToObj(l -> "(%s + %s)".formatted(numbers.get(l), numbers.get(l + half)))
        .toList();
  }
}
