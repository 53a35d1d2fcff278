package dev.lanewise.train;

/// A training whose loss or parameters are no longer finite. The parameters are those of the last good epoch.
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final long epoch;

  DivergedException(String message, long epoch) {
    super(message);
    this.epoch = epoch;
  }

  /// The epoch in which it diverged, from 1.
  public long epoch() {
    return epoch;
  }
}
