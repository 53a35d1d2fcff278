package dev.lanewise.train;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// How long a training takes. It stands still while nothing is trained.
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

  /// Runs, if it does not, with so many epochs done.
  void run(double epoch) {
    if (!running) {
      running = true;
      since = nanoTime.getAsLong();
      epochsBefore = begun ? epochsBefore : epoch;
      begun = true;
    }
  }

  /// Stands still until it runs on.
  void pause() {
    before = nanos();
    running = false;
  }

  /// Begins anew.
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

  /// Until `epochs` are done, if all take as long as what has been done since it began; nothing where nothing has been
  /// done.
  ///
  /// @param epoch epochs done, and of the one begun the part done
  Optional<Duration> left(double epoch, long epochs) {
    if (epoch >= epochs) {
      return Optional.of(Duration.ZERO);
    }
    double done = begun ? epoch - epochsBefore : 0;
    return done > 0 ? Optional.of(Duration.ofNanos((long) (nanos() / done * (epochs - epoch)))) : Optional.empty();
  }
}
