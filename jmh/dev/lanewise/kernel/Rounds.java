package dev.lanewise.kernel;

import java.util.Arrays;

/// The times of one contestant in the rounds so far. The figure is their median, because a short interruption of the
/// machine lengthens only one round.
public final class Rounds {

  private double[] nanos = new double[64];
  private int count;

  public void clear() {
    count = 0;
  }

  public void add(double round) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = round;
  }

  public int count() {
    return count;
  }

  /// The number of rounds that took longer than `most` nanoseconds.
  public long longerThan(double most) {
    return Arrays.stream(nanos, 0, count).filter(round -> round > most).count();
  }

  public double median() {
    double[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  }
}
