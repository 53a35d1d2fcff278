package dev.lanewise.kernel;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The multiply-adds of one invocation, written into JMH's result beside the time: what was counted, not what a formula
/// says.
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class MultiplyAdds {
  public long multiplyAdds;
}
