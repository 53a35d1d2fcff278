package dev.lanewise.train;

import dev.lanewise.Tensor;
import dev.lanewise.UpdateOps;

/// Nonlinear conjugate gradients: d ← −g + β·d with β = max(0, ⟨g, g − g_before⟩/⟨g_before, g_before⟩), and a step along d that
/// fulfils the strong Wolfe conditions with c₂ = 0.1. Where d does not descend, it begins anew with −g.
///
/// Polak & Ribière 1969; β ≥ 0 by Gilbert & Nocedal 1992.
record ConjugateGradient() implements BatchMethod {

  private static final double CURVATURE = 0.1;

  /// Vectors of the state.
  private static final int GRADIENT = 0;
  private static final int DIRECTION = 1;
  private static final int BASE = 2;
  private static final int TRIAL = 3;
  private static final int VECTORS = 4;

  /// Numbers of the state.
  private static final int BEGUN = 0;
  private static final int VALUE = 1;
  /// ⟨g, d⟩·α of the last step, 0 before the first: the next one's guess keeps it.
  private static final int CHANGE = 2;
  private static final int STALLED = 3;
  private static final int NUMBERS = 4;

  @Override
  public int stateVectors() {
    return VECTORS;
  }

  @Override
  public int stateNumbers() {
    return NUMBERS;
  }

  @Override
  public boolean hasStalled(OptimizerState state) {
    return state.numbers().get(STALLED) != 0;
  }

  @Override
  public double iterate(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    Tensor g = state.vector(GRADIENT);
    Tensor d = state.vector(DIRECTION);
    if (numbers.get(BEGUN) == 0) {
      numbers.set(VALUE, objective.valueAndGradient(g));
      numbers.set(BEGUN, 1);
      UpdateOps.scale(-1, g, d);
    }
    state.vector(BASE).copyFrom(objective.point());
    boolean moved = step(objective, state) || stepDownhill(objective, state);
    numbers.set(STALLED, moved ? 0 : 1);
    if (moved) {
      turn(state);
    }
    return numbers.get(VALUE);
  }

  private static boolean stepDownhill(Objective objective, OptimizerState state) {
    UpdateOps.scale(-1, state.vector(GRADIENT), state.vector(DIRECTION));
    state.numbers().set(CHANGE, 0);
    return step(objective, state);
  }

  private static boolean step(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    Tensor d = state.vector(DIRECTION);
    double slope = UpdateOps.dot(state.vector(GRADIENT), d);
    if (!(slope < 0)) {
      return false;
    }
    double change = numbers.get(CHANGE);
    double first = change == 0 ? 1 / Math.sqrt(UpdateOps.dot(d, d)) : change / slope;
    WolfeSearch search = new WolfeSearch(objective, state.vector(BASE), d, state.vector(TRIAL), CURVATURE);
    if (!search.run(numbers.get(VALUE), slope, first)) {
      return false;
    }
    numbers.set(VALUE, search.value());
    numbers.set(CHANGE, search.step() * slope);
    return true;
  }

  /// d ← −g + β·d, with the gradient at the new point.
  private static void turn(OptimizerState state) {
    Tensor before = state.vector(GRADIENT);
    Tensor g = state.vector(TRIAL);
    Tensor d = state.vector(DIRECTION);
    double beta = (UpdateOps.dot(g, g) - UpdateOps.dot(g, before)) / UpdateOps.dot(before, before);
    UpdateOps.scale(beta > 0 ? beta : 0, d, d);
    UpdateOps.addScaled(-1, g, d);
    before.copyFrom(g);
  }

  /// `conjugateGradient`.
  @Override
  public String toString() {
    return "conjugateGradient";
  }
}
