package dev.lanewise.kernel;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// Warm-up by event instead of by clock: repeats the work until the JIT compiler has had next to nothing to do for a while.
///
/// Vector code that is not yet compiled runs a thousand times slower than compiled, so a fixed warm-up that is long enough
/// for every shape would take longer than everything else. Forks run with `-Xbatch`: the work waits for its compilation,
/// and a busy machine cannot make the compiler look idle.
public final class SteadyState {

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(75);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long COMPILATION_MILLIS = 2;
  /// Of these two, what is reached first: slow work calls its methods so seldom that a quiet compiler may only mean one that
  /// has not counted far enough: C2 takes a method after some 15,000 calls and turns of loops, and a kernel for a whole row of
  /// small tiles counts few. With 200 runs, Jacobians of 1 µs were measured before that, at 90 µs.
  private static final int ENOUGH_RUNS = 2_000;
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

  private SteadyState() {}

  /// Repeats `work` until it is compiled.
  public static void reach(Runnable work) {
    var compiler = ManagementFactory.getCompilationMXBean();
    long begin = System.nanoTime();
    long since = begin;
    long compiled = compiler.getTotalCompilationTime();
    int runs = 0;
    while (!isQuiet(System.nanoTime() - since, runs)) {
      work.run();
      runs++;
      long now = compiler.getTotalCompilationTime();
      if (now > compiled + COMPILATION_MILLIS) {
        compiled = now;
        since = System.nanoTime();
        runs = 0;
      }
      if (System.nanoTime() - begin > MOST_NANOS) {
        return;
      }
    }
  }

  private static boolean isQuiet(long nanos, int runs) {
    return nanos >= QUIET_NANOS && (runs >= ENOUGH_RUNS || nanos >= ENOUGH_NANOS);
  }
}
