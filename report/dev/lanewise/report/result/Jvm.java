package dev.lanewise.report.result;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A fork's virtual machine, by the options that affect times: the layout of its heap, which decides where arrays lie,
/// and the width of the kernels' vectors. All suites run on [#MAIN]; the claim, and the calls that predict it, run on
/// the others as well.
public enum Jvm {
  /// The users' default: the virtual machine chooses the size of a region.
  G1("G1", 0, "-XX:+UseG1GC"),
  SERIAL("serial collector", 0, "-XX:+UseSerialGC"),
  /// G1 with headers of eight bytes: arrays begin elsewhere.
  COMPACT("compact object headers", 0, "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders"),
  /// Kernels with vectors of at most 256 bit.
  BITS_256("vectors of 256 bit", 256, "-XX:+UseG1GC", "-Dlanewise.lanes=8"),
  BITS_128("vectors of 128 bit", 128, "-XX:+UseG1GC", "-Dlanewise.lanes=4");

  /// The virtual machine of all figures that name none.
  public static final Jvm MAIN = G1;

  public final String title;

  /// The options of a fork.
  public final List<String> arguments;

  private final int bits;

  /// @param bits the width of the vectors; 0 for the width that the machine prefers
  Jvm(String title, int bits, String... arguments) {
    this.title = title;
    this.bits = bits;
    this.arguments = List.of(arguments);
  }

  /// The virtual machine with a fork's arguments; the serial collector if they name none.
  public static Jvm of(Collection<String> arguments) {
    return Stream.of(COMPACT, BITS_256, BITS_128, G1).filter(jvm -> arguments.containsAll(jvm.arguments)).findFirst()
        .orElse(SERIAL);
  }

  /// Whether an option limits the width of vectors.
  public boolean isNarrowed() {
    return bits > 0;
  }

  /// Whether this machine can run it: not if its own vectors are no wider than the limit.
  public boolean isHere() {
    return !isNarrowed() || bits < Machine.vectorBits();
  }

  /// The key in `summary.json`: `bits256`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
