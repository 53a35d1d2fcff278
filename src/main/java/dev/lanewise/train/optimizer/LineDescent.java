package dev.lanewise.train.optimizer;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;

/// A method that steps along a direction: its state, the length of its first step, and when it has stalled.
///
/// Directions, gradients and parameters may have any magnitude that their precision holds: scalars are doubles, in
/// units of the value, of parameters or of their quotient, never in squares of these.
sealed interface LineDescent extends BatchMethod permits ConjugateGradient, Lbfgs {

  /// Vectors of the state.
  int GRADIENT = 0;
  int DIRECTION = 1;
  int BASE = 2;
  int TRIAL = 3;
  int VECTORS = 4;

  /// Numbers of the state.
  int BEGUN = 0;
  int VALUE = 1;
  /// ‖g‖.
  int NORM = 2;
  /// φ′(0)·α of the last step, 0 before the first.
  int CHANGE = 3;
  int LOWEST_VALUE = 4;
  int LEAST_NORM = 5;
  /// Iterations since value or ‖g‖ was last a new minimum.
  int IDLE = 6;
  int STALLED = 7;
  int NUMBERS = 8;

  /// After this many iterations without a smaller value or gradient, only rounding moves the point.
  int MOST_IDLE = 10;

  @Override
  default int stateVectors() {
    return VECTORS;
  }

  @Override
  default int stateNumbers() {
    return NUMBERS;
  }

  @Override
  default boolean hasStalled(OptimizerState state) {
    return state.numbers().get(STALLED) != 0;
  }

  /// Evaluates the objective before the first iteration, and keeps the point that this one steps from.
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
  /// @return whether a step was found; `TRIAL` is then the gradient at the new point, else the point is unchanged
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

  /// The first step along a direction whose length means nothing. In the first iteration, the step is the one by which
  /// a value that falls with slope φ′(0) would reach 0 (Polyak 1987), but no longer than the parameters. Later it is
  /// the one by which the value would fall as far as in the last step (Nocedal & Wright 2006, equation 3.60). The step
  /// therefore scales with parameters and values.
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

  /// Ends an iteration: keeps what is known of the new point, and whether the method has stalled.
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
}
