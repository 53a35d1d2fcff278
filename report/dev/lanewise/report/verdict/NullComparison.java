package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Forward mode against a copy of itself, in the forks and turns of the claim: any difference here comes from the
/// machine. The figure is the median over the forks, as for the crossover.
///
/// @param log2 log₂ of its time over the copy's, the mean over a fork's iterations, fork by fork
/// @param turns the number of all turns
/// @param longTurns the number of turns that took much longer than their median
public record NullComparison(double[] log2, long turns, long longTurns) {

  /// The factor from which the benchmark counts a turn as long.
  public static final double LONG = 1.25;

  /// The comparison in the headline's setting; empty if that was not measured, or by an older benchmark without the
  /// copy.
  public static Optional<NullComparison> of(Results results) {
    return results.of(Suite.JACOBIANS).stream().filter(each -> each.counters().containsKey("copy"))
        .filter(each -> Arrays.stream(each.all("copy")).anyMatch(copy -> copy > 0))
        .min(Comparator.comparing(each -> Setting.of(each.params(), results.other(each.jvm()))))
        .map(NullComparison::of);
  }

  private static NullComparison of(Measurement measured) {
    double[][] one = measured.counters().get("forward");
    double[][] copy = measured.counters().get("copy");
    double[] log2 = IntStream.range(0, one.length).mapToDouble(fork -> IntStream.range(0, one[fork].length)
        .filter(i -> copy[fork][i] > 0).mapToDouble(i -> Cell.log2(one[fork][i] / copy[fork][i])).average()
        .orElseThrow()).toArray();
    return new NullComparison(log2, Math.round(Arrays.stream(measured.all("turns")).sum()),
        Math.round(Arrays.stream(measured.all("longTurns")).sum()));
  }

  public int forks() {
    return log2.length;
  }

  public boolean hasInterval() {
    return log2.length >= SampleMedian.leastFor(SampleMedian.LEVEL);
  }

  public Estimate ratio() {
    return SampleMedian.of(log2).estimate();
  }

  /// The probability of such a difference, or a larger one, between copies.
  public double p() {
    return SampleMedian.of(log2).equality(0);
  }

  public boolean isSignificant() {
    return p() < 1 - SampleMedian.LEVEL;
  }

  /// The smallest difference, in percent of a time, that so many forks can tell from none.
  public double smallestEffectPercent() {
    return 100 * (Math.pow(2, (ratio().high() - ratio().low()) / 2) - 1);
  }

  public double longTurnsPercent() {
    return 100.0 * longTurns / turns;
  }
}
