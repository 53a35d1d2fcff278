package dev.lanewise.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Forward and reverse mode on the same network of D inputs and M outputs.
record Cell(int d, int m, Measurement forward, Measurement reverse) {

  static final String BENCHMARK = "autodiff.JacobianBenchmark.jacobian";

  /// The pairs in `results`, by setting, in the order of D, then M.
  static SortedMap<Setting, List<Cell>> bySetting(Results results) {
    SortedMap<Setting, List<Cell>> cells = new TreeMap<>();
    for (Measurement forward : results.of(BENCHMARK)) {
      if (forward.param("mode").equals("FORWARD")) {
        results.of(BENCHMARK).stream().filter(other -> isReverseOf(forward, other)).findFirst().ifPresent(reverse ->
            cells.computeIfAbsent(Setting.of(forward), _ -> new ArrayList<>())
                .add(new Cell(forward.intParam("inputs"), forward.intParam("outputs"), forward, reverse)));
      }
    }
    cells.values().forEach(list -> list.sort(Comparator.comparingInt(Cell::d).thenComparingInt(Cell::m)));
    return cells;
  }

  private static boolean isReverseOf(Measurement forward, Measurement other) {
    return other.param("mode").equals("REVERSE") && Setting.of(forward).equals(Setting.of(other))
        && forward.param("inputs").equals(other.param("inputs")) && forward.param("outputs").equals(other.param("outputs"));
  }

  /// log₂(D/M): what the claim goes by.
  double shape() {
    return log2((double) d / m);
  }

  /// log₂(T_forward/T_reverse), the mean over the forks: below 0 forward mode is the faster.
  double logRatio() {
    return meanLog2(forward.forks()) - meanLog2(reverse.forks());
  }

  /// D and M so close that the claim says little: less than a factor of two apart.
  boolean isTie() {
    return Math.abs(shape()) < 1;
  }

  /// Whether the faster mode is the one that the claim names.
  boolean agrees() {
    return shape() < 0 == logRatio() < 0;
  }

  /// E + D·E and E + M·E for E = D·w + (depth − 1)·w² + w·M weights: what the value and each direction cost.
  boolean countsAsFormula(Setting setting) {
    long width = setting.width();
    long weights = width * (d + m) + (setting.depth() - 1) * width * width;
    return forward.multiplyAdds() == weights * (1 + d) && reverse.multiplyAdds() == weights * (1 + m);
  }

  private static double meanLog2(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += log2(value);
    }
    return sum / values.length;
  }

  static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
