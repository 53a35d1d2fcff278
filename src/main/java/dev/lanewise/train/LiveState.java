package dev.lanewise.train;

import dev.lanewise.Parameters;
import dev.lanewise.Tensor;
import dev.lanewise.train.optimizer.OptimizerState;

/// The state of a training while it runs: θ, the optimizer's memory, the position, the last good and the best epoch.
///
/// A [TrainerState] is a copy of it: [#copy()] alone takes one, [#restore] alone puts one back.
final class LiveState {

  private final Tensor theta;
  private final OptimizerState optimizer;
  private final Position at;
  private final GoodEpoch good;
  private final BestEpoch best;
  private boolean diverged;
  /// Whether θ holds the best epoch's parameters; training then goes on from the good ones.
  private boolean showsBest;

  LiveState(Parameters theta, TrainerOptions options, int samples) {
    this.theta = theta.flat();
    this.optimizer = OptimizerState.initial(options.optimizer(), theta.precision(), theta.spec().size());
    this.at = new Position(options.seed(), options.batches().updates(samples));
    this.good = new GoodEpoch(this.theta, options.optimizer(), optimizer);
    this.best = new BestEpoch(options.earlyStopping(), this.theta);
  }

  OptimizerState optimizer() {
    return optimizer;
  }

  Position position() {
    return at;
  }

  BestEpoch best() {
    return best;
  }

  boolean hasDiverged() {
    return diverged;
  }

  /// The epoch whose parameters θ holds, once it is a whole one.
  long shownEpoch() {
    return showsBest ? best.epoch() : at.epoch();
  }

  /// Ends an epoch, which is the last good one from now on.
  ///
  /// @param validationLoss NaN where nothing is validated
  void endEpoch(double validationLoss, double rate) {
    at.endEpoch(validationLoss, rate);
    keepGood();
    if (!Double.isNaN(validationLoss)) {
      best.judge(at.epoch(), validationLoss, theta);
    }
  }

  private void keepGood() {
    good.keep(theta, optimizer.vectors(), optimizer.numbers());
  }

  /// Returns to the end of the last good epoch.
  void goBack() {
    good.putBack(theta, optimizer);
    at.goBack();
  }

  /// Returns to the end of the last good epoch for good, and shows the best epoch.
  void diverge() {
    diverged = true;
    goBack();
    showBest();
  }

  /// Puts the best epoch's parameters into θ, if there is one.
  void showBest() {
    if (best.epoch() > 0 && !showsBest) {
      keepGood();
      theta.copyFrom(best.theta());
      showsBest = true;
    }
  }

  /// Puts the parameters that training goes on from back into θ.
  void showLast() {
    if (showsBest) {
      theta.copyFrom(good.theta());
      showsBest = false;
    }
  }

  TrainerState copy() {
    Tensor parameters = showsBest ? good.theta() : theta;
    return new TrainerState(parameters.copy(), optimizer.vectors().copy(), optimizer.numbers().copy(),
        good.theta().copy(), good.optimizer().vectors().copy(), good.optimizer().numbers().copy(),
        best.theta().copy(), at.seed(), at.epoch(), at.batch(), at.update(), at.lossSum(), at.lossSamples(),
        at.loss(), at.validationLoss(), at.rate(), best.loss(), best.epoch());
  }

  void restore(TrainerState state) {
    state.require(theta, optimizer, at.updatesPerEpoch());
    optimizer.set(state.optimizerVectors(), state.optimizerNumbers());
    theta.copyFrom(state.parameters());
    good.keep(state.goodParameters(), state.goodOptimizerVectors(), state.goodOptimizerNumbers());
    best.set(state.bestEpoch(), state.bestLoss(), state.bestParameters());
    at.set(state);
    diverged = false;
    showsBest = false;
  }
}
