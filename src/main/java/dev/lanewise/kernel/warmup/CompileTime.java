package dev.lanewise.kernel.warmup;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// Tells whether anything has been compiled since the last call; if not, no code has been thrown away for some time.
final class CompileTime {

  private static final long CALM = TimeUnit.MILLISECONDS.toNanos(200);

  private final Bean bean = bean();
  private long last;

  boolean hasGrown() {
    if (bean == null) {
      return true;
    }
    long now = bean.total();
    boolean grown = now != last;
    last = now;
    return grown;
  }

  /// Null if the module `java.management` is missing, or times are not kept.
  private static Bean bean() {
    try {
      return new Bean();
    } catch (LinkageError | UnsupportedOperationException _) {
      return null;
    }
  }

  /// A separate class, because the module is loaded with it.
  private static final class Bean {

    private final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();

    Bean() {
      if (compilation == null || !compilation.isCompilationTimeMonitoringSupported()) {
        throw new UnsupportedOperationException("times of compilation are not kept");
      }
    }

    long total() {
      return compilation.getTotalCompilationTime();
    }
  }

  /// Repeats a call until no compiler has had anything to do for a while, or until the time `end` by
  /// [System#nanoTime()].
  ///
  /// @throws InterruptedException if this thread is interrupted meanwhile
  void callUntilCalm(Runnable call, long end) throws InterruptedException {
    long calm = System.nanoTime();
    for (long now = calm; now - calm < CALM && now - end < 0; now = System.nanoTime()) {
      call.run();
      if (hasGrown()) {
        calm = now;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }
}
