package dev.lanewise.train;

/// Hears of each epoch of a training.
@FunctionalInterface
public interface TrainingListener {

  /// An epoch is done. May call [Trainer#stop()] or [Trainer#state()].
  void onEpoch(Progress progress);
}
