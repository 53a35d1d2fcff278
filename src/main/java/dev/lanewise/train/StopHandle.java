package dev.lanewise.train;

/// Ends a training from outside: from another thread, a listener, a signal handler.
///
/// | call         | the training ends                                                 |
/// |--------------|-------------------------------------------------------------------|
/// | [#stop()]    | after the current epoch                                           |
/// | [#stopNow()] | after the current update; the unfinished epoch is discarded       |
///
/// The parameters are then those of the best epoch if there is a validation set, otherwise those of the last whole
/// epoch. The training can continue from its state. A handle stays stopped, and may end several trainings: one that
/// begins with a stopped handle ends before its first update.
///
/// Safe to share between threads.
public final class StopHandle {

  private volatile boolean stopped;
  private volatile boolean now;

  /// A handle that is not stopped.
  public StopHandle() {}

  /// Ends the training after the current epoch.
  public void stop() {
    stopped = true;
  }

  /// Ends the training after the current update.
  public void stopNow() {
    now = true;
    stopped = true;
  }

  /// {@return whether it is to end}
  public boolean isStopped() {
    return stopped;
  }

  /// Whether the training is to end within an epoch.
  boolean isNow() {
    return now;
  }
}
