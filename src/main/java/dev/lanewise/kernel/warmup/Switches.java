package dev.lanewise.kernel.warmup;

import dev.lanewise.flight.Flight;
import java.util.concurrent.atomic.AtomicInteger;

/// Reports the fate of exercises in the log, and as events of the JDK's flight recorder.
///
/// @param undone counts exercises that are neither ready nor left in plain Java
record Switches(System.Logger log, AtomicInteger undone) implements Schedule.Listener {

  @Override
  public void ready(Exercise exercise, int calls, long bytes, long nanos) {
    undone.decrementAndGet();
    Flight.switched(exercise.name(), true, calls, bytes, nanos);
    log.log(System.Logger.Level.DEBUG, () -> exercise.name() + " computes by vectors from now on, after " + calls
        + " calls, " + (bytes >> 10) + " KiB and " + nanos / 1_000_000 + " ms");
  }

  @Override
  public void left(Exercise exercise, int calls) {
    undone.decrementAndGet();
    log.log(System.Logger.Level.INFO,
        () -> exercise.name() + " stays in plain Java: its vectors are not compiled after " + calls + " calls");
  }

  @Override
  public void lost(Exercise exercise) {
    undone.incrementAndGet();
    Flight.switched(exercise.name(), false, 0, 0, 0);
    log.log(System.Logger.Level.DEBUG, () -> exercise.name()
        + " computes in plain Java until its code, which was thrown away, is compiled again");
  }
}
