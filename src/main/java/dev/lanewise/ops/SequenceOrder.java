package dev.lanewise.ops;

/// In which order a recurrent layer goes through the sequences of a batch: forward or backward, each from its own end.
///
/// Step s of a sample of length n is time s forward, time n − 1 − s backward; steps from n on are past its end.
public final class SequenceOrder {

  private final boolean backward;
  private int batch;
  private int time;
  private int[] lengths;

  /// Of no sequences yet.
  public SequenceOrder(boolean backward) {
    this.backward = backward;
  }

  /// Goes through these sequences from now on.
  ///
  /// @param time the steps of the longest that there can be
  /// @param lengths each sample's, from 1 to `time`, or null where all have `time` steps; not copied
  public void set(int batch, int time, int[] lengths) {
    this.batch = batch;
    this.time = time;
    this.lengths = lengths;
  }

  /// {@return how many samples there are}
  public int batch() {
    return batch;
  }

  /// {@return how many steps there are}
  public int time() {
    return time;
  }

  int length(int sample) {
    return lengths == null ? time : lengths[sample];
  }

  /// The time of a step of a sample that is not past its end.
  int timeOf(int step, int length) {
    return backward ? length - 1 - step : step;
  }
}
