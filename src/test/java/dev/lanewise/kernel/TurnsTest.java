package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The rounds of a comparison with other libraries, on a clock that only the contestants' work moves.
class TurnsTest {

  private long now;

  private Turn turn(double nanos) {
    return new Turn(() -> now += (long) nanos, () -> {}, () -> now);
  }

  /// Calls of 10 ms: the common warm-up, hundreds of rounds, takes more than a contestant may use.
  @Test
  void whoWarmedUpForLongHasRoundsAllTheSame() {
    Turns turns = new Turns(0, turn(10e6), turn(12e6), turn(1e3));
    turns.take();
    assertEquals(10e6, turns.nanos(0));
    assertEquals(12e6, turns.nanos(1));
    assertEquals(1e3, turns.nanos(2));
  }

  @Test
  void whoHasUsedUpItsTimeSitsTheRoundsOut() {
    Turns turns = new Turns(0, turn(1e9), turn(1e3));
    int rounds = 0;
    for (turns.take(); turns.nanos(0) > 0; turns.take()) {
      rounds++;
      assertTrue(rounds < 10, "a second a round, without an end");
    }
    assertEquals(2, rounds, "1.5 s are used up in the second round");
    assertEquals(1e3, turns.nanos(1), "the other goes on");
  }

  /// Two warm up for long and would have used up their time in the first rounds.
  @Test
  void whoIsToBeInEveryRoundIs() {
    Turns turns = new Turns(0, turn(1e9).inEveryRound(), turn(10e6).inEveryRound(), turn(1e9));
    turns.beginRounds();
    for (int round = 0; round < 15; round++) {
      turns.take();
      assertEquals(1e9, turns.nanos(0));
      assertEquals(10e6, turns.nanos(1));
      assertEquals(round < 2 ? 1e9 : 0, turns.nanos(2));
    }
  }
}
