package dev.lanewise.train;

import dev.lanewise.train.optimizer.Step;

/// The step of an update under a [Regularization]; one object for all updates.
final class PenalisedStep implements Step {

  private long number;
  private double rate;
  private boolean decaying;
  private double pull;
  private double threshold;

  void begin(long number, double rate) {
    this.number = number;
    this.rate = rate;
  }

  /// Sets the penalty of the next stretch of parameters: none if `exempt`.
  void penalise(Regularization regularization, boolean exempt) {
    decaying = !exempt;
    pull = exempt ? 0 : 2 * regularization.l2();
    threshold = exempt ? 0 : rate * regularization.l1();
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public double rate() {
    return rate;
  }

  @Override
  public boolean decaying() {
    return decaying;
  }

  @Override
  public double pull() {
    return pull;
  }

  @Override
  public double threshold() {
    return threshold;
  }
}
