package dev.lanewise.train;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Measures how long a training takes, without its pauses.
final class EpochClock {

  private final LongSupplier nanoTime;
  private boolean running;
  private boolean begun;
  private long since;
  private long before;
  private double epochsBefore;

  EpochClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Starts the clock if it is paused, with `epoch` epochs done.
  void run(double epoch) {
    if (!running) {
      running = true;
      since = nanoTime.getAsLong();
      epochsBefore = begun ? epochsBefore : epoch;
      begun = true;
    }
  }

  void pause() {
    before = nanos();
    running = false;
  }

  void reset() {
    before = 0;
    running = false;
    begun = false;
  }

  private long nanos() {
    return running ? before + nanoTime.getAsLong() - since : before;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos());
  }

  /// The time until `epochs` are done, at the pace since the clock began; none before any progress.
  ///
  /// @param epoch epochs done, with a fraction for the current one
  Optional<Duration> left(double epoch, long epochs) {
    if (epoch >= epochs) {
      return Optional.of(Duration.ZERO);
    }
    double done = begun ? epoch - epochsBefore : 0;
    return done > 0 ? Optional.of(Duration.ofNanos((long) (nanos() / done * (epochs - epoch)))) : Optional.empty();
  }
}
