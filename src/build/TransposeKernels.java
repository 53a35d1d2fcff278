import java.util.List;

/// Writes the transposition of a block of lanes × lanes, in registers: log₂(lanes) rounds of exchanges between rows a
/// power of two apart.
///
/// One class for each precision, `DoubleTransposeKernel` and `FloatTransposeKernel`. They are generated because every
/// row must be a local variable, as in `MicroKernels`.
final class TransposeKernels extends Source {

  private static final String NOTICE = Output.GENERATED + "TransposeKernels.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(
      Rooms.LANES + ".DoubleButterfly",
      "jdk.incubator.vector.DoubleVector");

  /// The registers of each width.
  private final List<Registers> widths;

  static void generate(Output output) {
    for (Precision precision : Precision.values()) {
      TransposeKernels kernel = new TransposeKernels(precision);
      kernel.write();
      kernel.closeIn(precision, output);
    }
  }

  private TransposeKernels(Precision precision) {
    super(NOTICE, Rooms.GEMM, "DoubleTransposeKernel", IMPORTS);
    this.widths = Registers.ofEachWidth().stream().filter(registers -> registers.precision() == precision).toList();
  }

  private void write() {
    add("""
        /// `to[t + p·ts + i]` = `from[f + i·fs + p]` for i and p up to `lanes`.
        final class DoubleTransposeKernel {

          // C2 inlines `intoArray` before it knows what an exchange returns, and then goes by the class most often \
        seen there,
          // in any method: where that was another width's, every vector stored was boxed, for good. \
        The casts name the class.
        """);
    for (Registers registers : widths) {
      add("""
          private static final Class<? extends DoubleVector> W%1$d =
              DoubleVector.SPECIES_%1$d.vectorType().asSubclass(DoubleVector.class);
          """, registers.bits());
    }
    add("""

        private DoubleTransposeKernel() {}

        /// One whole block. Without masks: 16 masked loads and stores are more than C2 inlines in one method, \
        and what is not
        /// inlined is boxed.
        static void block(int lanes, double[] from, int f, int fs, double[] to, int t, int ts) {
          switch (lanes) {
        """);
    for (Registers registers : widths) {
      add("case %1$d -> blockOf%1$d(from, f, fs, to, t, ts);", registers.lanes());
    }
    add("default -> throw new AssertionError(lanes);");
    add("}");
    add("}");
    widths.forEach(this::block);
  }

  private void block(Registers registers) {
    int lanes = registers.lanes();
    int bits = registers.bits();
    add("\nprivate static void blockOf%d(double[] from, int f, int fs, double[] to, int t, int ts) {", lanes);
    if (registers.arePairs()) {
      numbers();
    } else {
      for (int i = 0; i < lanes; i++) {
        add("DoubleVector r%1$d = DoubleVector.fromArray(DoubleVector.SPECIES_%2$d, from, f + %1$d * fs);", i, bits);
      }
      int round = 0;
      for (int distance = 1; distance < lanes; distance *= 2) {
        exchange(registers, distance, name(round++), name(round));
      }
      for (int p = 0; p < lanes; p++) {
        add("W%1$d.cast(%2$s%3$d).intoArray(to, t + %3$d * ts);", bits, name(round), p);
      }
    }
    add("}");
  }

  /// A round: rows with and without the bit of `distance` exchange half their lanes.
  private void exchange(Registers registers, int distance, String before, String after) {
    String swap = "DoubleButterfly.W%d.SWAP%d".formatted(registers.bits(), distance);
    String odd = "DoubleButterfly.W%d.ODD%d".formatted(registers.bits(), distance);
    for (int i = 0; i < registers.lanes(); i++) {
      String low = before + (i & ~distance);
      String high = before + (i | distance);
      add("DoubleVector %s%d = %s;", after, i, (i & distance) == 0
          ? "%s.blend(%s.rearrange(%s), %s)".formatted(low, high, swap, odd)
          : "%s.rearrange(%s).blend(%s, %s)".formatted(low, swap, high, odd));
    }
  }

  private void numbers() {
    for (int p = 0; p < 2; p++) {
      for (int i = 0; i < 2; i++) {
        add("to[t + %1$d * ts + %2$d] = from[f + %2$d * fs + %1$d];", p, i);
      }
    }
  }

  private static String name(int round) {
    return String.valueOf("rstuvw".charAt(round));
  }
}
