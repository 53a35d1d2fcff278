package dev.lanewise.train;

import java.time.Duration;
import java.util.Optional;

/// How far a training is.
///
/// @param epoch epochs done
/// @param epochs epochs to do at most
/// @param updates updates done, in all epochs
/// @param loss the mean over the last whole epoch's samples, each at the parameters before its update, without
///     penalties; NaN before the first
/// @param validationLoss the mean over the validation set at the end of the last whole epoch, NaN if there is no such
///     set
/// @param bestEpoch the epoch of the least validation loss so far, 0 if there is none
/// @param rate the rate of the last whole epoch's last update; NaN before the first such epoch, and for a
///     [dev.lanewise.train.optimizer.BatchMethod]
/// @param elapsed time spent since the training began or was restored, without pauses between runs
/// @param left time until the last epoch, at the pace since the training began or was restored; none before its first
///     update
/// @param status whether it goes on, or why it has ended
public record Progress(
    long epoch, long epochs, long updates, double loss, double validationLoss, long bestEpoch, double rate,
    Duration elapsed, Optional<Duration> left, Status status) {

  /// Whether a training goes on, or why it has ended.
  public enum Status {
    /// It goes on.
    TRAINING,
    /// The last epoch that the options ask for is done.
    LAST_EPOCH,
    /// The validation loss has not fallen for as long as [EarlyStopping] is patient.
    EARLY_STOPPING,
    /// The last iteration of a [dev.lanewise.train.optimizer.BatchMethod] found no smaller value.
    STALLED,
    /// [Trainer#stop()] was called, or a [StopHandle] says so.
    STOPPED,
    /// Loss or parameters were no longer finite.
    DIVERGED
  }
}
