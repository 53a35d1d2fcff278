package dev.lanewise.model;

import dev.lanewise.train.DivergedException;

/// A fit whose loss or parameters are no longer finite, with the model so far: that of the epoch with the least
/// validation loss if rows are held out, otherwise that of the last good epoch. After no whole epoch ([#progress()]) it
/// has its initial parameters.
public final class DivergedFitException extends DivergedException {

  private static final long serialVersionUID = 1;

  private final transient FittedNetwork fitted;

  DivergedFitException(DivergedException divergence, FittedNetwork fitted) {
    super(divergence);
    this.fitted = fitted;
  }

  /// {@return the regression fitted so far} Not serialized.
  ///
  /// @throws IllegalStateException if a classification was fitted
  public Regressor regressor() {
    return fitted.regressor("DivergedFitException");
  }

  /// {@return the classification fitted so far} Not serialized.
  ///
  /// @throws IllegalStateException if a regression was fitted
  public Classifier classifier() {
    return fitted.classifier("DivergedFitException");
  }
}
