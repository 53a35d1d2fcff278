package dev.lanewise.train;

/// Ends a training when the validation loss no longer falls, and puts the best parameters back. Slides, Regularization.
///
/// @param watching whether the validation loss is watched; if not, the other two are 0
/// @param patience how many epochs in a row may pass without improvement
/// @param leastGain by how much the validation loss must fall below the best one to count as improvement
public record EarlyStopping(boolean watching, int patience, double leastGain) {

  private static final EarlyStopping NEVER = new EarlyStopping(false, 0, 0);

  /// @throws IllegalArgumentException if the patience is below 1, the gain negative or not finite, or either is not 0
  ///     without watching
  public EarlyStopping {
    if (!watching && (patience != 0 || leastGain != 0)) {
      throw new IllegalArgumentException("EarlyStopping: patience of " + patience + " epochs and least gain "
          + leastGain + " without watching, expected 0 and 0");
    }
    if (watching && patience < 1) {
      throw new IllegalArgumentException("EarlyStopping: patience of " + patience + " epochs, expected at least 1");
    }
    if (!(leastGain >= 0 && leastGain < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("EarlyStopping: least gain is " + leastGain
          + ", expected a number, at least 0");
    }
  }

  /// Stops after `patience` epochs without an improvement of `leastGain`.
  ///
  /// @throws IllegalArgumentException if the patience is below 1, or the gain negative or not finite
  public EarlyStopping(int patience, double leastGain) {
    this(true, patience, leastGain);
  }

  /// {@return no early stopping: it needs no validation set, and the parameters stay those of the last epoch}
  public static EarlyStopping never() {
    return NEVER;
  }

  /// {@return a stop after this many epochs without any improvement} However large the patience, the best parameters
  /// are put back at the end.
  ///
  /// @throws IllegalArgumentException if the patience is below 1
  public static EarlyStopping patience(int epochs) {
    return new EarlyStopping(epochs, 0);
  }
}
