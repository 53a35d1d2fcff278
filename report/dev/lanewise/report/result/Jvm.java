package dev.lanewise.report.result;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How a fork's virtual machine lays its heap out, which decides where arrays lie: all suites run on [#MAIN], the claim
/// on the others as well.
public enum Jvm {
  /// As users have it: the machine chooses how large a region is.
  G1("G1", "-XX:+UseG1GC"),
  SERIAL("serial collector", "-XX:+UseSerialGC"),
  /// G1 with headers of eight bytes: arrays begin elsewhere.
  COMPACT("compact object headers", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders");

  /// What the figures without a word on the virtual machine are of.
  public static final Jvm MAIN = G1;

  /// For people.
  public final String title;

  /// What a fork is started with.
  public final List<String> arguments;

  Jvm(String title, String... arguments) {
    this.title = title;
    this.arguments = List.of(arguments);
  }

  /// By a fork's arguments; the serial collector where they say nothing.
  public static Jvm of(Collection<String> arguments) {
    return arguments.containsAll(COMPACT.arguments) ? COMPACT : arguments.containsAll(G1.arguments) ? G1 : SERIAL;
  }

  /// For `summary.json`.
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
