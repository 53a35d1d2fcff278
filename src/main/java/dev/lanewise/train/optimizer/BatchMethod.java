package dev.lanewise.train.optimizer;

/// Moves parameters by trying steps on the whole set: each iteration asks for values and gradients as often as it
/// needs. Anyone may implement one.
///
/// The function must be the same at every trial: nothing is drawn at random, so layers such as dropout compute as in
/// inference.
public non-sealed interface BatchMethod extends Optimizer {

  /// One iteration: moves the objective's point. The point stays what it was, to the bit, if none better is
  /// found.
  ///
  /// @param state what earlier iterations left; zeros before the first
  /// @return the value at the new point: no larger than the least before, but for the differences that rounding makes
  ///     of equal values; NaN if value or gradient at the first point are no numbers
  double iterate(Objective objective, OptimizerState state);

  /// {@return whether the last iterations found nothing better: no more are worth their time}
  boolean hasStalled(OptimizerState state);
}
