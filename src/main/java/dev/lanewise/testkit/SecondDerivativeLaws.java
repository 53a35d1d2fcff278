package dev.lanewise.testkit;

import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.Trial.Directions;
import java.util.List;

/// The law on the derivative of the pull, for layers that have one.
final class SecondDerivativeLaws {

  private static final int MARGIN = 5;

  private SecondDerivativeLaws() {}

  static void addTo(List<Law> laws, LayerContract contract) {
    if (contract.hasSecondDerivative()) {
      laws.add(contract.lawOnContract("vjp-dot-is-derivative",
          "x̄̇ and θ̄̇ are the limits of differences of x̄ and θ̄ along (ẋ, θ̇, ȳ̇); x̄̇ is overwritten, θ̄̇ added "
              + "to, and k directions at once give what each gives alone",
          SecondDerivativeLaws::vjpDotIsDerivative));
    }
  }

  private static void vjpDotIsDerivative(LayerContract contract) {
    Trial trial = Trial.of(contract, Precision.DOUBLE);
    Directions d = trial.directions();
    Tensor yBar = trial.directions(1).yBar();
    for (int direction = 0; direction < d.chunk(); direction++) {
      requireDerivative(trial, d, yBar, direction);
    }
    for (Precision precision : Precision.values()) {
      requireConventions(Trial.withMargins(contract, precision, MARGIN));
      requireSameBits(Trial.of(contract, precision));
      for (int batch : contract.batches()) {
        for (int chunk : contract.chunks()) {
          requireSingles(Trial.of(contract, precision, batch), chunk);
        }
      }
    }
    requirePrecisionsAgree(contract);
  }

  private static void requireDerivative(Trial trial, Directions panel, Tensor yBar, int direction) {
    Trial.PullDot panelDot = trial.pullDot(trial.linearize(), panel, yBar);
    Directions d = panel.single(direction);
    String which = ", direction " + direction + " of " + panel.chunk();
    Differences.requireDerivative(trial.contract, "xBarDot" + which, panelDot.xBarDot().slice(direction, 1),
        step -> pulled(trial, d, yBar, step).xBar());
    if (trial.contract.hasParameters()) {
      Differences.requireDerivative(trial.contract, "thetaBarDot" + which, panelDot.thetaBarDot().slice(direction, 1),
          step -> pulled(trial, d, yBar, step).thetaBar());
    }
  }

  private static Trial.Results pulled(Trial trial, Directions d, Tensor yBar, double step) {
    Directions moved = new Directions(d.xDot(), d.thetaDot(), Differences.sum(1, yBar, step, d.yBar()));
    return trial.moved(step, d.xDot().slice(0, 1).reshape(trial.x.shape().toArray()), d.thetaDot()).results(moved);
  }

