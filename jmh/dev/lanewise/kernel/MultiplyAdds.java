package dev.lanewise.kernel;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// The multiply-adds of one invocation, as counted by the kernels, written into JMH's result beside the time.
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class MultiplyAdds {
  public long multiplyAdds;
}
