/// The packages that generated classes stand in and import from. A class of the same package is never imported.
final class Rooms {

  /// Species, tails, butterflies.
  static final String LANES = "dev.lanewise.kernel";
  /// Formulas of functions, number by number, and the order of sums.
  static final String MATH = "dev.lanewise.kernel";
  /// Loops of functions over arrays.
  static final String ELEMENTWISE = "dev.lanewise.kernel";
  /// Products of matrices, and what moves their operands.
  static final String GEMM = "dev.lanewise.kernel";
  /// Passes over rows.
  static final String PASSES = "dev.lanewise.kernel";

  private Rooms() {}
}
