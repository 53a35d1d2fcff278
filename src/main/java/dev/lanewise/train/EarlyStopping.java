package dev.lanewise.train;

/// When to stop because the validation loss no longer falls; the best parameters are then put back. The slides,
/// Regularization.
///
/// @param watching whether the validation loss is watched at all: if not, the other two are 0
/// @param patience how many epochs in a row may pass without improvement
/// @param leastGain by how much the validation loss must fall below the best one to count as improvement
public record EarlyStopping(boolean watching, int patience, double leastGain) {

  private static final EarlyStopping NEVER = new EarlyStopping(false, 0, 0);

  /// @throws IllegalArgumentException if the patience is below 1, or the gain negative or no number; or either is not 0
  ///     where nothing is watched
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

  /// With this patience and least gain.
  ///
  /// @throws IllegalArgumentException if the patience is below 1, or the gain negative or no number
  public EarlyStopping(int patience, double leastGain) {
    this(true, patience, leastGain);
  }

  /// {@return a training that is not stopped early: no validation set is needed, and the parameters stay those of the
  /// last epoch}
  public static EarlyStopping never() {
    return NEVER;
  }

  /// {@return a stop after so many epochs without improvement, of which any counts} However large the patience, the
  /// best parameters are put back at the end.
  ///
  /// @throws IllegalArgumentException if the patience is below 1
  public static EarlyStopping patience(int epochs) {
    return new EarlyStopping(epochs, 0);
  }
}
