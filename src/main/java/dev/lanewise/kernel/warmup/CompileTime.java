package dev.lanewise.kernel.warmup;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/// Whether anything has been compiled since the last question: where nothing has, no code was thrown away for long.
final class CompileTime {

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

  /// Null where the module `java.management` is not there, or times are not kept.
  private static Bean bean() {
    try {
      return new Bean();
    } catch (LinkageError | UnsupportedOperationException _) {
      return null;
    }
  }

  /// Apart, because the module is loaded with it.
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
}
