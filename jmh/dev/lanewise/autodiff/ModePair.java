package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.Sequential;
import java.util.EnumMap;
import java.util.Map;

/// Value and Jacobian of one perceptron at one row by forward and by reverse mode, which share everything: x, weights,
/// kernels, workspace, layout of the Jacobian.
///
/// - naive: identities are pushed or pulled through each layer, for D·E or M·E multiply-adds beyond the value's E
/// - elided: W₁ is the first tangent panel and W_L the last cotangent panel, for D·(E − n₁·D) or M·(E − M·n_(L−1))
final class ModePair {

  /// The approximate length of a turn.
  private static final double TURN_NANOS = 0.25e6;

  final int inputs;
  final int outputs;
  private final Activation activation;
  private final int[] widths;
  private final boolean elided;
  private final int chunk;
  private final double slowForward;
  private final Sequential network;
  private final Parameters theta;
  private final Tensor x;
  private final Tensor y;
  private final Tensor jacobian;
  private final Workspace ws;
  private final Map<Mode, PreparedJacobian> prepared = new EnumMap<>(Mode.class);
  private final Map<Mode, Integer> calls = new EnumMap<>(Mode.class);

  /// @param chunk directions at a time
  /// @param slowForward how many times as long a turn of forward mode should take; 1 unless a fault is planted
  ModePair(Precision precision, Activation activation, int[] widths, int chunk, boolean elided, double slowForward,
      Workspace ws) {
    this.activation = activation;
    this.widths = widths;
    this.elided = elided;
    this.chunk = chunk;
    this.slowForward = slowForward;
    this.ws = ws;
    inputs = widths[0];
    outputs = widths[widths.length - 1];
    network = Perceptron.of(activation, widths);
    theta = Parameters.initialize(network.parameters(), precision, 5);
    x = Uniform.of(precision, Shape.of(1, inputs), 3);
    y = Tensor.zeros(precision, network.outputShape(x.shape()));
    jacobian = Tensor.zeros(precision, outputs, inputs);
    for (Mode mode : new Mode[] {Mode.FORWARD, Mode.REVERSE}) {
      calls.put(mode, 1);
      if (elided) {
        prepared.put(mode,
            PreparedJacobian.of(network, theta, x.shape(), JacobianOptions.defaults().withMode(mode).withChunk(chunk)));
      }
    }
  }

  /// A copy with separate weights, point and results, elsewhere in memory.
  ModePair copy() {
    return new ModePair(x.precision(), activation, widths, chunk, elided, slowForward, ws);
  }

  Tensor compute(Mode mode) {
    if (elided) {
      prepared.get(mode).at(x, y, jacobian);
    } else {
      Jacobians.valueAndJacobian(network, theta, x, mode, chunk, ws, y, jacobian);
    }
    return jacobian;
  }

  void computeBoth() {
    compute(Mode.FORWARD);
    compute(Mode.REVERSE);
  }

  /// The multiply-adds that the kernels count in one call.
  long multiplyAdds(Mode mode) {
    long before = counted(mode);
    compute(mode);
    return counted(mode) - before;
  }

  private long counted(Mode mode) {
    return elided ? prepared.get(mode).multiplyAdds() : ws.multiplyAdds();
  }

  /// Checks that both modes give the same result, and take the multiply-adds of the formula.
  void check() {
    long weights = Perceptron.weights(widths);
    long first = elided ? (long) inputs * widths[1] : 0;
    long last = elided ? (long) outputs * widths[widths.length - 2] : 0;
    require(Mode.FORWARD, weights + inputs * (weights - first));
    Tensor expected = compute(Mode.FORWARD).copy();
    require(Mode.REVERSE, weights + outputs * (weights - last));
    PreparedModes.requireClose(expected, compute(Mode.REVERSE), x.precision() == Precision.FLOAT ? 1e-4 : 1e-11,
        network + " REVERSE");
  }

  private void require(Mode mode, long formula) {
    long counted = multiplyAdds(mode);
    if (counted != formula) {
      throw new IllegalStateException(network + " " + mode + ": took " + counted + " multiply-adds, expected "
          + formula);
    }
  }

  /// Fits the number of calls to a turn's length.
  void fitTurns() {
    for (Mode mode : calls.keySet()) {
      for (int attempt = 0; attempt < 2; attempt++) {
        calls.put(mode, Math.max(1, (int) (TURN_NANOS / turn(mode))));
      }
    }
  }

  /// One turn: the time of one call in nanoseconds, the mean over the turn. The first call is not timed: it reloads
  /// what the other mode has evicted from the cache.
  double turn(Mode mode) {
    int times = calls.get(mode);
    compute(mode);
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      compute(mode);
    }
    if (mode == Mode.FORWARD && slowForward > 1) {
      stay(begin, slowForward);
    }
    return (double) (System.nanoTime() - begin) / times;
  }

  /// Waits until `factor` times the time since `begin` has passed.
  private static void stay(long begin, double factor) {
    long nanos = (long) (factor * (System.nanoTime() - begin));
    while (System.nanoTime() - begin < nanos) {
      Thread.onSpinWait();
    }
  }
}
