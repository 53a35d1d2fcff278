package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;

/// How far a `float` function is from the true one, in units of the true result's last place: the most, where, and the mean.
///
/// Counted where the true result is normal. Where it is subnormal the unit is that of the smallest normal number; an infinite
/// one, or NaN, must be met exactly.
final class UlpErrors {

  private final String name;
  private double most;
  private float worst;
  private double sum;
  private long count;

  UlpErrors(String name) {
    this.name = name;
  }

  /// Unless the error is within `absolute`, which leaves out nothing but what cancels.
  void add(float x, float actual, double expected, double absolute) {
    if (Double.isNaN(expected) || Math.abs(expected) >= 0x1.ffffffp127) {
      assertEquals((float) expected, actual, () -> name + " of " + x);
      return;
    }
    double error = Math.abs(actual - expected);
    if (error <= absolute) {
      return;
    }
    double ulps = error / Math.scalb(1.0, Math.max(Math.getExponent(expected), Float.MIN_EXPONENT) - 23);
    sum += ulps;
    count++;
    if (!(ulps <= most)) {
      most = Double.isNaN(ulps) ? Double.POSITIVE_INFINITY : ulps;
      worst = x;
    }
  }

  /// Takes in what another one has counted of the same function.
  synchronized void add(UlpErrors part) {
    sum += part.sum;
    count += part.count;
    if (part.most > most) {
      most = part.most;
      worst = part.worst;
    }
  }

  double most() {
    return most;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "| %-14s | %6.4f | %6.4f | %-14s |", name, most, count == 0 ? 0 : sum / count, worst);
  }
}
