import java.util.List;
import java.util.Locale;

/// Writes the operations of `Arithmetic` on two arrays, on the Vector API and in plain Java, from one formula for each.
///
/// The classes are `DoubleVectorArithmetic` and `DoublePortableArithmetic`, and their `Float*` twins.
final class ArithmeticLoops {

  /// The operations' methods. Numbers of the arrays x, y and z are `xi`, `yi` and `zi`.
  private static final List<Operation> OPERATIONS = List.of(
      new Operation("sum", "xi.add(yi)", "xi + yi"),
      new Operation("difference", "xi.sub(yi)", "xi - yi"),
      new Operation("product", "xi.mul(yi)", "xi * yi"),
      new Operation("quotient", "xi.div(yi)", "xi / yi"),
      new Operation("addProduct", "zi.add(xi.mul(yi))", "zi + xi * yi"),
      new Operation("subtractProduct", "zi.sub(xi.mul(yi))", "zi - xi * yi"),
      new Operation("maximum", "xi.max(yi)", "Math.max(xi, yi)"),
      new Operation("minimum", "xi.min(yi)", "Math.min(xi, yi)"));

  private static final String NOTICE = Output.GENERATED + "ArithmeticLoops.java: edit that file, not this one.";
  private static final List<String> IMPORTS = List.of(
      "static " + Rooms.LANES + ".DoubleLanes.LENGTH",
      "static " + Rooms.LANES + ".DoubleLanes.SPECIES",
      "static " + Rooms.LANES + ".DoubleLanes.TYPE",
      Rooms.LANES + ".DoubleTail",
      "jdk.incubator.vector.DoubleVector",
      "jdk.incubator.vector.VectorMask");
  private static final String OPERANDS = "int n, double[] x, int xo, double[] y, int yo, double[] z, int zo";

  /// @param onVectors the result as an expression of vectors
  /// @param onNumbers the result as an expression of numbers
  private record Operation(String method, String onVectors, String onNumbers) {

    /// The name of the operation's constant in `Arithmetic`.
    String constant() {
      return method.replaceAll("[A-Z]", "_$0").toUpperCase(Locale.ROOT);
    }
  }

  private ArithmeticLoops() {}

  static void generate(Output output) {
    for (Precision precision : Precision.values()) {
      vectors().closeIn(precision, output);
      numbers().closeIn(precision, output);
    }
  }

  private static Source vectors() {
    Source source = opened("DoubleVectorArithmetic", """
        /// Arithmetic over arrays on the Vector API, for at least a vector of numbers. Bits are those of
        /// [DoublePortableArithmetic].
        ///
        /// C2 does not vectorize the plain loops: with an offset into each array it cannot tell whether the array it \
        writes is
        /// one that it reads.
        """);
    for (Operation operation : OPERATIONS) {
      source.add("\nprivate static void %s(%s) {", operation.method, OPERANDS);
      String loop = "for (int i : vectors(n)) {\n";
      for (String array : List.of("x", "y", "z")) {
        if (operation.onVectors.contains(array + "i")) {
          String load = Source.cast(Source.load(array, array + "o + i"));
          loop += "  DoubleVector %si = %s;\n".formatted(array, load);
        }
      }
      source.add(TailedLoops.spelledOut(loop + "  %s.intoArray(z, zo + i);\n}\n".formatted(operation.onVectors)));
      source.add("}");
    }
    return source;
  }

  private static Source numbers() {
    Source source = opened("DoublePortableArithmetic", "/// Arithmetic over arrays in plain Java.");
    for (Operation operation : OPERATIONS) {
      source.add("\nprivate static void %s(%s) {", operation.method, OPERANDS);
      source.add("for (int i = 0; i < n; i++) {");
      source.add("z[zo + i] = %s;", operation.onNumbers.replaceAll("\\b([xyz])i\\b", "$1[$1o + i]"));
      source.add("}");
      source.add("}");
    }
    return source;
  }

  /// A class that begins with the choice of the operation.
  private static Source opened(String className, String remark) {
    Source source = new Source(NOTICE, Rooms.KERNEL + ".arithmetic", className, IMPORTS);
    source.add(remark);
    source.add("""
        final class %1$s {

          private %1$s() {}

          static void apply(Arithmetic operation, %2$s) {
            switch (operation) {
        """, className, OPERANDS);
    for (Operation operation : OPERATIONS) {
      source.add("case %s -> %s(%s);", operation.constant(), operation.method, Source.arguments(OPERANDS));
    }
    source.add("}");
    source.add("}");
    return source;
  }
}
