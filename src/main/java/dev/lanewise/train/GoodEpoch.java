package dev.lanewise.train;

import dev.lanewise.Tensor;
import dev.lanewise.train.optimizer.Optimizer;
import dev.lanewise.train.optimizer.OptimizerState;
import dev.lanewise.train.optimizer.UpdateRule;

/// θ and the optimizer's memory after the last whole epoch, or at the beginning: a training that fails returns to them.
///
/// A [dev.lanewise.train.optimizer.BatchMethod] begins anew instead, which it may do at any point: copying its many
/// vectors costs as much as an iteration on few samples.
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

  Tensor theta() {
    return theta;
  }

  /// The optimizer's memory then; for a [dev.lanewise.train.optimizer.BatchMethod], whose iterations are whole epochs,
  /// its memory now.
  OptimizerState optimizer() {
    return optimizer;
  }
}
