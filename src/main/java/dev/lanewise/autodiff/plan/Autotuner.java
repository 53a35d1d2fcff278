package dev.lanewise.autodiff.plan;

import dev.lanewise.Lanewise;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.DoubleStream;

/// Finds the fastest of several calls that compute the same, by the clock, within a budget.
///
/// First all are called until their kernels compute by vectors, since only that code will run later. Then they take
/// turns in a rotating order. A turn's first call is not timed, as it refills the caches. The shortest turn of each
/// call counts, since disturbances and uncompiled code around the kernels only add time. Timing ends when no turn has
/// become shorter for as long as it took to get there, unless a kernel's code was discarded meanwhile, or further turns
/// are much shorter.
public final class Autotuner {

  /// Waits until the calls' kernels are compiled.
  @FunctionalInterface
  interface WarmUp {
    /// @return whether it is
    boolean reach(Runnable calls, Duration most) throws InterruptedException;
  }

  /// The result.
  ///
  /// @param fastest which call; the first one if none was timed
  /// @param nanos the time of each call, empty if none was timed
  /// @param why an explanation for people: what was timed, or why nothing was
  public record Outcome(int fastest, List<Double> nanos, String why) {}

  /// The part of the budget that may be spent waiting for the kernels.
  private static final double FOR_WARM_UP = 0.75;
  private static final double TURN_NANOS = 5e5;
  private static final int MOST_CALLS = 1 << 20;
  private static final int LEAST_ROUNDS = 3;
  /// Code around the kernels is compiled after some ten thousand calls.
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  /// How long to check whether kernels are still compiled.
  private static final double LOOK_NANOS = 5e7;
  /// The ratio of turns below which one counts as shorter, and as much shorter.
  private static final double SHORTER = 0.99;
  private static final double MUCH_SHORTER = 0.9;

  private final Duration budget;
  private final long budgetNanos;
  private final LongSupplier clock;
  private final WarmUp warmUp;
  private long begin;

  /// An autotuner that takes `budget` at most.
  public Autotuner(Duration budget) {
    this(budget, System::nanoTime, (calls, most) -> Lanewise.warmUp(calls, most).isComplete());
  }

  Autotuner(Duration budget, LongSupplier clock, WarmUp warmUp) {
    this.budget = budget;
    this.budgetNanos = TimeUnit.NANOSECONDS.convert(budget);
    this.clock = clock;
    this.warmUp = warmUp;
  }

  /// Times the calls, on this thread.
  ///
  /// @param predictedNanos the predicted time of one of them
  public Outcome fastest(List<Runnable> calls, double predictedNanos) {
    begin = clock.getAsLong();
    if (calls.size() < 2) {
      return none("there is no other order");
    }
    if (calls.size() * predictedNanos > budgetNanos) {
      return none(calls.size() + " orders take longer than " + budget.toMillis() + " ms");
    }
    try {
      return isWarm(calls) ? new Turns(calls).outcome() : none("the kernels were not compiled within "
          + (long) (FOR_WARM_UP * budget.toMillis()) + " of " + budget.toMillis() + " ms");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return none("this thread was interrupted");
    }
  }

  /// Whether the compiler came to rest. Where kernels compute by vectors from the first call on, a wait that used up
  /// its time did not see it rest.
  private boolean isWarm(List<Runnable> calls) throws InterruptedException {
    long most = (long) (FOR_WARM_UP * budgetNanos);
    return reach(calls, Duration.ofNanos(most)) && clock.getAsLong() - begin < most;
  }

  private boolean reach(List<Runnable> calls, Duration most) throws InterruptedException {
    return warmUp.reach(() -> calls.forEach(call -> {
      if (left() > 0) {
        call.run();
      }
    }), most);
  }

  private static Outcome none(String why) {
    return new Outcome(0, List.of(), "not timed: " + why);
  }

  private double left() {
    return budgetNanos - (double) (clock.getAsLong() - begin);
  }

  private final class Turns {

    private final List<Runnable> calls;
    private final double[] shortest;
    private final boolean isCompiled;
    private int rounds;

    Turns(List<Runnable> calls) throws InterruptedException {
      this.calls = calls;
      this.shortest = new double[calls.size()];
      Arrays.fill(shortest, Double.POSITIVE_INFINITY);
      boolean isStable = false;
      boolean areCompiled = true;
      while (!isStable && expected() < left()) {
        settle();
        double[] before = shortest.clone();
        areCompiled = reach(calls, Duration.ofNanos((long) Math.min(LOOK_NANOS, Math.max(0, left()))));
        for (int more = 0; more < LEAST_ROUNDS && expected() < left(); more++) {
          round();
        }
        isStable = areCompiled;
        for (int at = 0; at < before.length; at++) {
          isStable &= shortest[at] > MUCH_SHORTER * before[at];
        }
      }
      this.isCompiled = areCompiled;
    }

    /// Rounds until no turn has become shorter for as long as it took to get there.
    private void settle() {
      long first = clock.getAsLong();
      long shorter = first;
      long now = first;
      while ((now - first < LEAST_NANOS || now - shorter <= shorter - first) && expected() < left()) {
        boolean isShorter = round();
        now = clock.getAsLong();
        shorter = isShorter ? now : shorter;
      }
    }

    /// The expected time of a round, by the shortest turns so far.
    private double expected() {
      return rounds == 0 ? 0 : DoubleStream.of(shortest).map(nanos -> nanos + Math.max(nanos, TURN_NANOS)).sum();
    }

    /// Whether a turn was shorter than all before.
    private boolean round() {
      boolean isShorter = false;
      for (int i = 0; i < shortest.length; i++) {
        int at = (rounds + i) % shortest.length;
        double nanos = turn(calls.get(at), (int) Math.clamp(TURN_NANOS / shortest[at], 1, MOST_CALLS));
        isShorter |= nanos < SHORTER * shortest[at];
        shortest[at] = Math.min(shortest[at], nanos);
      }
      rounds++;
      return isShorter;
    }

    private double turn(Runnable call, int times) {
      call.run();
      long begun = clock.getAsLong();
      for (int time = 0; time < times; time++) {
        call.run();
      }
      return Math.max(1.0, clock.getAsLong() - begun) / times;
    }

    Outcome outcome() {
      if (!isCompiled) {
        return none("kernels' code was thrown away meanwhile");
      }
      if (rounds < LEAST_ROUNDS) {
        return none(rounds + " rounds of turns fitted into " + budget.toMillis() + " ms, expected " + LEAST_ROUNDS);
      }
      int fastest = 0;
      for (int at = 1; at < shortest.length; at++) {
        fastest = shortest[at] < shortest[fastest] ? at : fastest;
      }
      return new Outcome(fastest, DoubleStream.of(shortest).boxed().toList(), String.format(Locale.ROOT,
          "the fastest of %d orders by the clock, in %d rounds within %d ms", shortest.length, rounds,
          TimeUnit.NANOSECONDS.toMillis(clock.getAsLong() - begin)));
    }
  }
}
