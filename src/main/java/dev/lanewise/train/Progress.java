package dev.lanewise.train;

import java.time.Duration;

/// How far a training is after an epoch.
///
/// @param epoch epochs done, from 1
/// @param epochs epochs that are to be done at most
/// @param updates updates done, of all epochs
/// @param loss the mean over the epoch's samples, each at the parameters that its update began with, penalties apart
/// @param validationLoss the mean over the validation set at the end of the epoch, or NaN where there is none
/// @param bestEpoch the epoch of the least validation loss so far, or 0 where there is none
/// @param rate of the epoch's last update; NaN for a [BatchMethod]
/// @param elapsed since the training began, without what was done before it was resumed
/// @param left until the last epoch, if all take as long as those until now
public record Progress(
    long epoch, long epochs, long updates, double loss, double validationLoss, long bestEpoch, double rate,
    Duration elapsed, Duration left) {}
