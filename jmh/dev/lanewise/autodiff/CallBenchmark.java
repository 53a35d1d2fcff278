package dev.lanewise.autodiff;

import dev.lanewise.Workspace;
import dev.lanewise.kernel.SteadyState;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/// The calls that the Jacobians of [JacobianBenchmark] consist of, each by itself: their sums predict its times and the
/// crossover.
///
/// A fork measures all pairs D × M, one per iteration, as there; in an iteration the calls and whole Jacobians take
/// turns of a tenth of a millisecond.
public class CallBenchmark extends PairBenchmark<CallTurns> {

  /// Of one pair: medians over rounds of the nanoseconds that all calls of a kind take for one Jacobian.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times extends Counters {
    public double inputs;
    public double outputs;
    public double value;
    public double firstPush;
    public double hiddenPush;
    public double lastPush;
    public double firstPull;
    public double hiddenPull;
    public double lastPull;
    public double forwardRest;
    public double reverseRest;
    public double forward;
    public double reverse;
  }

  private CallTurns pair;

  @Setup
  public void prepare() {
    Workspace shared = new Workspace();
    widths().forEach(widths -> pairs.add(turns(widths, shared)));
    SteadyState.reach(onSmall(each -> isSmall(each.inputs, each.outputs), CallTurns::runAll));
    pairs.forEach(CallTurns::check);
    SteadyState.reachAgain(() -> pairs.forEach(CallTurns::runAll));
    pairs.forEach(CallTurns::fitTurns);
    SteadyState.reachAgain(() -> pairs.forEach(CallTurns::round));
    pairs.restart();
  }

  private CallTurns turns(int[] widths, Workspace shared) {
    if (isElided()) {
      ElidedCalls elided = new ElidedCalls(precision, activation, widths, chunk);
      return new CallTurns(widths[0], widths[depth + 1], elided.work(), elided::check);
    }
    NaiveCalls naive = new NaiveCalls(precision, activation, widths, chunk, shared);
    return new CallTurns(widths[0], widths[depth + 1], naive.work(), naive::check);
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    pair = pairs.next();
    pair.clear();
  }

  @Benchmark
  public void round(Times times) {
    pair.round();
    times.inputs = pair.inputs;
    times.outputs = pair.outputs;
    times.value = pair.median(Call.VALUE);
    times.firstPush = pair.median(Call.FIRST_PUSH);
    times.hiddenPush = pair.median(Call.HIDDEN_PUSH);
    times.lastPush = pair.median(Call.LAST_PUSH);
    times.firstPull = pair.median(Call.FIRST_PULL);
    times.hiddenPull = pair.median(Call.HIDDEN_PULL);
    times.lastPull = pair.median(Call.LAST_PULL);
    times.forwardRest = pair.median(Call.FORWARD_REST);
    times.reverseRest = pair.median(Call.REVERSE_REST);
    times.forward = pair.median(Call.FORWARD);
    times.reverse = pair.median(Call.REVERSE);
  }
}
