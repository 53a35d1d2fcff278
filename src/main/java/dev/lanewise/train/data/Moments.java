package dev.lanewise.train.data;

/// Means of numbers, as close to the exact ones as a double can be, whatever the numbers' magnitude, offset and count.
///
/// | method               | formula               |
/// |----------------------|-----------------------|
/// | [#mean]              | v̄ = (1/N)·Σ v_n       |
/// | [#meanMagnitude]     | (1/N)·Σ \|v_n\|       |
/// | [#rootMeanSquare]    | √((1/N)·Σ v_n²)       |
/// | [#standardDeviation] | √((1/N)·Σ (v_n − v̄)²) |
///
/// The numbers are scaled by a power of 2, so that neither sums nor squares over- or underflow, and sums are
/// compensated. NaN among the numbers, or no number at all, gives NaN. Sources: Knuth, *The Art of Computer
/// Programming*, volume 2, 4.2.2, theorem B, for the sums; Chan, Golub and LeVeque, *Algorithms for computing the
/// sample variance*, 1983, for correcting the deviation by the rounded mean's error.
public final class Moments {

  private Moments() {}

  /// {@return the mean, within 2 ulp of the exact one for numbers of one sign, and between the least and the largest
  /// number, so exact if all are equal}
  public static double mean(double... values) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (value < least) {
        least = value;
      }
      if (value > largest) {
        largest = value;
      }
    }
    if (!(Double.isFinite(least) && Double.isFinite(largest))) {
      return plainSum(values) / values.length;
    }
    double scale = scaleOf(Math.max(-least, largest));
    return Math.clamp(sum(values, scale, 0, Term.ITSELF) / values.length / scale, least, largest);
  }

  /// {@return the mean of the magnitudes}
  public static double meanMagnitude(double... values) {
    double largest = largest(values);
    if (values.length == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return values.length == 0 ? Double.NaN : largest;
    }
    double scale = scaleOf(largest);
    return Math.min(sum(values, scale, 0, Term.MAGNITUDE) / values.length / scale, largest);
  }

  /// {@return the root of the mean of the squares; finite where all numbers are}
  public static double rootMeanSquare(double... values) {
    double largest = largest(values);
    if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
      return values.length == 0 ? Double.NaN : largest;
    }
    double scale = scaleOf(largest);
    return Math.min(Math.sqrt(sum(values, scale, 0, Term.SQUARE) / values.length) / scale, largest);
  }

  /// {@return the standard deviation of the numbers themselves, which divides by N: 0 if and only if all are equal,
  /// finite if all are finite}
  public static double standardDeviation(double... values) {
    double largest = largest(values);
    if (values.length == 0 || !(largest < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    if (areTheSame(values)) {
      return 0;
    }
    // A quarter of the scale leaves room for differences. The rounded mean's error is subtracted from the mean square.
    double scale = scaleOf(largest) / 4;
    double mean = mean(values) * scale;
    double error = sum(values, scale, mean, Term.ITSELF) / values.length;
    double variance = sum(values, scale, mean, Term.SQUARE) / values.length - error * error;
    return Math.max(Double.MIN_VALUE, Math.sqrt(Math.max(0, variance)) / scale);
  }

  /// The term of a number in a sum.
  private enum Term {
    ITSELF, MAGNITUDE, SQUARE
  }

  /// Σ of v·scale − shift, compensated: Knuth's two-sum gives the rounding errors, which are added at the end.
  private static double sum(double[] values, double scale, double shift, Term of) {
    boolean square = of == Term.SQUARE;
    boolean magnitude = of == Term.MAGNITUDE;
    double sum = 0;
    double lost = 0;
    for (double value : values) {
      double distance = value * scale - shift;
      double term = square ? distance * distance : magnitude ? Math.abs(distance) : distance;
      double next = sum + term;
      double added = next - sum;
      lost += (sum - (next - added)) + (term - added);
      sum = next;
    }
    return sum + lost;
  }

  private static boolean areTheSame(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  /// The largest magnitude; NaN if a number is NaN.
  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      if (value != value) {
        return value;
      }
      if (Math.abs(value) > largest) {
        largest = Math.abs(value);
      }
    }
    return largest;
  }

  /// A power of 2 that brings `magnitude` to about 1 if its square is near the limits of the range; its inverse is
  /// finite.
  private static double scaleOf(double magnitude) {
    int exponent = Math.getExponent(magnitude);
    return Math.abs(exponent) < 400 ? 1 : Math.scalb(1.0, -Math.clamp(exponent, -1020, 1020));
  }

  private static double plainSum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
