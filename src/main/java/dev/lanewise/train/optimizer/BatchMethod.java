package dev.lanewise.train.optimizer;

/// Moves parameters by trying steps on the whole set. Each iteration evaluates value and gradient as often as it needs.
/// Anyone may implement one.
///
/// The function must be the same at every trial, so nothing is random: layers such as dropout compute as in inference.
public non-sealed interface BatchMethod extends Optimizer {

  /// Makes one iteration, which moves the objective's point. If no better point is found it stays the same, to the bit.
  ///
  /// @param state the memory of earlier iterations; zeros before the first
  /// @return the value at the new point: no larger than the least before, except for rounding; NaN if value or gradient
  ///     at the first point is not finite
  double iterate(Objective objective, OptimizerState state);

  /// {@return whether further iterations are not worthwhile, as the last ones found nothing better}
  boolean hasStalled(OptimizerState state);
}
