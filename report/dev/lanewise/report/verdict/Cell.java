package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Forward and reverse mode on the same network of D inputs and M outputs.
public record Cell(int d, int m, Measurement forward, Measurement reverse) {

  static final String BENCHMARK = Suite.JACOBIANS.benchmark;

  /// The pairs in `results`, by setting, in the order of D, then M.
  ///
  /// @throws Refusal if a fork lacks a pair that another one has
  public static SortedMap<Setting, List<Cell>> bySetting(Results results) throws Refusal {
    SortedMap<Setting, List<Cell>> cells = new TreeMap<>();
    for (Measurement grid : results.of(Suite.JACOBIANS)) {
      List<Cell> list = cells.computeIfAbsent(Setting.of(grid.params(), results.other(grid.jvm())),
          _ -> new ArrayList<>());
      for (List<Integer> pair : pairs(grid)) {
        list.add(of(grid, pair.getFirst(), pair.getLast()));
      }
    }
    return cells;
  }

  private static Cell of(Measurement grid, int d, int m) throws Refusal {
    double[][] ds = grid.counters().get("inputs");
    double[][] ms = grid.counters().get("outputs");
    Measurement pair = grid.where((fork, i) -> ds[fork][i] == d && ms[fork][i] == m);
    if (pair.lacksFork()) {
      throw new Refusal(BENCHMARK, "has a fork without D = " + d + ", M = " + m + ", expected every pair in each");
    }
    return new Cell(d, m, pair.ofMode("forward"), pair.ofMode("reverse"));
  }

  /// The distinct pairs `{D, M}` of a fork's iterations, in the order of D, then M.
  static List<List<Integer>> pairs(Measurement grid) {
    double[] ds = grid.counters().get("inputs")[0];
    double[] ms = grid.counters().get("outputs")[0];
    return IntStream.range(0, ds.length).mapToObj(i -> List.of((int) ds[i], (int) ms[i])).distinct()
        .sorted(Comparator.comparingInt((List<Integer> pair) -> pair.getFirst()).thenComparingInt(List::getLast))
        .toList();
  }

  /// log₂(D/M), on whose sign the claim depends.
  double shape() {
    return log2((double) d / m);
  }

  /// log₂(D·M).
  double size() {
    return log2((double) d * m);
  }

  /// log₂(T_forward/T_reverse), the median over the forks: below 0 forward mode is faster.
  public double logRatio() {
    return SampleMedian.of(forkRatios()).value();
  }

  /// log₂(T_forward/T_reverse), fork by fork.
  double[] forkRatios() {
    return ratios(forward.forks(), reverse.forks());
  }

  /// The same, iteration by iteration of the first fork.
  double[] iterationRatios() {
    return ratios(forward.nanos()[0], reverse.nanos()[0]);
  }

  private static double[] ratios(double[] forward, double[] reverse) {
    return IntStream.range(0, Math.min(forward.length, reverse.length))
        .mapToDouble(i -> log2(forward[i] / reverse[i])).toArray();
  }

  /// Whether D and M are less than a factor of two apart, where the claim says little.
  public boolean isTie() {
    return Math.abs(shape()) < 1;
  }

  /// Whether the faster mode is the one that the claim names.
  public boolean agrees() {
    return shape() < 0 == logRatio() < 0;
  }

  /// Whether both counts are the formula's.
  boolean countsAsFormula(Setting setting) {
    return forward.multiplyAdds() == setting.multiplyAdds(d, m, d)
        && reverse.multiplyAdds() == setting.multiplyAdds(d, m, m);
  }

  /// Whether both modes take the same multiply-adds, so that the claim has no content.
  public boolean countsAreEqual() {
    return forward.multiplyAdds() == reverse.multiplyAdds();
  }

  public static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }
}
