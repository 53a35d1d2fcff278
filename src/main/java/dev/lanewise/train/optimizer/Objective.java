package dev.lanewise.train.optimizer;

import dev.lanewise.Tensor;

/// A function of P parameters with its gradient, as a [BatchMethod] sees it.
public interface Objective {

  /// {@return the point of evaluation, `[1, P]`, to be overwritten}
  Tensor point();

  /// {@return the value at the point}
  ///
  /// @param gradient `[1, P]`, overwritten with the gradient there
  double valueAndGradient(Tensor gradient);
}
