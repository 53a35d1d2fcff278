package dev.lanewise.train;

import dev.lanewise.Tensor;
import dev.lanewise.UpdateOps;

/// BFGS with limited memory: d = −H·g, where H is γ·I updated by the last pairs s = Δθ, y = Δg, with γ = ⟨s, y⟩/⟨y, y⟩ of the newest,
/// by two loops over the pairs; and a step along d that fulfils the strong Wolfe conditions with c₂ = 0.9, so that ⟨s, y⟩ > 0.
///
/// Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithms 7.4 and 7.5.
///
/// @param memory how many pairs are kept
record Lbfgs(int memory) implements BatchMethod {

  private static final double CURVATURE = 0.9;

  /// Vectors of the state; pairs follow, all s before all y.
  private static final int GRADIENT = 0;
  private static final int DIRECTION = 1;
  private static final int BASE = 2;
  private static final int TRIAL = 3;
  private static final int PAIRS = 4;

  /// Numbers of the state; 1/⟨s, y⟩ of each pair follow, and the first loop's results.
  private static final int BEGUN = 0;
  private static final int VALUE = 1;
  private static final int STALLED = 2;
  private static final int COUNT = 3;
  private static final int NEXT = 4;
  private static final int RHO = 5;

  Lbfgs {
    if (memory < 1) {
      throw new IllegalArgumentException("Optimizer.lbfgs: memory of " + memory + " pairs, expected at least 1");
    }
  }

  @Override
  public int stateVectors() {
    return PAIRS + 2 * memory;
  }

  @Override
  public int stateNumbers() {
    return RHO + 2 * memory;
  }

  @Override
  public boolean hasStalled(OptimizerState state) {
    return state.numbers().get(STALLED) != 0;
  }

  @Override
  public double iterate(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    if (numbers.get(BEGUN) == 0) {
      numbers.set(VALUE, objective.valueAndGradient(state.vector(GRADIENT)));
      numbers.set(BEGUN, 1);
    }
    state.vector(BASE).copyFrom(objective.point());
    boolean moved = step(objective, state);
    if (!moved && numbers.get(COUNT) > 0) {
      numbers.set(COUNT, 0);
      moved = step(objective, state);
    }
    numbers.set(STALLED, moved ? 0 : 1);
    if (moved) {
      remember(objective, state);
      state.vector(GRADIENT).copyFrom(state.vector(TRIAL));
    }
    return numbers.get(VALUE);
  }

  private boolean step(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    Tensor d = state.vector(DIRECTION);
    direct(state);
    double slope = UpdateOps.dot(state.vector(GRADIENT), d);
    if (!(slope < 0)) {
      return false;
    }
    double first = numbers.get(COUNT) == 0 ? Math.min(1, 1 / Math.sqrt(UpdateOps.dot(d, d))) : 1;
    WolfeSearch search = new WolfeSearch(objective, state.vector(BASE), d, state.vector(TRIAL), CURVATURE);
    if (!search.run(numbers.get(VALUE), slope, first)) {
      return false;
    }
    numbers.set(VALUE, search.value());
    return true;
  }

  /// d ← −H·g by the two loops.
  private void direct(OptimizerState state) {
    Tensor numbers = state.numbers();
    Tensor d = state.vector(DIRECTION);
    int count = (int) numbers.get(COUNT);
    UpdateOps.scale(-1, state.vector(GRADIENT), d);
    for (int age = 1; age <= count; age++) {
      int pair = pair(numbers, age);
      double alpha = numbers.get(RHO + pair) * UpdateOps.dot(s(state, pair), d);
      numbers.set(RHO + memory + pair, alpha);
      UpdateOps.addScaled(-alpha, y(state, pair), d);
    }
    if (count > 0) {
      Tensor y = y(state, pair(numbers, 1));
      UpdateOps.scale(1 / (numbers.get(RHO + pair(numbers, 1)) * UpdateOps.dot(y, y)), d, d);
    }
    for (int age = count; age >= 1; age--) {
      int pair = pair(numbers, age);
      double beta = numbers.get(RHO + pair) * UpdateOps.dot(y(state, pair), d);
      UpdateOps.addScaled(numbers.get(RHO + memory + pair) - beta, s(state, pair), d);
    }
  }

  /// Keeps s and y of the step just taken, unless rounding has left no positive curvature.
  private void remember(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    int pair = (int) numbers.get(NEXT);
    Tensor s = s(state, pair);
    Tensor y = y(state, pair);
    s.copyFrom(objective.point());
    UpdateOps.addScaled(-1, state.vector(BASE), s);
    y.copyFrom(state.vector(TRIAL));
    UpdateOps.addScaled(-1, state.vector(GRADIENT), y);
    double rho = 1 / UpdateOps.dot(s, y);
    if (rho > 0 && rho < Double.POSITIVE_INFINITY) {
      numbers.set(RHO + pair, rho);
      numbers.set(NEXT, (pair + 1) % memory);
      numbers.set(COUNT, Math.min(memory, numbers.get(COUNT) + 1));
    } else {
      numbers.set(COUNT, 0);
    }
  }

  /// The pair that is `age` steps old, the newest 1.
  private int pair(Tensor numbers, int age) {
    return Math.floorMod((int) numbers.get(NEXT) - age, memory);
  }

  private static Tensor s(OptimizerState state, int pair) {
    return state.vector(PAIRS + pair);
  }

  private Tensor y(OptimizerState state, int pair) {
    return state.vector(PAIRS + memory + pair);
  }

  /// `lbfgs` and its memory.
  @Override
  public String toString() {
    return "lbfgs(" + memory + ")";
  }
}
