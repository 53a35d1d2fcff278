package com.example.control;

import dev.lanewise.Activation;
import dev.lanewise.Lanewise;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// A control loop at 1 kHz on the module path, in an image made by jlink: each millisecond the Jacobian of a plant with
/// 12 states and 6 outputs, and a step of the states towards the desired outputs. At the end it prints how long calls
/// took.
///
/// ```
/// mvn package && target/image/bin/control 10           # for ten seconds
/// target/image/bin/control 10 warm                     # and wait before that until the vector code is compiled
/// ```
///
/// The image has Java, the library and this class; its launcher has the options of the pom. `requires dev.lanewise`
/// brings `jdk.incubator.vector` along, so the flag of the class path is not needed. The network's parameters are
/// random here; yours would be trained.
public final class ControlLoop {

  private static final int STATES = 12;
  private static final int OUTPUTS = 6;
  private static final long PERIOD = 1_000_000;
  private static final long SPINNING = 100_000;
  private static final float RATE = 0.02f;

  private final PreparedJacobian plant;
  private final Tensor states = Tensor.zeros(Precision.FLOAT, 1, STATES);
  private final Tensor outputs = Tensor.zeros(Precision.FLOAT, 1, OUTPUTS);
  private final Tensor jacobian = Tensor.zeros(Precision.FLOAT, OUTPUTS, STATES);
  private final float[] wished = new float[OUTPUTS];

  private ControlLoop() {
    Sequential network = Sequential.of(
        new Dense(STATES, 64, Activation.TANH), new Dense(64, 64, Activation.TANH), new Dense(64, OUTPUTS));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 42);
    plant = PreparedJacobian.of(network, theta, states.shape());
    Random random = new Random(7);
    for (int at = 0; at < OUTPUTS; at++) {
      wished[at] = random.nextFloat() - 0.5f;
    }
  }

  public static void main(String[] arguments) throws InterruptedException {
    Lanewise.requireVectors();
    int seconds = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
    ControlLoop loop = new ControlLoop();
    if (arguments.length > 1 && arguments[1].equals("warm")) {
      loop.step();
      loop.states.fill(0);
      System.out.println("warm: " + Lanewise.warmUp(Duration.ofSeconds(30)).isComplete());
    }
    long[] nanos = new long[seconds * 1_000];
    double first = 0;
    double distance = 0;
    long next = System.nanoTime();
    for (int call = 0; call < nanos.length; call++) {
      await(next);
      long begin = System.nanoTime();
      distance = loop.step();
      nanos[call] = System.nanoTime() - begin;
      first = call == 0 ? distance : first;
      next += PERIOD;
    }
    print("first call", Arrays.copyOfRange(nanos, 0, 1));
    print("first second", Arrays.copyOfRange(nanos, 0, Math.min(1_000, nanos.length)));
    print("all calls", nanos);
    System.out.printf(Locale.ROOT, "distance to the outputs wished for: %.4f, at first %.4f%n", distance, first);
    System.out.println(Lanewise.describe());
  }

  /// Parks for most of the time, which is inexact, and spins for the rest.
  private static void await(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      if (left > SPINNING) {
        LockSupport.parkNanos(left - SPINNING);
      } else {
        Thread.onSpinWait();
      }
    }
  }

  /// x ← x + ρ·Jᵀ·(wished − y); returns |wished − y| before it.
  private double step() {
    plant.at(states, outputs, jacobian);
    double squares = 0;
    for (int output = 0; output < OUTPUTS; output++) {
      double missing = wished[output] - outputs.get(output);
      squares += missing * missing;
      for (int state = 0; state < STATES; state++) {
        states.set(state, states.get(state) + RATE * jacobian.get(output, state) * missing);
      }
    }
    return Math.sqrt(squares);
  }

  private static void print(String what, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    System.out.printf(Locale.ROOT,
        "%-12s  p50 %.1f µs, p99 %.1f µs, p99.9 %.1f µs, longest %.1f µs, %d of %d over 1 ms%n", what,
        at(sorted, 0.5), at(sorted, 0.99), at(sorted, 0.999), at(sorted, 1),
        Arrays.stream(sorted).filter(time -> time > PERIOD).count(), sorted.length);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
  }
}
