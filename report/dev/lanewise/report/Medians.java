package dev.lanewise.report;

import java.util.Arrays;
import org.hipparchus.stat.descriptive.rank.Median;

/// Of the values that some iterations have in common.
final class Medians {

  private Medians() {}

  static double of(double[] values) {
    return new Median().evaluate(values);
  }

  static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  static double most(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  /// The values at these places.
  static double[] pick(double[] values, int... places) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
  }
}
