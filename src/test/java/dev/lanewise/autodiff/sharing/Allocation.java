package dev.lanewise.autodiff.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/// What a call allocates in its own thread.
public final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final boolean VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  private static final int CALLS = 8;

  private Allocation() {}

  /// From the second time on, nothing; on vectors, as soon as C2 has compiled the code.
  public static void assertAllocatesNothing(String what, Runnable once) {
    assertAllocatesNothing(what, () -> { }, once);
  }

  /// The same of what comes after something that may allocate.
  static void assertAllocatesNothing(String what, Runnable before, Runnable once) {
    before.run();
    once.run();
    long least = least(before, once);
    // C2 compiles beside this thread, in its own time: the deadline only ends a test that fails.
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (least > 0 && VECTORS && System.nanoTime() < deadline) {
      least = least(before, once);
    }
    assertEquals(0, least, what);
  }

  /// What a virtual machine allocates now and then for its own ends, when it gives up compiled code, is not there each
  /// time.
  private static long least(Runnable before, Runnable once) {
    long least = Long.MAX_VALUE;
    for (int call = 0; call < CALLS && least > 0; call++) {
      before.run();
      long start = THREADS.getCurrentThreadAllocatedBytes();
      once.run();
      long end = THREADS.getCurrentThreadAllocatedBytes();
      least = Math.min(least, end - start - overhead());
    }
    return least;
  }

  /// What asking costs.
  private static long overhead() {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
