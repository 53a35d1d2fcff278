package dev.lanewise.train;

import java.time.Duration;

/// How long a training takes.
final class EpochClock {

  private boolean running;
  private long begun;
  private long epochsBefore;

  /// Begins, if it has not, with so many epochs done before.
  void begin(long epoch) {
    if (!running) {
      running = true;
      begun = System.nanoTime();
      epochsBefore = epoch;
    }
  }

  void stop() {
    running = false;
  }

  private long nanos() {
    return running ? System.nanoTime() - begun : 0;
  }

  Duration elapsed() {
    return Duration.ofNanos(nanos());
  }

  /// Until `epochs` are done, if all take as long as those until now.
  Duration left(long epoch, long epochs) {
    long done = epoch - epochsBefore;
    return done == 0 ? Duration.ZERO : Duration.ofNanos((long) ((double) nanos() / done * (epochs - epoch)));
  }
}
