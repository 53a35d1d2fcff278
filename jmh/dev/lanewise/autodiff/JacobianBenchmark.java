package dev.lanewise.autodiff;

import dev.lanewise.Workspace;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import java.util.Random;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of perceptrons of D inputs, `depth` hidden layers of `width`, and M outputs, by forward and by
/// reverse mode.
///
/// A fork measures all pairs D × M, one per iteration, in passes of newly drawn order; in an iteration the modes take
/// turns of a quarter of a millisecond. A machine that slows down for seconds then slows both modes, and all pairs of a
/// fork share its array addresses and compiled code.
public class JacobianBenchmark extends PairBenchmark<ModePair> {

  /// For one pair: the median over rounds of the nanoseconds of a call.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times extends Counters {
    public double inputs;
    public double outputs;
    public double forward;
    public double reverse;
    public double forwardMultiplyAdds;
    public double reverseMultiplyAdds;
    /// Forward mode's time again, by a copy of the pair if there is one; otherwise 0. Any difference from `forward`
    /// comes from the machine.
    public double copy;
    /// Turns of forward mode and its copy, and those that took much longer than their median.
    public double turns;
    public double longTurns;
  }

  /// A fault planted to see whether the verdict notices: forward mode takes this many times as long. 1 for none.
  @Param("1")
  public double slowForward;

  private final Rounds forward = new Rounds();
  private final Rounds reverse = new Rounds();
  private final Copies copies = new Copies(new Random());
  private ModePair pair;
  private long forwardMultiplyAdds;
  private long reverseMultiplyAdds;
  private boolean turned;

  @Setup
  public void prepare() {
    boolean elided = isElided();
    Workspace ws = new Workspace();
    for (int[] widths : widths()) {
      pairs.add(copies.drawn(new ModePair(precision, activation, widths, chunk, elided, slowForward, ws)));
    }
    SteadyState.reachAgain(onSmall(each -> isSmall(each.inputs, each.outputs), ModePair::computeBoth));
    pairs.forEach(ModePair::check);
    SteadyState.reachAgain(() -> pairs.forEach(ModePair::computeBoth));
    pairs.forEach(ModePair::fitTurns);
    copies.fitTurns();
    Times untold = new Times();
    moveOn();
    SteadyState.reachAgain(() -> round(untold));
    pairs.restart();
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    pair = pairs.next();
    forwardMultiplyAdds = pair.multiplyAdds(Mode.FORWARD);
    reverseMultiplyAdds = pair.multiplyAdds(Mode.REVERSE);
    forward.clear();
    reverse.clear();
    copies.begin(pair);
  }

  @Benchmark
  public void round(Times times) {
    turned = !turned;
    if (turned) {
      forward.add(pair.turn(Mode.FORWARD));
      reverse.add(pair.turn(Mode.REVERSE));
      copies.turn();
    } else {
      copies.turn();
      reverse.add(pair.turn(Mode.REVERSE));
      forward.add(pair.turn(Mode.FORWARD));
    }
    times.inputs = pair.inputs;
    times.outputs = pair.outputs;
    times.forward = forward.median();
    times.reverse = reverse.median();
    times.forwardMultiplyAdds = forwardMultiplyAdds;
    times.reverseMultiplyAdds = reverseMultiplyAdds;
    times.copy = copies.median();
    times.turns = copies.count(forward);
    times.longTurns = copies.longTurns(forward);
  }
}
