package dev.lanewise.kernel.gemm;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A caller and some helpers on the caller's executor, who share the parts of a piece of work.
///
/// Whoever is free takes the next part, the caller included. So the caller never waits for a helper that has not
/// started, only for parts in progress. On a busy executor it does everything itself, and many callers on one executor
/// use no more threads than they and the executor have. An executor that refuses a helper counts as busy; so does one
/// that fails, e.g. as it cannot start a thread, and the log says so. Whatever fails, a call ends when no part is in
/// progress and none is left: no helper touches what belongs to a call that has ended.
///
/// No thread is started here, and helpers run on the executor's threads only. A helper that starts late finds nothing
/// to do, or helps with the next call. One that has finished looks out for the next call for [#LOOKOUT_NANOS] before it
/// goes back to the executor: at n = 256 in float two threads that had to be woken were no faster than one. It does not
/// do so on the caller's own thread, where an executor may run it. One team serves one caller at a time.
public final class Team {

  /// Work in parts, which may run at the same time, in any order.
  interface Work {
    /// @param part the part to do
    /// @param member who does it, 0 to [Team#size()] − 1, each of them one part at a time: for scratch memory
    void part(int part, int member);
  }

  private static final long LOOKOUT_NANOS = 50_000;
  private static final System.Logger LOG = System.getLogger("dev.lanewise");

  private final Executor executor;
  private final Member[] helpers;
  /// The number of parts in the high half, the next one to take in the low half. They share one number so that a late
  /// helper cannot take a part of a call whose arguments are still being written.
  private final AtomicLong tickets = new AtomicLong();
  private final AtomicInteger pending = new AtomicInteger();
  /// The first exception of a helper's part, with the others as suppressed.
  private volatile Throwable failure;
  private Work work;
  private Thread caller;
  private boolean told;

  /// @param executor runs the helpers
  /// @param size the threads at work at once, the caller included
  public Team(Executor executor, int size) {
    this.executor = executor;
    this.helpers = new Member[size - 1];
    for (int helper = 0; helper < helpers.length; helper++) {
      helpers[helper] = new Member(helper + 1);
    }
  }

  int size() {
    return helpers.length + 1;
  }

  /// Does all parts, and returns when the last one is done, even if some have thrown. Then it throws the exception of
  /// the caller's own part or, failing that, a helper's.
  void run(int parts, Work work) {
    this.work = work;
    caller = Thread.currentThread();
    failure = null;
    pending.set(parts);
    tickets.set((long) parts << Integer.SIZE);
    Throwable thrown = null;
    try {
      for (int helper = 0; helper < Math.min(helpers.length, parts - 1); helper++) {
        helpers[helper].call();
      }
      thrown = takeParts(0);
    } finally {
      drain();
    }
    thrown = both(thrown, failure);
    if (thrown != null) {
      throw Team.<RuntimeException>unchecked(thrown);
    }
  }

  /// Takes all remaining parts away, and waits for those in progress.
  private void drain() {
    long ticket = tickets.getAndSet(0);
    int notTaken = (int) (ticket >>> Integer.SIZE) - (int) ticket;
    if (notTaken > 0) {
      pending.addAndGet(-notTaken);
    }
    while (pending.get() > 0) {
      Thread.onSpinWait();
    }
    work = null;
  }

  /// The first of the two unless it is null, with the second as suppressed.
  private static Throwable both(Throwable first, Throwable second) {
    if (first == null) {
      return second;
    }
    if (second != null && second != first) {
      first.addSuppressed(second);
    }
    return first;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private boolean hasParts() {
    long ticket = tickets.get();
    return (int) ticket < ticket >>> Integer.SIZE;
  }

  /// Returns whatever a part has thrown. A part that runs out of memory or stack must be counted like all others.
  private Throwable takeParts(int member) {
    Throwable thrown = null;
    for (long ticket = tickets.getAndIncrement(); (
        int) ticket < ticket >>> Integer.SIZE; ticket = tickets.getAndIncrement()) {
      try {
        work.part((int) ticket, member);
      } catch (Throwable failed) {
        if (member == 0) {
          thrown = both(thrown, failed);
        } else {
          keep(failed);
        }
      } finally {
        pending.decrementAndGet();
      }
    }
    return thrown;
  }

  private void tellOnce(Throwable failed) {
    if (!told) {
      told = true;
      LOG.log(System.Logger.Level.WARNING,
          "Lanewise does without the helpers that an executor failed to run: " + failed);
    }
  }

  private synchronized void keep(Throwable failed) {
    failure = both(failure, failed);
  }

  /// A helper. It is in the executor's queue at most once, unless the executor failed after queueing it, and at work
  /// only once at a time, since it has only one scratch memory.
  private final class Member implements Runnable {

    private final int number;
    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicBoolean working = new AtomicBoolean();

    Member(int number) {
      this.number = number;
    }

    void call() {
      if (called.compareAndSet(false, true)) {
        try {
          executor.execute(this);
        } catch (RejectedExecutionException busy) {
          called.set(false);
        } catch (Throwable failed) {
          called.set(false);
          tellOnce(failed);
        }
      }
    }

    private void lookOut() {
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < LOOKOUT_NANOS) {
        if (hasParts()) {
          takeParts(number);
          begin = System.nanoTime();
        }
        Thread.onSpinWait();
      }
    }

    @Override
    public void run() {
      if (!working.compareAndSet(false, true)) {
        return;
      }
      try {
        takeParts(number);
        if (Thread.currentThread() != caller) {
          lookOut();
        }
      } finally {
        // In this order: a member called while another one of the same number is at work relies on that one being
        // called again.
        working.set(false);
        called.set(false);
      }
    }
  }
}
