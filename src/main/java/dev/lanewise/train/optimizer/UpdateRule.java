package dev.lanewise.train.optimizer;

import dev.lanewise.Tensor;

/// Moves parameters by their gradient, in one pass over parameters, gradient and state. Anyone may implement one.
public non-sealed interface UpdateRule extends Optimizer {

  /// Moves `count` parameters from index `from` on, and sets their gradient to 0. A step makes one call for each
  /// stretch of parameters that are penalised alike.
  ///
  /// @param theta `[1, P]`
  /// @param gradient `[1, P]`
  /// @param state `[stateVectors, P]`, 0 before the first step
  /// @param step the rate and penalty of these parameters
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  void update(Tensor theta, Tensor gradient, Tensor state, int from, int count, Step step);

  /// {@return whether the rule itself decays weights, so that exempt ones must be told apart}
  default boolean decays() {
    return false;
  }
}
