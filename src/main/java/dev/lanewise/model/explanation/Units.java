package dev.lanewise.model.explanation;

import java.util.Arrays;

/// The mean and deviation that each number of a sample is standardized with: z = (x − m)/s, 0 where s = 0; x = m + s·z.
///
/// @param mean m, of each number of a sample; not to be changed
/// @param sd s, of each number of a sample; not to be changed
public record Units(double[] mean, double[] sd) {

  /// @throws IllegalArgumentException if there are not as many means as deviations, or one is not finite, or a
  ///     deviation negative
  public Units {
    if (mean.length != sd.length) {
      throw new IllegalArgumentException(
          "Units: " + mean.length + " means and " + sd.length + " deviations, expected as many");
    }
    for (int at = 0; at < mean.length; at++) {
      if (!Double.isFinite(mean[at]) || !Double.isFinite(sd[at]) || sd[at] < 0) {
        throw new IllegalArgumentException("Units: number " + at + " has mean " + mean[at] + " and sd " + sd[at]
            + ", expected finite ones, the sd at least 0");
      }
    }
  }

  /// {@return the units of `count` numbers that are not standardized: m = 0, s = 1}
  public static Units plain(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return new Units(new double[count], ones);
  }

  /// {@return how many numbers have these units}
  public int count() {
    return mean.length;
  }

  /// Computes with halves if the distance overflows, as the result may not.
  double standardized(double x, int at) {
    double distance = x - mean[at];
    return sd[at] == 0 ? 0 : Double.isFinite(distance) ? distance / sd[at] : (x / 2 - mean[at] / 2) / sd[at] * 2;
  }

  double restored(double z, int at) {
    double distance = sd[at] * z;
    return Double.isFinite(distance) ? mean[at] + distance : (mean[at] / 2 + sd[at] / 2 * z) * 2;
  }

  /// For example `Units[10 numbers]`.
  @Override
  public String toString() {
    return "Units[" + count() + " numbers]";
  }
}
