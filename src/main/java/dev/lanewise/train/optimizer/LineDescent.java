package dev.lanewise.train.optimizer;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;

/// What methods that step along a direction share: where they are, how far a first step goes, and when no more are
/// worth their time.
///
/// Directions, gradients and parameters may have any size that their precision has: scalars are doubles, and all of
/// them have the units of the value, of parameters or of their quotient, never squares of these.
final class LineDescent {

  /// Vectors of the state.
  static final int GRADIENT = 0;
  static final int DIRECTION = 1;
  static final int BASE = 2;
  static final int TRIAL = 3;
  static final int VECTORS = 4;

  /// Numbers of the state.
  static final int BEGUN = 0;
  static final int VALUE = 1;
  /// ‖g‖.
  static final int NORM = 2;
  /// φ′(0)·α of the last step, 0 before the first.
  static final int CHANGE = 3;
  static final int LOWEST_VALUE = 4;
  static final int LEAST_NORM = 5;
  /// Iterations since value or ‖g‖ was the smallest until then.
  static final int IDLE = 6;
  static final int STALLED = 7;
  static final int NUMBERS = 8;

  /// So many iterations without a smaller value or gradient only walk about in what rounding makes of a minimum.
  private static final int MOST_IDLE = 10;

  private LineDescent() {}

  /// Takes value and gradient at the beginning, and in each iteration the point to step from.
  static void begin(Objective objective, OptimizerState state) {
    Tensor numbers = state.numbers();
    if (numbers.get(BEGUN) == 0) {
      double value = objective.valueAndGradient(state.vector(GRADIENT));
      double norm = PointwiseOps.norm(state.vector(GRADIENT));
      // Without a gradient there is no way down: the value that says so ends the training.
      numbers.set(VALUE, norm < Double.POSITIVE_INFINITY ? value : Double.NaN);
      numbers.set(NORM, norm);
      numbers.set(LOWEST_VALUE, numbers.get(VALUE));
      numbers.set(LEAST_NORM, norm);
      numbers.set(BEGUN, 1);
    }
    state.vector(BASE).copyFrom(objective.point());
  }

  /// Steps along the direction.
  ///
  /// @param slope ⟨g, d⟩
  /// @param curvature c₂ of the strong Wolfe conditions
  /// @param first the step to be tried first
  /// @return whether there was one; `TRIAL` is then the gradient at the new point, else the point is where it was
  static boolean step(Objective objective, OptimizerState state, double slope, double curvature, double first) {
    Tensor numbers = state.numbers();
    if (!(slope < 0)) {
      return false;
    }
    WolfeSearch search =
        new WolfeSearch(objective, state.vector(BASE), state.vector(DIRECTION), state.vector(TRIAL), curvature);
    if (!search.run(numbers.get(VALUE), slope, numbers.get(LOWEST_VALUE), first)) {
      return false;
    }
    numbers.set(VALUE, search.value());
    numbers.set(CHANGE, search.step() * slope);
    return true;
  }

  /// The first step along a direction whose length says nothing. At the beginning it is the one by which a value that
  /// fell as φ′(0) says would reach 0 (Polyak 1987), but no longer than the parameters are; later the one by which it
  /// would fall as far as in the last step (Nocedal & Wright 2006, equation 3.60). It so follows the units of
  /// parameters and values.
  ///
  /// @param slope ⟨g, d⟩
  static double firstStep(OptimizerState state, double slope) {
    Tensor numbers = state.numbers();
    double value = Math.abs(numbers.get(VALUE));
    double change = Math.abs(numbers.get(CHANGE));
    if (change > 0) {
      return (value > 0 ? Math.min(change, 2 * value) : change) / -slope;
    }
    double longest = PointwiseOps.norm(state.vector(BASE));
    double length = PointwiseOps.norm(state.vector(DIRECTION));
    double step = value / -slope;
    if (longest > 0 && !(step > 0 && step * length < longest)) {
      return longest / length;
    }
    return step > 0 && step < Double.POSITIVE_INFINITY ? step : 1 / length;
  }

  /// Ends an iteration: keeps what is known of the new point, and whether any more are worth their time.
  ///
  /// @param norm ‖g‖ at the new point
  static void conclude(OptimizerState state, boolean moved, double norm) {
    Tensor numbers = state.numbers();
    if (!moved) {
      numbers.set(STALLED, 1);
      return;
    }
    double value = numbers.get(VALUE);
    boolean better = value < numbers.get(LOWEST_VALUE) || norm < numbers.get(LEAST_NORM);
    numbers.set(NORM, norm);
    numbers.set(LOWEST_VALUE, Math.min(value, numbers.get(LOWEST_VALUE)));
    numbers.set(LEAST_NORM, Math.min(norm, numbers.get(LEAST_NORM)));
    numbers.set(IDLE, better ? 0 : numbers.get(IDLE) + 1);
    numbers.set(STALLED, numbers.get(IDLE) < MOST_IDLE ? 0 : 1);
  }

  static boolean hasStalled(OptimizerState state) {
    return state.numbers().get(STALLED) != 0;
  }
}
