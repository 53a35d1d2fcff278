package dev.lanewise.train.optimizer;

import dev.lanewise.Tensor;

/// Moves parameters by their gradient, in one pass over parameters, gradient and state. Anyone may implement one.
public non-sealed interface UpdateRule extends Optimizer {

  /// Moves the `count` parameters from `from` on, and sets their gradient to 0.
  ///
  /// A step is made of one call for each stretch of parameters that are penalised alike, `step` saying how.
  ///
  /// @param theta `[1, P]`
  /// @param gradient `[1, P]`
  /// @param state `[stateVectors, P]`, 0 before the first step
  /// @throws IllegalArgumentException if shapes or precisions do not fit
  void update(Tensor theta, Tensor gradient, Tensor state, int from, int count, Step step);

  /// {@return whether the rule itself lets weights decay, so that those exempt from it are to be told apart}
  default boolean decays() {
    return false;
  }
}
