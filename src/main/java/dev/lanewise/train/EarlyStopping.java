package dev.lanewise.train;

/// When to stop because the validation loss no longer falls; the best parameters are then put back. The slides, Regularization.
///
/// @param patience how many epochs in a row may pass without improvement
/// @param leastGain by how much the validation loss must fall below the best one to count as improvement
public record EarlyStopping(int patience, double leastGain) {

  private static final EarlyStopping NEVER = new EarlyStopping(Integer.MAX_VALUE, 0);

  /// @throws IllegalArgumentException if the patience is below 1, or the gain negative or no number
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("EarlyStopping: patience of " + patience + " epochs, expected at least 1");
    }
    if (!(leastGain >= 0 && leastGain < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("EarlyStopping: least gain is " + leastGain + ", expected a number, at least 0");
    }
  }

  /// Not at all.
  public static EarlyStopping never() {
    return NEVER;
  }

  /// Any improvement counts.
  public static EarlyStopping patience(int epochs) {
    return new EarlyStopping(epochs, 0);
  }
}
