package dev.lanewise.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

/// A network was planned for inputs of one shape.
@Name("dev.lanewise.Preparation")
@Label("Preparation of a Jacobian")
@Category("Lanewise")
@Description("A network was planned for inputs of one shape")
final class Preparation extends Event {

  @Label("Network")
  String network;

  @Label("Input")
  String input;

  @Label("Mode")
  String mode;

  @Label("Multiply-Adds")
  long multiplyAdds;

  @Label("Costs From")
  String costs;

  @Label("Time")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  static void record(Object network, Object input, Object mode, long multiplyAdds, String costs, long begin) {
    Preparation event = new Preparation();
    if (event.shouldCommit()) {
      event.network = network.toString();
      event.input = input.toString();
      event.mode = mode.toString();
      event.multiplyAdds = multiplyAdds;
      event.costs = costs;
      event.took = System.nanoTime() - begin;
      event.commit();
    }
  }
}
