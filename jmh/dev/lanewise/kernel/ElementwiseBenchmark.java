package dev.lanewise.kernel;

import dev.lanewise.Precision;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// An elementwise function beside a plain copy of as many elements, its derivative in the same pass, and the JDK's
/// vector operation if there is one. All take turns within one invocation, because a shared machine changes its speed
/// within seconds.
///
/// 1,024 elements stay in the first-level cache, 65,536 in the second, 16,777,216 come from memory.
public class ElementwiseBenchmark extends TimedBenchmark {

  /// Nanoseconds spent on each contestant in all turns of an iteration, for equally many passes; 0 for one that does
  /// not exist.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double copy;
    public double value;
    public double fused;
    public double jdk;
  }

  /// The approximate length of a turn.
  private static final double TURN_NANOS = 1e6;

  @Param({"EXP", "ERF", "RELU", "SIGMOID", "TANH", "GELU", "SOFTPLUS", "ELU", "SILU", "MISH"})
  public ElementwiseFunction function;

  @Param({"FLOAT", "DOUBLE"})
  public Precision precision;

  @Param({"1024", "65536", "16777216"})
  public int n;

  private Runnable copy;
  private Runnable value;
  private Runnable fused;
  private Runnable jdk;
  private int calls;
  private int turn;

  @Setup
  public void prepare() {
    if (n > ElementwisePasses.WARM_UP) {
      enter(ElementwisePasses.WARM_UP);
    }
    enter(n);
    calls = 1;
    Spent untold = new Spent();
    SteadyState.reach(() -> round(untold));
    calls = calls(calls(1));
  }

  private void enter(int size) {
    ElementwisePasses passes = new ElementwisePasses(function, precision, size);
    copy = passes.copy();
    value = passes.value();
    fused = passes.fused();
    jdk = passes.jdk();
    for (Runnable pass : new Runnable[] {value, fused, jdk}) {
      if (pass != null) {
        pass.run();
        passes.check("elementwise", passes::result);
        SteadyState.reach(pass);
      }
    }
    SteadyState.reach(copy);
  }

  /// The number of passes that fill a turn, from the time of `tried` passes.
  private int calls(int tried) {
    return Math.max(1, (int) (TURN_NANOS / nanos(value, tried) * tried));
  }

  @Benchmark
  public void round(Spent spent) {
    turn++;
    for (int i = 0; i < 4; i++) {
      switch (turn + i & 3) {
        case 0 -> spent.copy += nanos(copy, calls);
        case 1 -> spent.value += nanos(value, calls);
        case 2 -> spent.fused += nanos(fused, calls);
        default -> spent.jdk += nanos(jdk, calls);
      }
    }
  }

  /// The first pass is not timed: it reloads what the last contestant has evicted from the cache.
  private static double nanos(Runnable pass, int times) {
    if (pass == null) {
      return 0;
    }
    pass.run();
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      pass.run();
    }
    return System.nanoTime() - begin;
  }
}
