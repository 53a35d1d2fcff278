import java.util.List;

/// Writes `DoubleMicroKernels`, which calls the [micro-kernel][MicroKernels] for a tile's width: a method for each
/// family of tiles.
final class MicroKernelChoice extends Source {

  private static final String NOTICE = Output.GENERATED + "MicroKernelChoice.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(Rooms.LANES + ".DoubleLanes");

  static void generate(Output output) {
    for (Precision precision : Precision.values()) {
      MicroKernelChoice choice = new MicroKernelChoice();
      choice.write();
      choice.closeIn(precision, output);
    }
  }

  private MicroKernelChoice() {
    super(NOTICE, Rooms.GEMM, "DoubleMicroKernels", IMPORTS);
  }

  private void write() {
    add("""
        /// The micro-kernels of the widest vectors that a tile's width fills; 32 registers serve those of full width.
        final class DoubleMicroKernels {

          private DoubleMicroKernels() {}
        """);
    for (TileFamily family : TileFamily.values()) {
      choice(family);
    }
  }

  private void choice(TileFamily family) {
    String parameters = "int tiles, int rows, int width, " + family.parameters();
    String call = "DoubleMicroKernel%dx%d." + family.prefix + "(" + arguments(parameters) + ");";
    add("\n/// " + family.operands);
    add("static void %s(%s) {", family.prefix, parameters);
    boolean isWhole = family == TileFamily.TAPS;
    add("switch (DoubleLanes.%s * Double.SIZE) {", isWhole ? "LENGTH" : "filledBy(width)");
    add("case 512 -> " + call, 512, 32);
    for (int bits : List.of(256, 128)) {
      add(bits == 128 ? "default -> {" : "case %d -> {", bits);
      add("if (DoubleTiling.OF_MANY == %d) {", bits);
      add(call, bits, 32);
      add("} else {");
      add(call, bits, 16);
      add("}");
      add("}");
    }
    add("}");
    add("}");
  }
}
