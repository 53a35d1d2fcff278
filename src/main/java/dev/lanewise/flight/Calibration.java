package dev.lanewise.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// The machine's costs were measured.
@Name("dev.lanewise.Calibration")
@Label("Calibration of Costs")
@Category("Lanewise")
@Description("The times of products, passes and transposes were measured on this machine")
@StackTrace(false)
final class Calibration extends Event {

  @Label("Machine")
  String machine;

  @Label("Sizes Measured")
  int cells;

  @Label("Time")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  static void record(String machine, int cells, long begin) {
    Calibration event = new Calibration();
    if (event.shouldCommit()) {
      event.machine = machine;
      event.cells = cells;
      event.took = System.nanoTime() - begin;
      event.commit();
    }
  }
}
