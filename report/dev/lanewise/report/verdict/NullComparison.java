package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/// Forward mode against a copy of itself, in the claim's own forks and turns: whoever finds a difference here has
/// measured the machine. By the median over the forks, as the crossover is.
///
/// @param log2 of its time over the copy's, the mean over a fork's iterations, fork by fork
/// @param turns all that were taken
/// @param longTurns those that were much longer than the median of theirs
public record NullComparison(double[] log2, long turns, long longTurns) {

  /// How much longer, as the benchmark counts them.
  public static final double LONG = 1.25;

  /// Of the setting that the headline is about; empty where that was not measured, or by a benchmark that had no copy
  /// yet.
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

  /// The probability of at least such a difference from a copy.
  public double p() {
    return SampleMedian.of(log2).equality(0);
  }

  public boolean isSignificant() {
    return p() < 1 - SampleMedian.LEVEL;
  }

  /// In percent of a time: a difference of less is not told from none by so many forks.
  public double smallestEffectPercent() {
    return 100 * (Math.pow(2, (ratio().high() - ratio().low()) / 2) - 1);
  }

  public double longTurnsPercent() {
    return 100.0 * longTurns / turns;
  }
}
