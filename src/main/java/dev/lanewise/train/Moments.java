package dev.lanewise.train;

/// Means of numbers as near to the exact ones as a double comes, whatever the numbers' size, offset and count.
///
/// | what                  | formula                        |
/// |-----------------------|--------------------------------|
/// | [#mean]               | v̄ = (1/N)·Σ v_n                 |
/// | [#rootMeanSquare]     | √((1/N)·Σ v_n²)                |
/// | [#standardDeviation]  | √((1/N)·Σ (v_n − v̄)²)          |
///
/// The numbers are scaled by a power of 2, so that neither their sum nor a square over- or underflows, and the sums are
/// compensated. NaN among the numbers gives NaN, as none at all does. Source: Knuth, *The Art of Computer Programming*,
/// volume 2, 4.2.2, theorem B, for the sums; Chan, Golub and LeVeque, *Algorithms for computing the sample variance*,
/// 1983, for the correction of the deviation by the rounded mean's error.
public final class Moments {

  private Moments() {}

  /// The mean, within 2 ulp of the exact one of numbers of one sign, and between the least and the largest number: so
  /// it is exactly their value where all are the same.
  public static double mean(double... values) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
    if (!(Double.isFinite(least) && Double.isFinite(largest))) {
      return plainSum(values) / values.length;
    }
    double scale = scaleOf(Math.max(-least, largest));
    double sum = 0;
    double lost = 0;
    for (double value : values) {
      double scaled = value * scale;
      double next = sum + scaled;
      double added = next - sum;
      lost += (sum - (next - added)) + (scaled - added);
      sum = next;
    }
    return Math.clamp((sum + lost) / values.length / scale, least, largest);
  }

  /// The root of the mean of the squares; finite where all numbers are.
  public static double rootMeanSquare(double... values) {
    double largest = largest(values);
    if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
      return values.length == 0 ? Double.NaN : largest;
    }
    double scale = scaleOf(largest);
    double sum = 0;
    double lost = 0;
    for (double value : values) {
      double square = value * scale * (value * scale);
      double next = sum + square;
      double added = next - sum;
      lost += (sum - (next - added)) + (square - added);
      sum = next;
    }
    return Math.sqrt((sum + lost) / values.length) / scale;
  }

  /// The standard deviation of the numbers themselves, which divides by N: 0 exactly where all are the same and only
  /// there, finite where all are.
  public static double standardDeviation(double... values) {
    double largest = largest(values);
    if (values.length == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    // A quarter of the scale leaves room for differences; a mean is rounded, so its error, the distances' mean, goes
    // off again.
    double scale = scaleOf(largest) / 4;
    double[] distances = new double[values.length];
    boolean same = true;
    for (int index = 0; index < values.length; index++) {
      distances[index] = values[index] * scale;
      same &= values[index] == values[0];
    }
    if (same) {
      return 0;
    }
    subtract(mean(distances), distances);
    subtract(mean(distances), distances);
    return Math.max(Double.MIN_VALUE, rootMeanSquare(distances) / scale);
  }

  private static void subtract(double mean, double[] values) {
    for (int index = 0; index < values.length; index++) {
      values[index] -= mean;
    }
  }

  /// The largest magnitude, NaN if there is one.
  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /// A power of 2 that brings `magnitude` to about 1; its inverse is a number as well.
  private static double scaleOf(double magnitude) {
    return Math.scalb(1.0, -Math.clamp(Math.getExponent(magnitude), -1020, 1020));
  }

  private static double plainSum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
