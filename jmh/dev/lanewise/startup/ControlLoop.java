package dev.lanewise.startup;

import com.sun.management.ThreadMXBean;
import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.UpdateOps;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A control loop in a new process, with a call each millisecond for some seconds: measures the time of each call, and
/// the bytes allocated. Prints one line of numbers for [StartUp].
///
/// The network is 12-64-64-6 with tanh, in float, as in `docs/embedding.md`. The call is its Jacobian, its value, or a
/// training step of one sample.
final class ControlLoop {

  private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(1);
  /// A sleep takes longer than asked for, so the loop waits actively for the last part.
  private static final long AWAKE = TimeUnit.MICROSECONDS.toNanos(70);
  private static final double RATE = 1e-3;
  /// Rounds of calls without pauses after the loop; the first rounds do not count.
  private static final int ROUNDS = 60;
  private static final int UNCOUNTED = 40;
  private static final long ROUND = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int AT_ONCE = 100;

  private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

  private ControlLoop() {}

  /// @param arguments the call, and for how many seconds
  public static void main(String[] arguments) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int calls = Integer.parseInt(arguments[1]) * 1_000;
    long[] nanos = new long[calls];
    boolean[] collected = new boolean[calls];
    Tensor x = Tensor.zeros(Precision.FLOAT, 1, 12);
    Runnable call = call(arguments[0], x);
    long afterFirst = 0;
    long next = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      x.floats()[i % 12] = i % 17 / 17f - 0.5f;
      long collections = collections();
      long begin = System.nanoTime();
      call.run();
      nanos[i] = System.nanoTime() - begin;
      collected[i] = collections() != collections;
      afterFirst = i == 0 ? threads.getCurrentThreadAllocatedBytes() : afterFirst;
      next = Math.max(next + PERIOD, System.nanoTime());
      waitUntil(next);
    }
    long own = threads.getCurrentThreadAllocatedBytes() - afterFirst;
    long all = threads.getTotalThreadAllocatedBytes();
    print(nanos, collected, all, own, steady(call));
  }

  /// Nanoseconds per call, the median over rounds.
  private static double steady(Runnable call) {
    double[] rounds = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      long calls = 0;
      for (; System.nanoTime() - begin < ROUND; calls += AT_ONCE) {
        for (int i = 0; i < AT_ONCE; i++) {
          call.run();
        }
      }
      rounds[round] = (double) (System.nanoTime() - begin) / calls;
    }
    double[] counted = Arrays.copyOfRange(rounds, UNCOUNTED, ROUNDS);
    Arrays.sort(counted);
    return counted[counted.length / 2];
  }

  private static Runnable call(String name, Tensor x) {
    Sequential network = Sequential.of(
        new Dense(12, 64, Activation.TANH), new Dense(64, 64, Activation.TANH), new Dense(64, 6, Activation.IDENTITY));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 7);
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 6);
    Workspace ws = new Workspace();
    return switch (name) {
      case "jacobian" -> {
        PreparedJacobian prepared = PreparedJacobian.of(network, theta, x.shape());
        Tensor jacobian = Tensor.zeros(Precision.FLOAT, 6, 12);
        yield () -> prepared.at(x, y, jacobian);
      }
      case "value" -> () -> {
        ws.reset();
        y.copyFrom(network.linearize(x, theta, ws).output());
      };
      case "step" -> {
        Tensor yBar = Tensor.zeros(Precision.FLOAT, 1, 6);
        yBar.fill(0.1);
        Parameters thetaBar = Parameters.zeros(network.parameters(), Precision.FLOAT);
        yield () -> {
          Jacobians.valueAndVjp(network, theta, x, yBar, ws, y, Tensor.none(), thetaBar);
          UpdateOps.descend(theta.flat(), thetaBar.flat(), 0, theta.flat().size(), RATE, 0, 1, 0);
        };
      }
      default -> throw new IllegalArgumentException("ControlLoop: " + name + ", expected jacobian, value or step");
    };
  }

  private static long collections() {
    long sum = 0;
    for (GarbageCollectorMXBean collector : COLLECTORS) {
      sum += collector.getCollectionCount();
    }
    return sum;
  }

  private static void waitUntil(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      if (left > 2 * AWAKE) {
        LockSupport.parkNanos(left - AWAKE);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  private static void print(long[] nanos, boolean[] collected, long all, long own, double steady) {
    int over = 0;
    int last = -1;
    for (int i = 0; i < nanos.length; i++) {
      if (nanos[i] > PERIOD) {
        over++;
        last = collected[i] ? last : i;
      }
    }
    String course = course(nanos);
    long[] end = Arrays.copyOfRange(nanos, nanos.length - nanos.length / 10, nanos.length);
    long first = nanos[0];
    Arrays.sort(nanos);
    Arrays.sort(end);
    System.out.println(String.join(" ", StartUp.MARK, Long.toString(first), Integer.toString(over),
        Integer.toString(last),
        at(nanos, 0.5), at(nanos, 0.99), at(nanos, 0.999), Long.toString(nanos[nanos.length - 1]), Long.toString(all),
        Long.toString(own), at(end, 0.5), Double.toString(steady), course));
  }

  /// The fastest, the median and the slowest of the calls 0, 1, 2 … 3, 4 … 7 and so on.
  private static String course(long[] nanos) {
    StringBuilder course = new StringBuilder();
    for (int from = 0, to = 1; from < nanos.length; from = to, to *= 2) {
      long[] part = Arrays.copyOfRange(nanos, from, Math.min(to, nanos.length));
      Arrays.sort(part);
      course.append(' ').append(part[0]).append(' ').append(at(part, 0.5)).append(' ').append(part[part.length - 1]);
    }
    return course.substring(1);
  }

  private static String at(long[] sorted, double part) {
    return Long.toString(sorted[(int) (part * (sorted.length - 1))]);
  }
}
