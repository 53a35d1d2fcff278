package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a clock says, by a time that the test sets.
class EpochClockTest {

  private long seconds = -1000;
  private final EpochClock clock = new EpochClock(() -> seconds * 1_000_000_000L);

  private void assertClock(long elapsed, Integer left, double epoch, long epochs) {
    assertEquals(Duration.ofSeconds(elapsed), clock.elapsed());
    assertEquals(Optional.ofNullable(left).map(Duration::ofSeconds), clock.left(epoch, epochs));
  }

  @Test
  void theTimeLeftIsThatOfTheEpochsSoFar() {
    assertClock(0, null, 0, 10);
    clock.run(0);
    seconds += 5;
    assertClock(5, null, 0, 10);
    assertClock(5, 15, 2.5, 10);
    assertClock(5, 195, 0.25, 10);
    clock.run(1);
    seconds += 5;
    assertClock(10, 30, 2.5, 10);
    assertClock(10, 0, 10, 10);
    assertClock(10, 0, 12, 10);
    assertEquals(Duration.ofNanos(Long.MAX_VALUE), clock.left(1e-9, Long.MAX_VALUE).orElseThrow());
  }

  /// Seven epochs were done before: only those since count.
  @Test
  void afterAResumptionThoseSinceCount() {
    clock.run(0);
    seconds += 1000;
    clock.reset();
    assertClock(0, null, 7, 19);
    clock.run(7);
    seconds += 20;
    assertClock(20, null, 7, 19);
    assertClock(20, 100, 9, 19);
    clock.reset();
    assertClock(0, 0, 19, 19);
  }

  @Test
  void itStandsStillBetweenRuns() {
    clock.run(0);
    seconds += 20;
    clock.pause();
    seconds += 500;
    assertClock(20, 80, 2, 10);
    clock.pause();
    assertClock(20, 80, 2, 10);
    clock.run(2);
    seconds += 20;
    assertClock(40, 60, 4, 10);
  }
}
