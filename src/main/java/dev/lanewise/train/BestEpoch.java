package dev.lanewise.train;

import dev.lanewise.Tensor;

/// The epoch of the least validation loss so far, and its θ.
final class BestEpoch {

  private final EarlyStopping rule;
  private final Tensor theta;
  private double loss = Double.POSITIVE_INFINITY;
  private long epoch;

  BestEpoch(EarlyStopping rule, Tensor theta) {
    this.rule = rule;
    this.theta = theta.copy();
  }

  /// Keeps this epoch if it improves on the best by enough.
  void judge(long epoch, double loss, Tensor theta) {
    if (this.epoch == 0 || loss < this.loss - rule.leastGain()) {
      set(epoch, loss, theta);
    }
  }

  void set(long epoch, double loss, Tensor theta) {
    this.epoch = epoch;
    this.loss = loss;
    this.theta.copyFrom(theta);
  }

  boolean isLongPast(long now) {
    return rule.watching() && epoch > 0 && now - epoch >= rule.patience();
  }

  long epoch() {
    return epoch;
  }

  double loss() {
    return loss;
  }

  Tensor theta() {
    return theta;
  }
}
