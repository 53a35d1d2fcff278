package dev.lanewise.autodiff;

import dev.lanewise.kernel.Rounds;
import java.util.Map;

/// The calls of one pair D × M, timed in turn.
final class CallTurns {

  /// The approximate length of a turn.
  private static final double TURN_NANOS = 0.1e6;

  private static final Call[] CALLS = Call.values();

  final int inputs;
  final int outputs;
  private final Runnable check;
  private final Runnable[] work = new Runnable[CALLS.length];
  private final int[] times = new int[CALLS.length];
  private final Rounds[] rounds = new Rounds[CALLS.length];
  private int round;

  /// @param check checks that the calls make up a Jacobian
  CallTurns(int inputs, int outputs, Map<Call, Runnable> work, Runnable check) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.check = check;
    for (Call call : CALLS) {
      this.work[call.ordinal()] = work.get(call);
      rounds[call.ordinal()] = new Rounds();
    }
  }

  void check() {
    check.run();
  }

  void runAll() {
    for (Runnable each : work) {
      each.run();
    }
  }

  /// Fits the number of repetitions to a turn's length.
  void fitTurns() {
    for (int call = 0; call < times.length; call++) {
      times[call] = 1;
      for (int attempt = 0; attempt < 2; attempt++) {
        times[call] = Math.max(1, (int) (TURN_NANOS / turn(call)));
      }
    }
  }

  void clear() {
    for (Rounds each : rounds) {
      each.clear();
    }
  }

  /// A turn of each call; every second round runs backwards.
  void round() {
    round++;
    for (int place = 0; place < CALLS.length; place++) {
      int call = round % 2 == 0 ? place : CALLS.length - 1 - place;
      rounds[call].add(turn(call));
    }
  }

  double median(Call call) {
    return rounds[call.ordinal()].median();
  }

  /// The nanoseconds of one call. The first call is not timed: it reloads what the others have evicted from the cache.
  private double turn(int call) {
    Runnable here = work[call];
    here.run();
    long begin = System.nanoTime();
    for (int time = 0; time < times[call]; time++) {
      here.run();
    }
    return (double) (System.nanoTime() - begin) / times[call];
  }
}
