/// The packages that hold generated classes, or that these import from. A class never imports its own package.
final class Rooms {

  static final String KERNEL = "dev.lanewise.kernel";
  /// Species, tails, butterflies.
  static final String LANES = KERNEL + ".lanes";
  /// Functions, number by number and in loops over arrays, and the order of sums.
  static final String MATH = KERNEL + ".math";
  /// Powers, sine and cosine, and elementary functions by name.
  static final String ELEMENTARY = KERNEL + ".elementary";
  /// Products of matrices, and what moves their operands.
  static final String GEMM = KERNEL + ".gemm";
  /// Passes over rows.
  static final String PASSES = KERNEL + ".passes";

  private Rooms() {}
}
