package dev.lanewise.train;

import dev.lanewise.train.Progress.Status;
import dev.lanewise.train.optimizer.BatchMethod;
import dev.lanewise.train.optimizer.OptimizerState;
import java.util.Objects;
import java.util.Optional;

/// Whether a training goes on, or why not.
final class Ending {

  private volatile boolean stopped;
  private Optional<StopHandle> handle = Optional.empty();

  void stop() {
    stopped = true;
  }

  void follow(StopHandle other) {
    handle = Optional.of(Objects.requireNonNull(other, "handle"));
  }

  /// Forgets a stop, before the next run.
  void begin() {
    stopped = false;
  }

  /// Whether the handle, or an interruption of the thread, ends the training.
  boolean isByHandle() {
    return isNow() || handle.isPresent() && handle.get().isStopped();
  }

  /// Whether the training ends within the epoch.
  boolean isNow() {
    return handle.isPresent() && (handle.get().isNow() || Thread.currentThread().isInterrupted());
  }

  Status status(Position at, TrainerOptions options, OptimizerState optimizer, BestEpoch best) {
    if (at.batch() > 0) {
      return Status.TRAINING;
    } else if (at.epoch() >= options.epochs()) {
      return Status.LAST_EPOCH;
    } else if (options.optimizer() instanceof BatchMethod method && method.hasStalled(optimizer)) {
      return Status.STALLED;
    } else if (best.isLongPast(at.epoch())) {
      return Status.EARLY_STOPPING;
    }
    return stopped || isByHandle() ? Status.STOPPED : Status.TRAINING;
  }
}
