package dev.lanewise.report.result;

import java.util.Arrays;
import org.hipparchus.stat.descriptive.rank.Median;

/// Medians of values, and of those at some places.
public final class Medians {

  private Medians() {}

  public static double of(double[] values) {
    return new Median().evaluate(values);
  }

  public static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  public static double most(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  /// The values at the given places.
  public static double[] pick(double[] values, int... places) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
  }
}