  /// What is none is zero, or not wanted; x̄̇ is overwritten, θ̄̇ added to; no argument is changed, nor what is beside
  /// a result.
  private static void requireConventions(Trial trial) {
    LayerContract contract = trial.contract;
    Directions d = trial.directions();
    Tensor yBar = trial.directions(1).yBar();
    Tensor[] arguments = {trial.x, trial.theta.flat(), d.xDot(), d.yBar(), yBar};
    Tensor[] before = new Tensor[arguments.length];
    for (int i = 0; i < before.length; i++) {
      before[i] = arguments[i].copy();
    }
    Linearization at = trial.linearize();
    Tensor y = at.output().copy();
    Trial.PullDot whole = trial.pullDot(at, d, yBar);
    Tensor zeroX = trial.place(d.xDot().shape(), 0);
    Trial.PullDot still = trial.pullDot(at, new Directions(zeroX, d.thetaDot(), d.yBar()), yBar);
    Tensor xBarDot = trial.place(d.xDot().shape(), Trial.BEFORE);
    Parameters thetaBarDot = trial.optionalParameterPlace(d.chunk(), Trial.BEFORE);
    at.vjpDot(Tensor.none(), d.thetaDot(), yBar, d.yBar(), xBarDot, thetaBarDot);
    Comparison.close(contract, "xBarDot with xDot none", xBarDot, "with xDot 0", still.xBarDot());
    if (contract.hasParameters()) {
      Tensor added = still.thetaBarDot().copy();
      for (int i = 0; i < added.size(); i++) {
        added.set(i, Trial.BEFORE + added.get(i));
      }
      Comparison.close(contract, "thetaBarDot on top of " + Trial.BEFORE, thetaBarDot.flat(), "the sum of both", added);
      Tensor alone = trial.place(d.xDot().shape(), Double.NaN);
      at.vjpDot(d.xDot(), d.thetaDot(), yBar, d.yBar(), alone, Parameters.none());
      Comparison.close(contract, "xBarDot with thetaBarDot none", alone, "with thetaBarDot", whole.xBarDot());
      Parameters only = trial.parameterPlace(d.chunk(), 0);
      at.vjpDot(d.xDot(), d.thetaDot(), yBar, d.yBar(), Tensor.none(), only);
      Comparison.close(contract, "thetaBarDot with xBarDot none", only.flat(), "with xBarDot", whole.thetaBarDot());
      at.vjpDot(d.xDot(), Parameters.none(), yBar, d.yBar(), alone, Parameters.none());
      Directions withoutTheta = new Directions(d.xDot(), trial.parameterPlace(d.chunk(), 0), d.yBar());
      Comparison.close(contract, "xBarDot with thetaDot none", alone,
          "with thetaDot 0", trial.pullDot(at, withoutTheta, yBar).xBarDot());
    }
    at.vjpDot(d.xDot(), d.thetaDot(), yBar, d.yBar(), Tensor.none(), Parameters.none());
    for (int i = 0; i < before.length; i++) {
      Comparison.sameBits("argument " + i + " before vjpDot", before[i], "after", arguments[i]);
    }
    Comparison.sameBits("y before vjpDot", y, "y after", at.output());
    trial.requireMargins();
  }

  /// The same again, and whatever is in the workspace.
  private static void requireSameBits(Trial trial) {
    Directions d = trial.directions();
    Tensor yBar = trial.directions(1).yBar();
    Linearization at = trial.linearize();
    Trial.PullDot once = trial.pullDot(at, d, yBar);
    requireSameBits(once, "again", trial.pullDot(at, d, yBar));
    Linearization inUsed = trial.linearize(MemoryLaws.filledWithNaN(trial, d));
    requireSameBits(once, "in a workspace full of NaN", trial.pullDot(inUsed, d, yBar));
  }

  private static void requireSameBits(Trial.PullDot once, String how, Trial.PullDot other) {
    Comparison.sameBits("xBarDot", once.xBarDot(), "xBarDot " + how, other.xBarDot());
    Comparison.sameBits("thetaBarDot", once.thetaBarDot(), "thetaBarDot " + how, other.thetaBarDot());
  }

  private static void requireSingles(Trial trial, int chunk) {
    Directions d = trial.directions(chunk);
    Tensor yBar = trial.directions(1).yBar();
    Linearization at = trial.linearize();
    Trial.PullDot together = trial.pullDot(at, d, yBar);
    for (int direction = 0; direction < chunk; direction++) {
      Trial.PullDot alone = trial.pullDot(at, d.single(direction), yBar);
      String which = " of direction " + direction + " among " + chunk + ", x " + trial.x.shape();
      Comparison.close(trial.contract, "xBarDot" + which, together.xBarDot().slice(direction, 1), "xBarDot alone",
          alone.xBarDot());
      Comparison.close(trial.contract, "thetaBarDot" + which, together.thetaBarDot().slice(direction, 1),
          "thetaBarDot alone", alone.thetaBarDot());
    }
  }

  private static void requirePrecisionsAgree(LayerContract contract) {
    Trial floats = Trial.of(contract, Precision.FLOAT);
    Trial doubles = Trial.of(contract, Precision.DOUBLE);
    var inFloat = floats.pullDot(floats.linearize(), floats.directions(), floats.directions(1).yBar());
    var inDouble = doubles.pullDot(doubles.linearize(), doubles.directions(),
        doubles.directions(1).yBar());
    Comparison.close(contract, "xBarDot in float", inFloat.xBarDot(), "xBarDot in double", inDouble.xBarDot());
    Comparison.close(contract, "thetaBarDot in float", inFloat.thetaBarDot(), "thetaBarDot in double",
        inDouble.thetaBarDot());
  }
}
