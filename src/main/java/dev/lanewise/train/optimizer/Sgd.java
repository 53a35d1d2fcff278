package dev.lanewise.train.optimizer;

import dev.lanewise.Tensor;
import dev.lanewise.UpdateOps;

/// w ← w − ρ·g: slides, equations 42 to 45.
record Sgd() implements UpdateRule {

  @Override
  public int stateVectors() {
    return 0;
  }

  @Override
  public void update(Tensor theta, Tensor gradient, Tensor state, int from, int count, Step step) {
    UpdateOps.descend(theta, gradient, from, count, step.rate(), step.pull(), 1, step.threshold());
  }

  @Override
  public String toString() {
    return "sgd";
  }
}
