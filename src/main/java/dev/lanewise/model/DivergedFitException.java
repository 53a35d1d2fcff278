package dev.lanewise.model;

import dev.lanewise.train.DivergedException;

/// A fit whose loss or parameters are no longer finite, with the model that it had made until then: that of the epoch
/// with the least validation loss where rows are held out, else that of the last good epoch. [#progress()] tells how
/// many epochs that took; after none, the model has its initial parameters.
public final class DivergedFitException extends DivergedException {

  private static final long serialVersionUID = 1;

  private final transient FittedNetwork fitted;

  DivergedFitException(DivergedException divergence, FittedNetwork fitted) {
    super(divergence);
    this.fitted = fitted;
  }

  /// {@return the regression fitted so far} It is not kept where the exception is serialized.
  ///
  /// @throws IllegalStateException if a classification was fitted
  public Regressor regressor() {
    return fitted.regressor("DivergedFitException");
  }

  /// {@return the classification fitted so far} It is not kept where the exception is serialized.
  ///
  /// @throws IllegalStateException if a regression was fitted
  public Classifier classifier() {
    return fitted.classifier("DivergedFitException");
  }
}
