package dev.lanewise.train;

/// Ends a training from outside: of another thread, a listener, a signal's handler.
///
/// | call            | the training ends                                        |
/// |-----------------|----------------------------------------------------------|
/// | [#stop()]       | after the epoch that is being done                       |
/// | [#stopNow()]    | after the update that is being done; what is done of its epoch is forgotten |
///
/// Either way its parameters are those of the best epoch where there is a validation set, of the last whole one
/// otherwise, and it can go on later from its state. Once stopped a handle stays so, and may stop many: a training that
/// begins with it ends before its first update.
///
/// Safe to share between threads.
public final class StopHandle {

  private volatile boolean stopped;
  private volatile boolean now;

  /// Neither stopped nor to be.
  public StopHandle() {}

  /// Ends the training after the epoch that is being done.
  public void stop() {
    stopped = true;
  }

  /// Ends the training after the update that is being done.
  public void stopNow() {
    now = true;
    stopped = true;
  }

  /// {@return whether it is to end}
  public boolean isStopped() {
    return stopped;
  }

  /// Whether it is to end within an epoch.
  boolean isNow() {
    return now;
  }
}
