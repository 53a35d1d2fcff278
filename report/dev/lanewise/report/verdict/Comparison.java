package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Suite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hipparchus.stat.inference.TTest;

/// Compares the times of two runs, measurement by measurement: which have changed, and which differ no more than forks
/// do.
///
/// The logarithms of the forks' times are compared by Welch's t-test. Among many tests some p are always small, so
/// Benjamini & Hochberg's procedure (1995) selects the changes: on average, at most 5 % of those reported are none.
///
/// @param changes all measurements that both runs have with two forks or more, the largest change first
/// @param untold the number of measurements that both runs have, one of them with a single fork
/// @param unmatched the number of measurements that only one run has
public record Comparison(List<Change> changes, int untold, int unmatched) {

  private static final double FALSE_DISCOVERY_RATE = 0.05;

  /// The change of one measurement's time.
  ///
  /// @param factor the later time over the earlier one
  /// @param p the probability of such a difference, or a larger one, between two runs of the same code
  /// @param real whether it is reported as a change
  public record Change(String name, double factor, double p, boolean real) {

    double size() {
      return Math.abs(Math.log(factor));
    }
  }

  /// @throws Refusal if a run's pairs D × M are incomplete
  public static Comparison of(Results earlier, Results later) throws Refusal {
    Map<String, double[]> before = forks(earlier);
    Map<String, double[]> after = forks(later);
    List<Change> changes = new ArrayList<>();
    int untold = 0;
    int unmatched = (int) after.keySet().stream().filter(name -> !before.containsKey(name)).count();
    for (var entry : before.entrySet()) {
      double[] one = entry.getValue();
      double[] other = after.get(entry.getKey());
      if (other == null) {
        unmatched++;
      } else if (one.length < 2 || other.length < 2) {
        untold++;
      } else {
        double factor = Math.pow(2,
            Arrays.stream(other).average().orElseThrow() - Arrays.stream(one).average().orElseThrow());
        changes.add(new Change(entry.getKey(), factor, p(one, other), false));
      }
    }
    return new Comparison(judged(changes), untold, unmatched);
  }

  private static double p(double[] one, double[] other) {
    double p = new TTest().tTest(one, other);
    return Double.isNaN(p) ? Arrays.equals(one, other) ? 1 : 0 : p;
  }

  /// Finds the largest k whose k-th smallest p is at most k/n times the rate: these k are changes.
  private static List<Change> judged(List<Change> changes) {
    List<Change> byP = changes.stream().sorted(Comparator.comparingDouble(Change::p)).toList();
    int real = 0;
    for (int k = 1; k <= byP.size(); k++) {
      real = byP.get(k - 1).p <= FALSE_DISCOVERY_RATE * k / byP.size() ? k : real;
    }
    List<Change> judged = new ArrayList<>();
    for (int i = 0; i < byP.size(); i++) {
      Change change = byP.get(i);
      judged.add(new Change(change.name, change.factor, change.p, i < real));
    }
    judged.sort(Comparator.comparingDouble(Change::size).reversed());
    return judged;
  }

  /// log₂ of each fork's time, by measurement.
  private static Map<String, double[]> forks(Results results) throws Refusal {
    Map<String, double[]> forks = new LinkedHashMap<>();
    for (var setting : Cell.bySetting(results).entrySet()) {
      for (Cell cell : setting.getValue()) {
        String name = "Jacobian " + cell.d() + " × " + cell.m() + ", " + setting.getKey().on(Optional.empty()).title()
            + ", " + setting.getKey().other().orElse(results.main()).title + ", ";
        forks.put(name + "forward", log2(cell.forward()));
        forks.put(name + "reverse", log2(cell.reverse()));
      }
    }
    for (LayeredCell layered : LayeredCell.of(results)) {
      String name = "Jacobian of " + layered.network() + ", " + layered.precision().toLowerCase(Locale.ROOT)
          + ", chunk " + layered.chunk() + ", ";
      forks.put(name + "forward", log2(layered.cell().forward()));
      forks.put(name + "reverse", log2(layered.cell().reverse()));
    }
    for (Measurement measured : results.measurements()) {
      if (Suite.isOneTime(measured)) {
        SortedMap<String, String> params = new TreeMap<>(measured.params());
        forks.put(measured.benchmark() + (params.isEmpty() ? "" : " " + params), log2(measured));
      }
    }
    return forks;
  }

  private static double[] log2(Measurement measured) {
    return Arrays.stream(measured.forks()).map(Cell::log2).toArray();
  }

  /// A line with the counts, and a line for each change, the largest first.
  public List<String> lines() {
    List<Change> real = changes.stream().filter(Change::real).toList();
    List<String> lines = new ArrayList<>();
    lines.add(real.size() + " of " + changes.size() + " times have changed by more than the spread of forks"
        + (untold > 0 ? "; " + untold + " have a single fork, too few to tell" : "")
        + (unmatched > 0 ? "; " + unmatched + " were measured in one run only" : ""));
    for (Change change : real) {
      lines.add(String.format(Locale.ROOT, "  %s  %s",
          change.factor > 1 ? String.format(Locale.ROOT, "%.2f × slower", change.factor)
          : String.format(Locale.ROOT, "%.2f × faster", 1 / change.factor), change.name));
    }
    return lines;
  }
}
