package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.rank.Median;

/// The times of the calls that a Jacobian of one pair D × M consists of, each kind measured by itself.
///
/// @param forks nanoseconds per Jacobian, by counter name of [Suite#CALLS], then fork
record CallTimes(int d, int m, Map<String, double[]> forks) {

  static final List<String> PUSHES = List.of("firstPush", "hiddenPush", "lastPush");
  static final List<String> PULLS = List.of("firstPull", "hiddenPull", "lastPull");

  /// The pairs in `results`, by setting, in the order of D, then M.
  ///
  /// @throws Refusal if a fork lacks a pair that another one has
  static SortedMap<Setting, List<CallTimes>> bySetting(Results results) throws Refusal {
    SortedMap<Setting, List<CallTimes>> calls = new TreeMap<>();
    for (Measurement measured : results.of(Suite.CALLS)) {
      double[][] ds = measured.counters().get("inputs");
      double[][] ms = measured.counters().get("outputs");
      List<CallTimes> pairs = new ArrayList<>();
      for (List<Integer> pair : Cell.pairs(measured)) {
        pairs.add(of(measured, pair.getFirst(), pair.getLast(), ds, ms));
      }
      calls.put(Setting.of(measured.params(), results.other(measured.jvm())), pairs);
    }
    return calls;
  }

  /// The median over the iterations of this pair, for each fork.
  private static CallTimes of(Measurement measured, int d, int m, double[][] ds, double[][] ms) throws Refusal {
    Map<String, double[]> forks = new HashMap<>();
    for (String counter : measured.counters().keySet()) {
      double[][] values = measured.counters().get(counter);
      double[] medians = IntStream.range(0, values.length).mapToDouble(fork -> new Median().evaluate(
          IntStream.range(0, values[fork].length).filter(i -> ds[fork][i] == d && ms[fork][i] == m)
              .mapToDouble(i -> values[fork][i]).toArray())).toArray();
      if (Arrays.stream(medians).anyMatch(Double::isNaN)) {
        throw new Refusal(Suite.CALLS.benchmark,
            "has a fork without D = " + d + ", M = " + m + ", expected every pair in each");
      }
      forks.put(counter, medians);
    }
    return new CallTimes(d, m, forks);
  }

  /// The sum of the given calls, fork by fork.
  double[] sum(Collection<String> calls) {
    double[] sums = new double[forks.get("value").length];
    calls.forEach(call -> Arrays.setAll(sums, fork -> sums[fork] + forks.get(call)[fork]));
    return sums;
  }

  /// The mean over the forks.
  double mean(String call) {
    return Arrays.stream(forks.get(call)).average().orElseThrow();
  }
}
