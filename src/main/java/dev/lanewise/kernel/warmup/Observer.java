package dev.lanewise.kernel.warmup;

import java.lang.management.ManagementFactory;

/// Tells whether vector code is compiled, by the objects that a call leaves: in uncompiled code each vector is an
/// object, in compiled code none is.
///
/// Where the virtual machine does not count a thread's bytes, time decides: an uncompiled call takes some fifty times
/// as long as in plain Java.
abstract class Observer {

  /// Uncompiled code is always slower than plain Java by more than this factor, compiled code never.
  private static final int SLOWER = 4;
  private static final int ROUNDS = 3;

  /// Whether a call of each kind runs in compiled code.
  abstract boolean isCompiled(Exercise exercise);

  /// All bytes that this thread has allocated, or 0 if they are not counted.
  abstract long bytes();

  /// The observer of bytes if they are counted, else the one of time.
  static Observer best() {
    try {
      return new OfBytes();
    } catch (LinkageError | UnsupportedOperationException _) {
      return new OfTime();
    }
  }

  /// Observes the bytes that calls allocate.
  static final class OfBytes extends Observer {

    private final com.sun.management.ThreadMXBean bean;

    OfBytes() {
      if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean counting)
          || !counting.isThreadAllocatedMemorySupported() || !counting.isThreadAllocatedMemoryEnabled()) {
        throw new UnsupportedOperationException("bytes of a thread are not counted");
      }
      bean = counting;
    }

    @Override
    boolean isCompiled(Exercise exercise) {
      for (int variant = 0; variant < exercise.variants(); variant++) {
        exercise.full(variant); // memory that is kept is made here
        long before = bytes();
        exercise.full(variant);
        if (bytes() != before) {
          return false;
        }
      }
      return true;
    }

    @Override
    long bytes() {
      return bean.getCurrentThreadAllocatedBytes();
    }
  }

  /// Compares times with plain Java.
  static final class OfTime extends Observer {

    @Override
    boolean isCompiled(Exercise exercise) {
      for (int variant = 0; variant < exercise.variants(); variant++) {
        long vectors = Long.MAX_VALUE;
        long plain = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
          long begin = System.nanoTime();
          exercise.full(variant);
          long middle = System.nanoTime();
          exercise.plain(variant);
          vectors = Math.min(vectors, middle - begin);
          plain = Math.min(plain, System.nanoTime() - middle);
        }
        if (vectors > SLOWER * Math.max(plain, 1_000)) {
          return false;
        }
      }
      return true;
    }

    @Override
    long bytes() {
      return 0;
    }
  }
}
