package dev.lanewise.train.optimizer;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;

/// BFGS with limited memory: d = −H·g, where H is γ·I updated by the last pairs s = Δθ, y = Δg, with γ = ⟨s, y⟩/⟨y, y⟩
/// of the newest, by two loops over the pairs; and a step along d that meets the strong Wolfe conditions with c₂ = 0.9,
/// so that ⟨s, y⟩ > 0. Without pairs d = −g/‖g‖.
///
/// Nocedal 1980; Liu & Nocedal 1989; Nocedal & Wright 2006, algorithms 7.4 and 7.5.
///
/// @param memory the number of pairs kept
record Lbfgs(int memory) implements LineDescent {

  private static final double CURVATURE = 0.9;

  /// Vectors of the state: pairs follow those of [LineDescent], all s before all y.
  private static final int PAIRS = VECTORS;

  /// Numbers of the state, after those of [LineDescent]; 1/⟨s, y⟩ of each pair follow, and the first loop's results.
  private static final int COUNT = NUMBERS;
  private static final int NEXT = COUNT + 1;
  private static final int RHO = COUNT + 2;

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
  public double iterate(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    LineDescent.begin(objective, state);
    boolean moved = step(objective, state);
    if (!moved && numbers.get(COUNT) > 0) {
      numbers.set(COUNT, 0);
      moved = step(objective, state);
    }
    if (moved) {
      remember(objective, state);
      state.vector(GRADIENT).copyFrom(state.vector(TRIAL));
    }
    LineDescent.conclude(state, moved, PointwiseOps.norm(state.vector(GRADIENT)));
    return numbers.get(VALUE);
  }

  private boolean step(Objective objective, OptimizerState state) {
    direct(state);
    double slope = PointwiseOps.dot(state.vector(GRADIENT), state.vector(DIRECTION));
    double first = state.numbers().get(COUNT) == 0 ? LineDescent.firstStep(state, slope) : 1;
    return LineDescent.step(objective, state, slope, CURVATURE, first);
  }

  private void direct(OptimizerState state) {
    Tensor numbers = state.numbers();
    Tensor g = state.vector(GRADIENT);
    Tensor d = state.vector(DIRECTION);
    int count = (int) numbers.get(COUNT);
    if (count == 0) {
      PointwiseOps.normalise(g, d);
      PointwiseOps.scale(-1, d, d);
      return;
    }
    PointwiseOps.scale(-1, g, d);
    for (int age = 1; age <= count; age++) {
      int pair = pair(numbers, age);
      double alpha = numbers.get(RHO + pair) * PointwiseOps.dot(s(state, pair), d);
      numbers.set(RHO + memory + pair, alpha);
      PointwiseOps.addScaled(-alpha, y(state, pair), d);
    }
    // ⟨y, y⟩ might overflow where γ does not.
    double norm = PointwiseOps.norm(y(state, pair(numbers, 1)));
    PointwiseOps.scale(1 / (numbers.get(RHO + pair(numbers, 1)) * norm) / norm, d, d);
    for (int age = count; age >= 1; age--) {
      int pair = pair(numbers, age);
      double beta = numbers.get(RHO + pair) * PointwiseOps.dot(y(state, pair), d);
      PointwiseOps.addScaled(numbers.get(RHO + memory + pair) - beta, s(state, pair), d);
    }
  }

  /// Keeps s and y of the step just taken, unless rounding has left no positive curvature.
  private void remember(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    int pair = (int) numbers.get(NEXT);
    Tensor s = s(state, pair);
    Tensor y = y(state, pair);
    s.copyFrom(objective.point());
    PointwiseOps.addScaled(-1, state.vector(BASE), s);
    y.copyFrom(state.vector(TRIAL));
    PointwiseOps.addScaled(-1, state.vector(GRADIENT), y);
    double rho = 1 / PointwiseOps.dot(s, y);
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

  @Override
  public String toString() {
    return "lbfgs(" + memory + ")";
  }
}
