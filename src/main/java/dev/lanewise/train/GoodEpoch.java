package dev.lanewise.train;

import dev.lanewise.Tensor;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.OptimizerState;
import dev.lanewise.train.optimizer.UpdateRule;

/// θ and what the optimizer remembered after the last whole epoch, or at the beginning: what a training that fails goes
/// back to.
///
/// A [dev.lanewise.train.optimizer.BatchMethod] begins anew there. It remembers many vectors, which cost as much to
/// copy as an iteration on few samples, and it may begin anew at any point.
final class GoodEpoch {

  private final Tensor theta;
  private final OptimizerState optimizer;
  private final boolean remembers;

  GoodEpoch(Tensor theta, Optimizer method, OptimizerState optimizer) {
    this.theta = theta.copy();
    this.remembers = method instanceof UpdateRule;
    this.optimizer = remembers ? optimizer.copy() : optimizer;
  }

  void keep(Tensor theta, Tensor optimizerVectors, Tensor optimizerNumbers) {
    this.theta.copyFrom(theta);
    if (remembers) {
      optimizer.set(optimizerVectors, optimizerNumbers);
    }
  }

  void putBack(Tensor theta, OptimizerState optimizer) {
    theta.copyFrom(this.theta);
    if (remembers) {
      optimizer.set(this.optimizer.vectors(), this.optimizer.numbers());
    } else {
      optimizer.vectors().fill(0);
      optimizer.numbers().fill(0);
    }
  }

  /// θ of that epoch. Not to be changed.
  Tensor theta() {
    return theta;
  }

  /// What the optimizer remembered: of a [dev.lanewise.train.optimizer.BatchMethod], for which every point is between
  /// two epochs, what it remembers now.
  OptimizerState optimizer() {
    return optimizer;
  }
}
