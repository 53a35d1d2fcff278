package dev.lanewise.train;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.RowOps;
import dev.lanewise.Workspace;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.OptimizerState;
import dev.lanewise.train.optimizer.UpdateRule;

/// Moves the parameters: by an update rule along the gradient of a batch, or by an iteration of a batch method.
final class Descent {

  private final Parameters theta;
  private final Parameters thetaBar;
  private final Regularization regularization;
  private final LossPass pass;
  private final Sampler sampler;
  private final Stretch[] stretches;
  private final OptimizerState optimizer;
  private final PenalisedStep step = new PenalisedStep();
  private final Workspace ws;

  Descent(Layer network, Parameters theta, Loss loss, Dataset data, TrainerOptions options, OptimizerState optimizer,
      Workspace ws) {
    this.theta = theta;
    this.ws = ws;
    this.thetaBar = Parameters.zeros(theta.spec(), theta.precision());
    this.regularization = options.regularization();
    this.pass = new LossPass(network, loss, theta, data, ws);
    this.sampler = new Sampler(options.batches(), data.samples());
    this.stretches = Stretch.of(theta.spec(), regularization,
        options.optimizer() instanceof UpdateRule rule && rule.decays());
    this.optimizer = optimizer;
  }

  /// The mean loss over the next batch; adds its gradient to θ̄, which is 0 before.
  double gradient(Position at) {
    sampler.choose(at.seed(), at.epoch(), at.batch(), at.update());
    long draws = Draws.key(at.seed(), Draws.LAYERS, at.update());
    return sampler.isWhole() ? pass.gradient(thetaBar, true, draws)
        : pass.gradient(sampler.order(), sampler.from(), sampler.count(), thetaBar, draws);
  }

  boolean hasFiniteGradient() {
    return RowOps.isFinite(thetaBar.flat());
  }

  /// θ ← θ − ρ·(1/B)·Σ ∂L_n/∂θ or a like rule, and θ̄ ← 0: slides, equations 42 to 45. Parameters that are not trained
  /// take the statistics observed.
  void move(UpdateRule rule, double rate, long number) {
    step.begin(number, rate);
    for (Stretch stretch : stretches) {
      if (stretch.trained()) {
        step.penalise(regularization, stretch.exempt());
        rule.update(theta.flat(), thetaBar.flat(), optimizer.vectors(), stretch.from(), stretch.size(), step);
      }
    }
    clearUntrained(thetaBar);
    ws.takeOverObserved();
  }

  static void clearUntrained(Parameters thetaBar) {
    for (int index = 0; index < thetaBar.count(); index++) {
      if (!thetaBar.spec().entries().get(index).trained()) {
        thetaBar.get(index).fill(0);
      }
    }
  }

  /// Makes one iteration on the whole set.
  ///
  /// @return the loss after it, with the penalty
  double iterate(BatchMethod method) {
    return method.iterate(new PenalisedLoss(pass, theta, regularization), optimizer);
  }

  /// The number of samples of the last gradient.
  int samples() {
    return sampler.count();
  }

  /// Begins anew after a step that failed half-way, or with another seed.
  void reset() {
    thetaBar.flat().fill(0);
    sampler.forget();
  }
}
