package dev.lanewise.report.result;

import java.util.Arrays;
import org.hipparchus.stat.descriptive.rank.Median;

/// Of the values that some iterations have in common.
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

  /// The values at these places.
  public static double[] pick(double[] values, int... places) {
    return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
  }
}
