package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The calls that the Jacobians of [JacobianBenchmark] consist of, each by itself: their sums predict its times, and
/// where the modes cross over.
///
/// A fork measures all pairs D × M, one an iteration, as there; in an iteration the calls, and whole Jacobians, take
/// turns of a tenth of a millisecond.
public class CallBenchmark extends TimedBenchmark {

  /// Of one pair: medians over rounds of the nanoseconds that all calls of a kind take for one Jacobian.
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Times {
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

  /// As [JacobianBenchmark] has them.
  @Param("1-8-64-256")
  public String cells;

  @Param("1")
  public int chunk;

  @Param("2")
  public int depth;

  @Param("64")
  public int width;

  @Param("TANH")
  public Activation activation;

  @Param("NAIVE")
  public String seeding;

  @Param("FLOAT")
  public Precision precision;

  /// Pairs up to here are compiled first: an uncompiled call of a large one takes seconds.
  private static final int SMALL = 32;

  private final Random random = new Random();
  private final List<CallTurns> order = new ArrayList<>();
  private int next;
  private CallTurns pair;

  @Setup
  public void prepare() {
    Workspace shared = new Workspace();
    for (int[] cell : Pairs.of(cells)) {
      int[] widths = new int[depth + 2];
      Arrays.fill(widths, width);
      widths[0] = cell[0];
      widths[depth + 1] = cell[1];
      order.add(turns(widths, shared));
    }
    List<CallTurns> small = order.stream().filter(each -> Math.max(each.inputs, each.outputs) <= SMALL).toList();
    List<CallTurns> first = small.isEmpty() ? List.copyOf(order) : small;
    SteadyState.reach(() -> first.forEach(CallTurns::runAll));
    order.forEach(CallTurns::check);
    SteadyState.reachAgain(() -> order.forEach(CallTurns::runAll));
    order.forEach(CallTurns::fitTurns);
    SteadyState.reachAgain(() -> order.forEach(CallTurns::round));
    next = 0;
  }

  private CallTurns turns(int[] widths, Workspace shared) {
    switch (seeding) {
      case "NAIVE" -> {
        NaiveCalls naive = new NaiveCalls(precision, activation, widths, chunk, shared);
        return new CallTurns(widths[0], widths[depth + 1], naive.work(), naive::check);
      }
      case "ELIDED" -> {
        ElidedCalls elided = new ElidedCalls(precision, activation, widths, chunk);
        return new CallTurns(widths[0], widths[depth + 1], elided.work(), elided::check);
      }
      default -> throw new IllegalArgumentException("seeding is " + seeding + ", expected NAIVE or ELIDED");
    }
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    if (next % order.size() == 0) {
      Collections.shuffle(order, random);
    }
    pair = order.get(next++ % order.size());
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
