package dev.lanewise.report.result;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a fork's virtual machine is told that moves times: how it lays its heap out, which decides where arrays lie,
/// and how wide the kernels' vectors are. All suites run on [#MAIN], the claim and what it is predicted from on the
/// others as well.
public enum Jvm {
  /// As users have it: the machine chooses how large a region is.
  G1("G1", 0, "-XX:+UseG1GC"),
  SERIAL("serial collector", 0, "-XX:+UseSerialGC"),
  /// G1 with headers of eight bytes: arrays begin elsewhere.
  COMPACT("compact object headers", 0, "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders"),
  /// Kernels that take no wider vectors.
  BITS_256("vectors of 256 bit", 256, "-XX:+UseG1GC", "-Dlanewise.lanes=8"),
  BITS_128("vectors of 128 bit", 128, "-XX:+UseG1GC", "-Dlanewise.lanes=4");

  /// What the figures without a word on the virtual machine are of.
  public static final Jvm MAIN = G1;

  public final String title;

  /// What a fork is started with.
  public final List<String> arguments;

  private final int bits;

  /// @param bits of the vectors, 0 for the widest that the machine prefers
  Jvm(String title, int bits, String... arguments) {
    this.title = title;
    this.bits = bits;
    this.arguments = List.of(arguments);
  }

  /// By a fork's arguments; the serial collector where they say nothing.
  public static Jvm of(Collection<String> arguments) {
    return Stream.of(COMPACT, BITS_256, BITS_128, G1).filter(jvm -> arguments.containsAll(jvm.arguments)).findFirst()
        .orElse(SERIAL);
  }

  /// Whether it is told how wide vectors may be.
  public boolean isNarrowed() {
    return bits > 0;
  }

  /// Whether this machine has such a one: not where it has no wider vectors than it would be told to take.
  public boolean isHere() {
    return !isNarrowed() || bits < Machine.vectorBits();
  }

  /// For `summary.json`: `bits256`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }
}
