package dev.lanewise.train.optimizer;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.UpdateOps;

/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← (1 − ρ·decay)·w − ρ·m̂/(√v̂ + ε), with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 −
/// β₂ᵗ).
///
/// @param beta1 β₁
/// @param beta2 β₂
/// @param epsilon ε
/// @param decay decoupled weight decay: AdamW
record Adam(double beta1, double beta2, double epsilon, double decay) implements UpdateRule {

  Adam {
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Optimizer.adam: beta1 is " + beta1 + " and beta2 " + beta2 + ", expected at least 0 and less than 1");
    }
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Optimizer.adam: epsilon is " + epsilon + ", expected a positive number");
    }
    if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("Optimizer.adamW: decay is " + decay + ", expected a number, at least 0");
    }
  }

  @Override
  public int stateVectors() {
    return 2;
  }

  @Override
  public boolean decays() {
    return decay > 0;
  }

  @Override
  public void requirePrecision(Precision precision) {
    precision.requireBelowOne(beta1, "Optimizer.adam", "beta1");
    precision.requireBelowOne(beta2, "Optimizer.adam", "beta2");
    precision.requirePositive(epsilon, "Optimizer.adam", "epsilon");
  }

  @Override
  public void update(Tensor theta, Tensor gradient, Tensor state, int from, int count, Step step) {
    Precision precision = theta.precision();
    double rate = step.rate() / weight(precision.round(beta1), step.number());
    double rootScale = 1 / Math.sqrt(weight(precision.round(beta2), step.number()));
    double keep = step.decaying() ? 1 - step.rate() * decay : 1;
    UpdateOps.adam(theta, gradient, state, from, count, beta1, beta2, rootScale, epsilon, rate, step.pull(), keep,
        step.threshold());
  }

  /// 1 − βᵗ, the sum of the weights of t gradients in their mean, without cancellation for β near 1. β is the rounded
  /// one: in float, 1 − 0.9999999 is off by a fifth. By StrictMath, since the last digit of `Math` may depend on the
  /// machine.
  private static double weight(double beta, long t) {
    return -StrictMath.expm1(t * StrictMath.log1p(beta - 1));
  }

  @Override
  public String toString() {
    return (decay > 0 ? "adamW(" : "adam(") + beta1 + ", " + beta2 + ", " + epsilon + (decay > 0 ? ", " + decay : "")
        + ")";
  }
}
