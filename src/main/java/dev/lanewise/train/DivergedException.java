package dev.lanewise.train;

/// A training whose loss or parameters are no longer finite.
///
/// The trainer has returned to the last good epoch, whose state [Trainer#state()] gives. Its parameters are those of
/// the best epoch if there is a validation set and an epoch is done, otherwise those of the last good epoch.
public class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 2;

  private final long epoch;
  private final transient Progress progress;

  DivergedException(String message, long epoch, Progress progress) {
    super(message);
    this.epoch = epoch;
    this.progress = progress;
  }

  /// The same divergence, reported with more details.
  protected DivergedException(DivergedException divergence) {
    super(divergence.getMessage(), divergence);
    this.epoch = divergence.epoch;
    this.progress = divergence.progress;
  }

  /// {@return the epoch in which it diverged, from 1}
  public long epoch() {
    return epoch;
  }

  /// {@return how far the training was after the last good epoch} Not serialized.
  public Progress progress() {
    return progress;
  }
}
