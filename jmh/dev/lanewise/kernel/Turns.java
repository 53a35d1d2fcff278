package dev.lanewise.kernel;

import java.util.List;

/// The turns of all contestants, round by round. Each round begins with the next contestant, and every second round
/// runs backwards, so that no contestant always follows the same one.
final class Turns {

  private final List<Turn> turns;
  private final long pauseMillis;
  private final double[] nanos;
  private int round;

  /// Warmed up together as well, unless that would take long.
  ///
  /// @param pauseMillis before each turn
  Turns(long pauseMillis, Turn... turns) {
    this.turns = List.of(turns);
    this.pauseMillis = pauseMillis;
    nanos = new double[turns.length];
    if (this.turns.stream().noneMatch(Turn::isLong)) {
      SteadyState.reach(this::take);
    }
    beginRounds();
  }

  /// Ends the warm-up.
  void beginRounds() {
    turns.forEach(Turn::beginRounds);
  }

  /// Nanoseconds of one call in the last round, in the order of the constructor; 0 if the contestant sat it out.
  double nanos(int turn) {
    return nanos[turn];
  }

  void take() {
    int count = turns.size();
    for (int position = 0; position < count; position++) {
      int turn = Math.floorMod(round % 2 == 0 ? round / 2 + position : round / 2 - position, count);
      pause();
      nanos[turn] = turns.get(turn).take();
    }
    round++;
  }

  private void pause() {
    if (pauseMillis > 0) {
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
