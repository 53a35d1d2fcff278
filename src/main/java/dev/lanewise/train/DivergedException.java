package dev.lanewise.train;

/// A training whose loss or parameters are no longer finite.
///
/// The trainer has gone back to the last good epoch: [Trainer#state()] is what it was there. Its parameters are those
/// of the best epoch, where there is a validation set and an epoch is done, and of the last good one otherwise.
public class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 2;

  private final long epoch;
  private final transient Progress progress;

  DivergedException(String message, long epoch, Progress progress) {
    super(message);
    this.epoch = epoch;
    this.progress = progress;
  }

  /// The same divergence, to be told with more about it.
  protected DivergedException(DivergedException divergence) {
    super(divergence.getMessage(), divergence);
    this.epoch = divergence.epoch;
    this.progress = divergence.progress;
  }

  /// {@return the epoch in which it diverged, from 1}
  public long epoch() {
    return epoch;
  }

  /// {@return how far the training was after the last good epoch} It is not kept where the exception is serialized.
  public Progress progress() {
    return progress;
  }
}
