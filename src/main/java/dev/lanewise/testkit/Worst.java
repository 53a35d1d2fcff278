package dev.lanewise.testkit;

import dev.lanewise.testkit.GradReport.Measurement;
import java.util.function.Supplier;

/// The pair of numbers that differs most, relative to their magnitude. NaN differs more than any number.
final class Worst {

  private double error;
  private String detail = "nothing to compare";

  void add(double left, double right, double magnitude, Supplier<String> names) {
    double relative = Math.abs(left - right) / magnitude;
    if (!(relative < error) && !Double.isNaN(error) && (relative != error || error == 0)) {
      error = relative;
      detail = names.get() + ": " + left + " and " + right;
    }
  }

  Measurement measurement(String law, String of, double bound) {
    return new Measurement(law, of, error, bound, false, detail);
  }
}
