package dev.lanewise.train.optimizer;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;

/// Nonlinear conjugate gradients: d ← −g + β·d with β = max(0, ⟨g, g − g_before⟩/⟨g_before, g_before⟩), and a step
/// along d that meets the strong Wolfe conditions with c₂ = 0.1. If d does not descend, the method begins anew with −g.
///
/// The state holds ‖g‖ separately, and g/‖g‖ and d/‖g‖, which do not over- or underflow for any size of the gradient.
///
/// Polak & Ribière 1969; β ≥ 0 by Gilbert & Nocedal 1992.
record ConjugateGradient() implements LineDescent {

  private static final double CURVATURE = 0.1;

  @Override
  public double iterate(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    Tensor g = state.vector(GRADIENT);
    boolean begins = numbers.get(BEGUN) == 0;
    LineDescent.begin(objective, state);
    if (begins) {
      PointwiseOps.normalise(g, g);
      PointwiseOps.scale(-1, g, state.vector(DIRECTION));
    }
    boolean moved = step(objective, state) || stepDownhill(objective, state);
    LineDescent.conclude(state, moved, moved ? turn(state) : numbers.get(NORM));
    return numbers.get(VALUE);
  }

  private static boolean stepDownhill(Objective objective, OptimizerState state) {
    PointwiseOps.scale(-1, state.vector(GRADIENT), state.vector(DIRECTION));
    return step(objective, state);
  }

  private static boolean step(Objective objective, OptimizerState state) {
    double cosine = PointwiseOps.dot(state.vector(GRADIENT), state.vector(DIRECTION));
    double slope = state.numbers().get(NORM) * cosine;
    return LineDescent.step(objective, state, slope, CURVATURE, LineDescent.firstStep(state, slope));
  }

  /// d ← −g + β·d, with the gradient at the new point, both divided by its norm:
  /// ‖g_before‖·β/‖g‖ = ‖g‖/‖g_before‖ − cos(g, g_before).
  ///
  /// @return ‖g‖
  private static double turn(OptimizerState state) {
    Tensor before = state.vector(GRADIENT);
    Tensor g = state.vector(TRIAL);
    Tensor d = state.vector(DIRECTION);
    double norm = PointwiseOps.normalise(g, g);
    double beta = norm / state.numbers().get(NORM) - PointwiseOps.dot(g, before);
    PointwiseOps.scale(beta > 0 ? beta : 0, d, d);
    PointwiseOps.addScaled(-1, g, d);
    before.copyFrom(g);
    return norm;
  }

  @Override
  public String toString() {
    return "conjugateGradient";
  }
}
