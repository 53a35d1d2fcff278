package dev.lanewise.kernel;

import java.util.function.LongSupplier;

/// A contestant's turns: in each round it works for about the same time.
final class Turn {

  private static final double SLICE_NANOS = 1.5e6;

  /// Calls at least this long do not profit from cached operands, and few of them can be afforded.
  private static final double LONG_NANOS = 20e6;
  private static final double ENDLESS_NANOS = 3e9;

  /// Of these two, what is reached first.
  private static final int LEAST_CALLS = 1000;
  private static final double LEAST_NANOS = 250e6;

  /// A contestant that has used this much time sits out further rounds, after at least one: large work would otherwise
  /// take minutes.
  private static final double MOST_NANOS = 1.5e9;

  private final Runnable work;
  private final LongSupplier clock;
  private final int calls;
  private final boolean isLong;
  private double mostNanos = MOST_NANOS;
  private double spent;

  /// Works, checks the result, and works until the code is compiled, unless a call takes seconds.
  Turn(Runnable work, Runnable check) {
    this(work, check, System::nanoTime);
  }

  /// @param clock in nanoseconds
  Turn(Runnable work, Runnable check, LongSupplier clock) {
    this.work = work;
    this.clock = clock;
    double once = time(1);
    check.run();
    if (once < ENDLESS_NANOS) {
      warmUp();
      once = time(1);
      once = time(calls(once));
    }
    calls = calls(once);
    isLong = once > LONG_NANOS;
  }

  /// Small work calls its kernels so seldom that a quiet compiler may only mean that the counters have not reached
  /// their thresholds.
  private void warmUp() {
    long begin = clock.getAsLong();
    for (int call = 0; call < LEAST_CALLS && clock.getAsLong() - begin < LEAST_NANOS; call++) {
      work.run();
    }
    SteadyState.reach(work);
  }

  /// The same turn, but without sitting out any round, because a figure would be missing without it.
  Turn inEveryRound() {
    mostNanos = Double.POSITIVE_INFINITY;
    return this;
  }

  private static int calls(double nanos) {
    return Math.max(1, (int) Math.round(SLICE_NANOS / nanos));
  }

  boolean isLong() {
    return isLong;
  }

  /// Resets the time used, so that warm-up does not count against a contestant's limit.
  void beginRounds() {
    spent = 0;
  }

  /// Nanoseconds of one call, 0 for a turn that is sat out.
  double take() {
    if (spent > mostNanos) {
      return 0;
    }
    if (!isLong) {
      // Untimed: reloads operands that the others' turns have evicted from the caches, and wakes threads.
      work.run();
    }
    double nanos = time(calls);
    spent += nanos * calls;
    return nanos;
  }

  private double time(int times) {
    long begin = clock.getAsLong();
    for (int call = 0; call < times; call++) {
      work.run();
    }
    return (double) (clock.getAsLong() - begin) / times;
  }
}
