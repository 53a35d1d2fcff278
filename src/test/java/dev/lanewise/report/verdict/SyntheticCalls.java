package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Jvm;
import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Results of the benchmark of calls whose times are chosen.
public final class SyntheticCalls {

  /// What the calls of one pair take in nanoseconds: the value; a push of one direction through the first, the hidden
  /// and the last layer; a pull likewise; what is left forward and in reverse.
  public interface Times {
    double[] of(int d, int m);
  }

  private static final List<String> COUNTERS = List.of("inputs", "outputs", "value",
      "firstPush", "hiddenPush", "lastPush", "firstPull", "hiddenPull", "lastPull",
      "forwardRest", "reverseRest", "forward", "reverse");

  private SyntheticCalls() {}

  /// All pairs of `axis`, each one twice in every fork, on the slides' network in float. Whole calls take 1.25 times
  /// their parts forward, 1.6 times in reverse.
  public static Measurement of(List<Integer> axis, int forks, Times times) {
    List<double[]> rows = new ArrayList<>();
    for (int repetition = 0; repetition < 2; repetition++) {
      for (int d : axis) {
        for (int m : axis) {
          rows.add(row(d, m, times.of(d, m)));
        }
      }
    }
    Map<String, double[][]> counters = new HashMap<>();
    for (int counter = 0; counter < COUNTERS.size(); counter++) {
      double[][] values = new double[forks][rows.size()];
      for (double[] fork : values) {
        for (int row = 0; row < rows.size(); row++) {
          fork[row] = rows.get(row)[counter];
        }
      }
      counters.put(COUNTERS.get(counter), values);
    }
    double[][] nanos = new double[forks][rows.size()];
    for (double[] fork : nanos) {
      Arrays.fill(fork, 1);
    }
    Map<String, String> params = Map.of("precision", "FLOAT", "chunk", "1", "depth", "2", "width", "64",
        "activation", "TANH", "seeding", "NAIVE", "cells", "-");
    return new Measurement(Suite.CALLS.benchmark, params, nanos, counters, Jvm.MAIN);
  }

  private static double[] row(int d, int m, double[] t) {
    double[] row = {d, m, t[0], d * t[1], d * t[2], d * t[3], m * t[4], m * t[5], m * t[6], t[7], t[8], 0, 0};
    row[11] = 1.25 * (t[0] + d * (t[1] + t[2] + t[3]) + t[7]);
    row[12] = 1.6 * (t[0] + m * (t[4] + t[5] + t[6]) + t[8]);
    return row;
  }

  /// The same in another setting.
  public static Measurement with(Measurement measured, String param, String value) {
    Map<String, String> params = new HashMap<>(measured.params());
    params.put(param, value);
    return new Measurement(measured.benchmark(), params, measured.nanos(), measured.counters(), measured.jvm());
  }
}
