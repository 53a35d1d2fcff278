package dev.lanewise.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// Warm-up by event instead of by clock: repeats the work until the JIT compiler has had next to nothing to do for a
/// while.
///
/// Uncompiled vector code runs a thousand times slower than compiled code, so a fixed warm-up long enough for each
/// shape would take longer than everything else. Forks run with `-Xbatch`: the work waits for its compilation, and a
/// busy machine cannot make the compiler look idle.
///
/// The compiler may also be quiet because counters have not reached their thresholds: C2 compiles a method after 5,000
/// calls, or 600 with 15,000 iterations of loops, and 600 uncompiled calls can take seconds. Allocation reveals that,
/// because each vector in uncompiled code is an object.
public final class SteadyState {

  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(75);
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long COMPILATION_MILLIS = 2;
  /// Whichever of these two is reached first.
  private static final int ENOUGH_RUNS = 2_000;
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(600);
  private static final long ENOUGH_NANOS_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);
  /// 50 MB/s: uncompiled kernels allocate more. Compiled code allocates as much only where a call is short, and then
  /// soon has had enough runs for C2.
  private static final long NANOS_A_BYTE = 20;
  private static final int COUNTED_RUNS = 8_000;

  private SteadyState() {}

  /// Repeats `work` until it is compiled.
  public static void reach(Runnable work) {
    reach(work, ENOUGH_NANOS);
  }

  /// Repeats `work`, most of whose code is known to be compiled, until all of it is.
  public static void reachAgain(Runnable work) {
    reach(work, ENOUGH_NANOS_AGAIN);
  }

  private static void reach(Runnable work, long enoughNanos) {
    var compiler = ManagementFactory.getCompilationMXBean();
    var thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    long begin = System.nanoTime();
    long since = begin;
    long compiled = compiler.getTotalCompilationTime();
    long allocated = thread.getCurrentThreadAllocatedBytes();
    int runs = 0;
    while (!isQuiet(System.nanoTime() - since, runs, thread.getCurrentThreadAllocatedBytes() - allocated,
        enoughNanos)) {
      work.run();
      runs++;
      long now = compiler.getTotalCompilationTime();
      if (now > compiled + COMPILATION_MILLIS) {
        compiled = now;
        since = System.nanoTime();
        allocated = thread.getCurrentThreadAllocatedBytes();
        runs = 0;
      }
      if (System.nanoTime() - begin > MOST_NANOS) {
        return;
      }
    }
  }

  private static boolean isQuiet(long nanos, int runs, long bytes, long enoughNanos) {
    boolean boxes = bytes * NANOS_A_BYTE > nanos;
    return nanos >= QUIET_NANOS && (boxes ? runs >= COUNTED_RUNS : runs >= ENOUGH_RUNS || nanos >= enoughNanos);
  }
}
