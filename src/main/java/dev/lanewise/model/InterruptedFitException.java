package dev.lanewise.model;

import dev.lanewise.train.Progress;

/// A fit whose thread was interrupted, with the model so far: that of the epoch with the least validation loss if rows
/// are held out, otherwise that of the last whole epoch. After none, it has its initial parameters.
///
/// The thread stays interrupted. If the fit has a checkpoint, that of the last whole epoch is written, and the same fit
/// continues from there.
public final class InterruptedFitException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Progress progress;
  private final transient FittedNetwork fitted;

  InterruptedFitException(Progress progress, FittedNetwork fitted) {
    super("fit was interrupted after " + progress.epoch() + " of " + progress.epochs() + " epochs");
    this.progress = progress;
    this.fitted = fitted;
  }

  /// {@return how far the training was after the last whole epoch} Not serialized.
  public Progress progress() {
    return progress;
  }

  /// {@return the regression fitted so far} Not serialized.
  ///
  /// @throws IllegalStateException if a classification was fitted
  public Regressor regressor() {
    return fitted.regressor("InterruptedFitException");
  }

  /// {@return the classification fitted so far} Not serialized.
  ///
  /// @throws IllegalStateException if a regression was fitted
  public Classifier classifier() {
    return fitted.classifier("InterruptedFitException");
  }
}
