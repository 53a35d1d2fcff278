package dev.lanewise.report.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/// The runs of one setting on one machine and virtual machine.
///
/// A run's interval over its forks is about that hour: all of its forks share the host, the neighbours and the clock
/// rate. Only several runs show how far runs lie apart, so the interval here counts each run once, and is about the
/// mean over such hours. Commits are not distinguished: the effect of a change of the code is part of the spread
/// between runs.
///
/// @param runs the runs by date
public record Runs(String setting, String machine, String vectors, String jvm, List<Run> runs) {

  /// The least number of runs, or of machines, for an interval: two leave the spread nearly unknown.
  public static final int LEAST = 3;

  /// Groups `runs` by setting, in their order, and by machine, in order of first appearance.
  public static List<Runs> of(List<Run> runs) {
    Map<List<String>, List<Run>> groups = new LinkedHashMap<>();
    for (Run run : runs) {
      List<String> place = List.of(run.setting(), run.machine(), run.vectors(), run.jvm());
      groups.computeIfAbsent(place, _ -> new ArrayList<>()).add(run);
    }
    Map<String, List<Runs>> bySetting = new LinkedHashMap<>();
    groups.forEach((place, group) -> {
      List<Run> byDate = group.stream().sorted(Comparator.comparing(Run::date)).toList();
      bySetting.computeIfAbsent(place.getFirst(), _ -> new ArrayList<>())
          .add(new Runs(place.getFirst(), place.get(1), place.get(2), place.get(3), byDate));
    });
    return bySetting.values().stream().flatMap(List::stream).toList();
  }

  /// The mean of the runs' log₂ r* with Student's 95 % interval over runs, or their range if they are fewer than three.
  public Estimate crossover() {
    return overUnits(runs.stream().map(run -> run.crossover().value()).toList());
  }

  public boolean isJudged() {
    return runs.size() >= LEAST;
  }

  /// Standard deviation of log₂ r* between runs; NaN for a single run.
  public double deviation() {
    StreamingStatistics values = new StreamingStatistics();
    runs.forEach(run -> values.addValue(run.crossover().value()));
    return runs.size() < 2 ? Double.NaN : values.getStandardDeviation();
  }

  /// Whether any two of the runs' intervals overlap.
  public boolean overlap() {
    return runs.stream().mapToDouble(run -> run.crossover().low()).max().orElseThrow()
        <= runs.stream().mapToDouble(run -> run.crossover().high()).min().orElseThrow();
  }

  /// One setting over machines, each of which counts once with the mean of its runs. Empty with fewer than three
  /// machines, which cannot tell common effects from peculiarities.
  ///
  /// @param machines of one setting
  public static Optional<Estimate> overMachines(List<Runs> machines) {
    List<String> settings = machines.stream().map(Runs::setting).distinct().toList();
    if (settings.size() > 1) {
      throw new IllegalArgumentException("Runs.overMachines: settings " + settings + ", expected one");
    }
    return machines.size() < LEAST ? Optional.empty()
        : Optional.of(overUnits(machines.stream().map(each -> each.crossover().value()).toList()));
  }

  private static Estimate overUnits(List<Double> units) {
    StreamingStatistics values = new StreamingStatistics();
    units.forEach(values::addValue);
    if (units.size() < LEAST) {
      return new Estimate(values.getMean(), values.getMin(), values.getMax());
    }
    double reach = values.getStandardDeviation() / Math.sqrt(units.size())
        * new TDistribution(units.size() - 1).inverseCumulativeProbability((1 + SampleMedian.LEVEL) / 2);
    return new Estimate(values.getMean(), values.getMean() - reach, values.getMean() + reach);
  }
}
