package dev.lanewise.train;

/// Is told of each epoch of a training.
@FunctionalInterface
public interface TrainingListener {

  /// Called after each epoch. May call [Trainer#stop()] or [Trainer#state()].
  void onEpoch(Progress progress);
}
