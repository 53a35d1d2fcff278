package dev.lanewise.nn.recurrent;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.ops.RecurrentOps;
import dev.lanewise.ops.RecurrentSteps;

/// Adds a [Sweep]'s pull to the cotangents of its parameters, segment by segment, and those of biases at the end.
final class SweepGradients {

  private SweepGradients() {}

  /// Zeros for sums of Ā's rows of each direction.
  static Tensor sums(Sweep sweep, int chunk) {
    Tensor sums = sweep.panel(chunk, sweep.of.layer.cell().parts() * sweep.of.layer.hidden());
    sums.fill(0);
    return sums;
  }

  /// Adds to the weights' cotangents, and to the sums.
  static void add(Sweep sweep, RecurrentSteps at, RecurrentSteps back, Tensor inputs, Parameters thetaBar, int chunk,
      Tensor sums) {
    if (!thetaBar.isNone()) {
      for (int way = 0; way < chunk; way++) {
        RecurrentOps.gradients(sweep.weights, at, back, way, inputs, place(sweep, thetaBar, 0, way),
            place(sweep, thetaBar, 1, way), sweep.of.ws);
      }
      RecurrentOps.sumParts(back, sweep.of.batch, sums);
    }
  }

  /// Adds the sums to the biases' cotangents.
  static void addBiases(Sweep sweep, Parameters thetaBar, int chunk, Tensor sums) {
    if (!thetaBar.isNone() && sweep.of.layer.recurrence().bias()) {
      for (int way = 0; way < chunk; way++) {
        RecurrentOps.biasGradient(
            sweep.weights, sums, way, place(sweep, thetaBar, 2, way), place(sweep, thetaBar, 3, way));
      }
    }
  }

  /// W̄_ih, W̄_hh, b̄_ih or b̄_hh of a direction.
  static Tensor place(Sweep sweep, Parameters thetaBar, int which, int way) {
    return thetaBar.get(sweep.index * sweep.of.entries() + which, way);
  }
}
