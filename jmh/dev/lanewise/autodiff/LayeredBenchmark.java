package dev.lanewise.autodiff;

import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.Deck;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import dev.lanewise.kernel.Uniform;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of convolutional and recurrent networks at one sample, by forward and by reverse mode.
///
/// Like [JacobianBenchmark]: a fork measures all networks, one per iteration, in passes of newly drawn order, and in an
/// iteration the modes take turns.
public class LayeredBenchmark extends TimedBenchmark {

  /// For one network: the median over rounds of the nanoseconds of a call.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Times extends Counters {
    /// Its index among the networks of the parameter.
    public double network;
    public double forward;
    public double reverse;
    public double forwardMultiplyAdds;
    public double reverseMultiplyAdds;
  }

  private record Subject(int place, TimedJacobian timed) {}

  /// The approximate length of a turn; a call may take longer.
  private static final double TURN_NANOS = 0.25e6;

  /// Names of [LayeredNetwork].
  @Param("1x28x28-conv8-pool-conv16-pool-dense10/16-dense3136-4x28x28-conv8-conv1/50x4-lstm16")
  public String networks;

  @Param("1")
  public int chunk;

  @Param("FLOAT")
  public Precision precision;

  private final Rounds forward = new Rounds();
  private final Rounds reverse = new Rounds();
  private final Deck<Subject> subjects = new Deck<>();
  private Subject subject;
  private int forwardCalls;
  private int reverseCalls;
  private long forwardMultiplyAdds;
  private long reverseMultiplyAdds;
  private boolean turned;

  @Setup
  public void prepare() {
    for (String name : networks.split("/")) {
      LayeredNetwork network = LayeredNetwork.of(name);
      Parameters theta = Parameters.initialize(network.layers().parameters(), precision, 5);
      Tensor x = Uniform.of(precision, network.sample().prepend(1), 3);
      TimedJacobian timed = new TimedJacobian(network.layers(), theta, x, chunk);
      timed.check(Tensor.none(), precision == Precision.FLOAT ? 1e-4 : 1e-11, network.multiplyAdds());
      subjects.add(new Subject(subjects.all().size(), timed));
    }
    SteadyState.reach(() -> subjects.forEach(each -> {
      each.timed.compute(Mode.FORWARD);
      each.timed.compute(Mode.REVERSE);
    }));
    Times untold = new Times();
    moveOn();
    SteadyState.reachAgain(() -> round(untold));
    subjects.restart();
  }

  @Setup(Level.Iteration)
  public void moveOn() {
    subject = subjects.next();
    forwardMultiplyAdds = multiplyAdds(Mode.FORWARD);
    reverseMultiplyAdds = multiplyAdds(Mode.REVERSE);
    forwardCalls = Math.max(1, (int) (TURN_NANOS / turn(Mode.FORWARD, 1)));
    reverseCalls = Math.max(1, (int) (TURN_NANOS / turn(Mode.REVERSE, 1)));
    forward.clear();
    reverse.clear();
  }

  private long multiplyAdds(Mode mode) {
    long before = subject.timed.multiplyAdds();
    subject.timed.compute(mode);
    return subject.timed.multiplyAdds() - before;
  }

  @Benchmark
  public void round(Times times) {
    turned = !turned;
    if (turned) {
      forward.add(turn(Mode.FORWARD, forwardCalls));
      reverse.add(turn(Mode.REVERSE, reverseCalls));
    } else {
      reverse.add(turn(Mode.REVERSE, reverseCalls));
      forward.add(turn(Mode.FORWARD, forwardCalls));
    }
    times.network = subject.place;
    times.forward = forward.median();
    times.reverse = reverse.median();
    times.forwardMultiplyAdds = forwardMultiplyAdds;
    times.reverseMultiplyAdds = reverseMultiplyAdds;
  }

  /// The time of one call. If calls are short, the first is not timed: it reloads what the other mode has evicted from
  /// the cache.
  private double turn(Mode mode, int calls) {
    if (calls > 1) {
      subject.timed.compute(mode);
    }
    long begin = System.nanoTime();
    for (int call = 0; call < calls; call++) {
      subject.timed.compute(mode);
    }
    return (double) (System.nanoTime() - begin) / calls;
  }
}
