package dev.lanewise.flight;

import jdk.jfr.FlightRecorder;

/// Rare events that explain much, for the JDK's flight recorder: `java -XX:StartFlightRecording`, `jfr print --events
/// dev.lanewise.*`.
///
/// | event                     | when                                                          |
/// |---------------------------|---------------------------------------------------------------|
/// | `dev.lanewise.SwitchOver` | a kernel's vector code is compiled, or was thrown away         |
/// | `dev.lanewise.Preparation`| a network was planned for inputs of one shape: which plan, why |
///
/// Without the module `jdk.jfr` nothing is recorded. No event class is loaded before a recording begins: loading the
/// first takes a new process some ten milliseconds.
public final class Flight {

  private static final boolean THERE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private Flight() {}

  private static boolean isRecording() {
    return THERE && FlightRecorder.isInitialized();
  }

  /// A kernel has moved to vectors, or back to plain Java where its code was thrown away.
  public static void switched(String kernel, boolean toVectors, int calls, long bytes, long nanos) {
    if (isRecording()) {
      SwitchOver.record(kernel, toVectors, calls, bytes, nanos);
    }
  }

  /// A network was planned.
  ///
  /// @param begin [System#nanoTime()] at the beginning
  public static void prepared(Object network, Object input, Object mode, long multiplyAdds, String costs, long begin) {
    if (isRecording()) {
      Preparation.record(network, input, mode, multiplyAdds, costs, begin);
    }
  }
}
