package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.kernel.Uniform;
import dev.lanewise.nn.Sequential;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The value and the Jacobian of one network at one row, prepared once for each mode. On demand, AUTO is prepared again
/// with a budget for timing orders. All write to the same arrays.
public final class PreparedModes {

  /// The name of AUTO after it has timed its nearest orders.
  public static final String TIMED = "TIMED";

  /// The approximate length of a turn.
  private static final double TURN_NANOS = 1e6;

  private final Map<String, PreparedJacobian> prepared = new LinkedHashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final Layer network;
  private final Parameters theta;
  private final Tensor x;
  private final Tensor y;
  private final Tensor jacobian;

  public PreparedModes(Layer network, Parameters theta, Tensor x) {
    this.network = network;
    this.theta = theta;
    this.x = x;
    this.y = Tensor.zeros(x.precision(), network.outputShape(x.shape()));
    this.jacobian = Tensor.zeros(x.precision(), y.size(), x.size());
    for (Mode mode : Mode.values()) {
      prepare(mode.name(), JacobianOptions.defaults().withMode(mode));
    }
  }

  private void prepare(String name, JacobianOptions options) {
    prepared.put(name, PreparedJacobian.of(network, theta, x.shape(), options));
    calls.put(name, 1);
  }

  /// Prepares AUTO again as [#TIMED], with the given time. Call this after everything is compiled.
  public void addTimed(Duration budget) {
    prepare(TIMED, JacobianOptions.defaults().withAutotuning(budget));
  }

  /// The modes of a perceptron with tanh in the hidden layers.
  static PreparedModes ofPerceptron(Precision precision, int... widths) {
    Sequential network = Perceptron.of(Activation.TANH, widths);
    Tensor x = Uniform.of(precision, Shape.of(1, widths[0]), 3);
    return new PreparedModes(network, Parameters.initialize(network.parameters(), precision, 5), x);
  }

  public JacobianPlan plan(Mode mode) {
    return prepared.get(mode.name()).plan();
  }

  public Tensor compute(Mode mode) {
    prepared.get(mode.name()).at(x, y, jacobian);
    return jacobian;
  }

  public void computeAll() {
    prepared.values().forEach(one -> one.at(x, y, jacobian));
  }

  /// The name under which each mode takes its turns: that of the first mode with the same order.
  public Map<String, String> sameOrders() {
    Map<String, String> first = new LinkedHashMap<>();
    prepared.forEach((name, one) -> first.put(name, prepared.keySet().stream()
        .filter(other -> one.plan().sameOrder(prepared.get(other).plan())).findFirst().orElseThrow()));
    return first;
  }

  /// Checks that all modes agree within 10⁻³ (10⁻¹⁰ in double) of the largest entry. In a Jacobian of few entries even
  /// the largest may be the small difference of large terms.
  public void check() {
    Tensor expected = compute(Mode.FORWARD).copy();
    for (Mode mode : new Mode[] {Mode.REVERSE, Mode.MIXED, Mode.AUTO}) {
      requireClose(expected, compute(mode), x.precision() == Precision.FLOAT ? 1e-3 : 1e-10, network + " " + mode);
    }
  }

  public static void requireClose(Tensor expected, Tensor actual, double tolerance, String what) {
    double largest = 0;
    for (int position = 0; position < expected.size(); position++) {
      largest = Math.max(largest, Math.abs(expected.get(position)));
    }
    for (int position = 0; position < expected.size(); position++) {
      if (!(Math.abs(actual.get(position) - expected.get(position)) <= tolerance * largest)) {
        throw new IllegalStateException(what + ": entry " + position + " is " + actual.get(position) + ", expected "
            + expected.get(position));
      }
    }
  }

  /// Compiles the code of all modes, one after the other and then in turn.
  public void reachSteadyState() {
    for (Mode mode : Mode.values()) {
      SteadyState.reach(() -> compute(mode));
    }
    SteadyState.reachAgain(this::computeAll);
  }

  /// Fits the number of calls to a turn's length.
  public void fitTurns() {
    for (String name : prepared.keySet()) {
      calls.put(name, 1);
      calls.put(name, Math.max(1, (int) (TURN_NANOS / turn(name))));
      calls.put(name, Math.max(1, (int) (TURN_NANOS / turn(name))));
    }
  }

  public double turn(Mode mode) {
    return turn(mode.name());
  }

  /// Takes one turn and returns the time of a call in nanoseconds, the mean over the turn. The first call is not timed:
  /// it reloads what the previous contestant has evicted from the cache.
  public double turn(String name) {
    PreparedJacobian one = prepared.get(name);
    int times = calls.get(name);
    one.at(x, y, jacobian);
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      one.at(x, y, jacobian);
    }
    return (double) (System.nanoTime() - begin) / times;
  }
}
