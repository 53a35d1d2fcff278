package dev.lanewise.autodiff.own;

import dev.lanewise.Tensor;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.kernel.Rounds;

/// One way to compute the value and the Jacobian of a network, or a block of it, and its times in the rounds so far.
final class OwnContestant {

  /// The approximate length of a turn; a call may take longer.
  private static final double TURN_NANOS = 0.25e6;

  final Rounds rounds = new Rounds();
  final PreparedJacobian prepared;
  private final Tensor x;
  private final Tensor y;
  private final Tensor jacobian;
  private int calls = 1;

  /// @param rows the rows of the block that `options` select
  OwnContestant(OwnNetwork network, JacobianOptions options, int rows, int columns) {
    x = network.x().copy();
    prepared = network.prepared(options);
    y = Tensor.zeros(x.precision(), network.layer().outputShape(x.shape()));
    jacobian = Tensor.zeros(x.precision(), rows, columns);
  }

  Tensor compute() {
    prepared.at(x, y, jacobian);
    return jacobian;
  }

  long multiplyAdds() {
    long before = prepared.multiplyAdds();
    compute();
    return prepared.multiplyAdds() - before;
  }

  void begin() {
    rounds.clear();
    calls = Math.max(1, (int) (TURN_NANOS / turn(1)));
    calls = Math.max(1, (int) (TURN_NANOS / turn(calls)));
  }

  void turn() {
    rounds.add(turn(calls));
  }

  /// The time of one call. If calls are short, the first is not timed: it reloads what others have evicted from the
  /// cache.
  private double turn(int times) {
    if (times > 1) {
      compute();
    }
    long begin = System.nanoTime();
    for (int call = 0; call < times; call++) {
      compute();
    }
    return (double) (System.nanoTime() - begin) / times;
  }
}
