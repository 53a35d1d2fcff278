package dev.lanewise.kernel;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How every benchmark is timed: nanoseconds of an invocation, the mean over an iteration, one instance a thread.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
public abstract class TimedBenchmark {

  /// What a benchmark notes beside its time, one instance a thread.
  @State(Scope.Thread)
  public abstract static class Counters {}
}
