package dev.lanewise.autodiff;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.Rounds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.TimedBenchmark;
import dev.lanewise.nn.Sequential;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/// Value and Jacobian of 4-8-6-4-2, prepared, in turn with a method written by hand for this network: the cost of a
/// library where the arithmetic is negligible. In float.
public class TinyBenchmark extends TimedBenchmark {

  /// Nanoseconds of one call, the median over an iteration's rounds, and the bytes allocated by all calls.
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Spent extends Counters {
    public double prepared;
    public double unrolled;
    public double preparedBytes;
    public double unrolledBytes;
  }

  /// Some tenth of a millisecond.
  private static final int CALLS = 250;

  private final ThreadMXBean thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
  private final Tensor x = Tensor.row(0.1f, -0.2f, 0.3f, 0.4f);
  private final Tensor y = Tensor.zeros(Precision.FLOAT, 1, 2);
  private final Tensor jacobian = Tensor.zeros(Precision.FLOAT, 2, 4);
  private final float[] plainX = {0.1f, -0.2f, 0.3f, 0.4f};
  private final float[] plainY = new float[2];
  private final float[] plainJacobian = new float[8];
  private final Rounds roundsOfPrepared = new Rounds();
  private final Rounds roundsOfUnrolled = new Rounds();
  private PreparedJacobian prepared;
  private UnrolledNetwork unrolled;
  private boolean turned;

  @Setup
  public void prepare() {
    Sequential network = Perceptron.of(Activation.TANH, 4, 8, 6, 4, 2);
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 5);
    prepared = PreparedJacobian.of(network, theta, x.shape());
    unrolled = new UnrolledNetwork(plain(theta, "0.weight"), plain(theta, "0.bias"), plain(theta, "1.weight"),
        plain(theta, "1.bias"),
        plain(theta, "2.weight"), plain(theta, "2.bias"), plain(theta, "3.weight"), plain(theta, "3.bias"));
    prepared.at(x, y, jacobian);
    unrolled.valueAndJacobian(plainX, plainY, plainJacobian);
    PreparedModes.requireClose(Tensor.row(plainY), y, 1e-5, "value of 4-8-6-4-2");
    PreparedModes.requireClose(Tensor.row(plainJacobian), jacobian, 1e-5, "Jacobian of 4-8-6-4-2");
    SteadyState.reach(this::callPrepared);
    SteadyState.reach(this::callUnrolled);
    Spent untold = new Spent();
    SteadyState.reachAgain(() -> round(untold));
  }

  private static float[] plain(Parameters theta, String name) {
    Tensor values = theta.get(name);
    float[] plain = new float[values.size()];
    for (int position = 0; position < plain.length; position++) {
      plain[position] = (float) values.get(position);
    }
    return plain;
  }

  private void callPrepared() {
    for (int call = 0; call < CALLS; call++) {
      prepared.at(x, y, jacobian);
    }
  }

  private void callUnrolled() {
    for (int call = 0; call < CALLS; call++) {
      unrolled.valueAndJacobian(plainX, plainY, plainJacobian);
    }
  }

  @Setup(Level.Iteration)
  public void begin() {
    roundsOfPrepared.clear();
    roundsOfUnrolled.clear();
  }

  @Benchmark
  public void round(Spent spent) {
    turned = !turned;
    if (turned) {
      turnOfPrepared(spent);
      turnOfUnrolled(spent);
    } else {
      turnOfUnrolled(spent);
      turnOfPrepared(spent);
    }
    spent.prepared = roundsOfPrepared.median();
    spent.unrolled = roundsOfUnrolled.median();
  }

  private void turnOfPrepared(Spent spent) {
    prepared.at(x, y, jacobian);
    spent.preparedBytes += turn(this::callPrepared, roundsOfPrepared);
  }

  private void turnOfUnrolled(Spent spent) {
    unrolled.valueAndJacobian(plainX, plainY, plainJacobian);
    spent.unrolledBytes += turn(this::callUnrolled, roundsOfUnrolled);
  }

  /// Times [#CALLS] calls.
  ///
  /// @return the bytes allocated by them
  private long turn(Runnable calls, Rounds rounds) {
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long begin = System.nanoTime();
    calls.run();
    long nanos = System.nanoTime() - begin;
    long allocated = thread.getCurrentThreadAllocatedBytes() - bytes;
    rounds.add((double) nanos / CALLS);
    return allocated;
  }
}
