package dev.lanewise.train;

import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.train.optimizer.Objective;

/// The mean loss over the whole set with its ℓ₂ penalty, as a function of the trained parameters: slides, equation 46.
final class PenalisedLoss implements Objective {

  private final LossPass pass;
  private final Parameters theta;
  private final Regularization regularization;
  private Parameters slot = Parameters.none();

  PenalisedLoss(LossPass pass, Parameters theta, Regularization regularization) {
    this.pass = pass;
    this.theta = theta;
    this.regularization = regularization;
  }

  @Override
  public Tensor point() {
    return theta.flat();
  }

  @Override
  public double valueAndGradient(Tensor gradient) {
    if (slot.isNone() || slot.flat() != gradient) {
      slot = Parameters.of(theta.spec(), gradient);
    }
    gradient.fill(0);
    double loss = pass.gradient(slot, false, 0);
    Descent.clearUntrained(slot);
    if (regularization.l2() > 0) {
      addPenaltySlope();
    }
    return loss + regularization.penalty(theta);
  }

  private void addPenaltySlope() {
    for (int index = 0; index < theta.count(); index++) {
      if (!regularization.exempts(theta.spec().entries().get(index))) {
        PointwiseOps.addScaled(2 * regularization.l2(), theta.get(index), slot.get(index));
      }
    }
  }
}
