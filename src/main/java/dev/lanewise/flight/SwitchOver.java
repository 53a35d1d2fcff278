package dev.lanewise.flight;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/// A kernel has moved to vectors, or back.
@Name("dev.lanewise.SwitchOver")
@Label("Kernel Switch-Over")
@Category("Lanewise")
@Description("A kernel's vector code is compiled, and computes from now on; or it was thrown away, and plain Java does")
@StackTrace(false)
final class SwitchOver extends Event {

  @Label("Kernel")
  String kernel;

  @Label("To Vectors")
  boolean toVectors;

  @Label("Calls Until Compiled")
  int calls;

  @Label("Bytes Until Compiled")
  @DataAmount
  long bytes;

  @Label("Time Until Compiled")
  @Timespan(Timespan.NANOSECONDS)
  long compiling;

  static void record(String kernel, boolean toVectors, int calls, long bytes, long nanos) {
    SwitchOver event = new SwitchOver();
    if (event.shouldCommit()) {
      event.kernel = kernel;
      event.toVectors = toVectors;
      event.calls = calls;
      event.bytes = bytes;
      event.compiling = nanos;
      event.commit();
    }
  }
}
