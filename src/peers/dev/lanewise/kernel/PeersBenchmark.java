package dev.lanewise.kernel;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;

/// This library beside its rivals: an invocation is a round in which each has a turn, and lasts longer than an
/// iteration, so that each iteration is one round.
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 0)
@Measurement(iterations = 15, time = 1, timeUnit = MILLISECONDS)
public abstract class PeersBenchmark extends TimedBenchmark {

  /// The time of a contestant that takes no part.
  static final double ABSENT = -1;

  /// Prints a line that the report shows among the facts about the machine.
  static void report(String name, String fact) {
    System.out.println("[machine] " + name + ": " + fact);
  }
}
