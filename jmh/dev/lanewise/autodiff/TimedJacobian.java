package dev.lanewise.autodiff;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;

/// One network at one point, with arrays for its results. Both modes share x, weights, kernels, workspace and the
/// layout of the Jacobian; both include the network's value.
final class TimedJacobian {

  private final Layer network;
  private final Parameters theta;
  private final Tensor x;
  private final int chunk;
  private final Workspace ws = new Workspace();
  private final Tensor y;
  private final Tensor jacobian;

  TimedJacobian(Layer network, Parameters theta, Tensor x, int chunk) {
    this.network = network;
    this.theta = theta;
    this.x = x;
    this.chunk = chunk;
    this.y = Tensor.zeros(x.precision(), network.outputShape(x.shape()));
    this.jacobian = Tensor.zeros(x.precision(), y.size(), x.size());
  }

  Tensor compute(Mode mode) {
    Jacobians.valueAndJacobian(network, theta, x, mode, chunk, ws, y, jacobian);
    return jacobian;
  }

  /// The multiply-adds of everything computed here so far.
  long multiplyAdds() {
    return ws.multiplyAdds();
  }

  /// As below, for dense layers, whose E is the number of their weights.
  void check(Tensor expected, double tolerance) {
    long weights = 0;
    for (var entry : theta.spec().entries()) {
      weights += entry.shape().rank() == 2 ? entry.shape().size() : 0;
    }
    check(expected, tolerance, weights);
  }

  /// Checks that both modes give `expected` (or each other's result if that is none) within `tolerance` of the largest
  /// entry, and take E + D·E and E + M·E multiply-adds.
  ///
  /// @param e E, the multiply-adds of a value
  void check(Tensor expected, double tolerance, long e) {
    Tensor other = expected;
    for (Mode mode : new Mode[] {Mode.FORWARD, Mode.REVERSE}) {
      long before = multiplyAdds();
      compute(mode);
      long counted = multiplyAdds() - before;
      long formula = e * (1 + (mode == Mode.FORWARD ? x.size() : y.size()));
      if (counted != formula) {
        throw new IllegalStateException(network + " " + mode + ": took " + counted + " multiply-adds, expected "
            + formula);
      }
      if (!other.isNone()) {
        PreparedModes.requireClose(other, jacobian, tolerance, network + " " + mode);
      }
      other = other.isNone() ? jacobian.copy() : other;
    }
  }
}
