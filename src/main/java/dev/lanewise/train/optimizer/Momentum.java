package dev.lanewise.train.optimizer;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.UpdateOps;

/// v ← μ·v + g, w ← w − ρ·v; or, looking ahead, w ← w − ρ·(g + μ·v).
///
/// @param friction μ
/// @param ahead whether it looks ahead: Nesterov
record Momentum(double friction, boolean ahead) implements UpdateRule {

  Momentum {
    if (!(friction >= 0 && friction < 1)) {
      throw new IllegalArgumentException("Optimizer.momentum: friction is " + friction
          + ", expected at least 0 and less than 1");
    }
  }

  @Override
  public int stateVectors() {
    return 1;
  }

  @Override
  public void requirePrecision(Precision precision) {
    precision.requireBelowOne(friction, "Optimizer.momentum", "friction");
  }

  @Override
  public void update(Tensor theta, Tensor gradient, Tensor state, int from, int count, Step step) {
    UpdateOps.momentum(theta, gradient, state, from, count,
        friction, ahead ? 1 : 0, ahead ? friction : 1, step.rate(), step.pull(), 1, step.threshold());
  }

  @Override
  public String toString() {
    return (ahead ? "nesterov(" : "momentum(") + friction + ")";
  }
}
