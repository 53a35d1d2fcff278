package dev.lanewise.report.verdict;

import dev.lanewise.report.result.Measurement;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.Setting;
import dev.lanewise.report.result.Suite;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;
import org.hipparchus.stat.inference.TTest;

/// Forward mode against a copy of itself, in the claim's own forks and turns: whoever finds a difference here has measured the
/// machine. By Student's t over the forks.
///
/// @param log2 of its time over the copy's, the mean over a fork's iterations, fork by fork
/// @param turns all that were taken
/// @param longTurns those that were much longer than the median of theirs
public record NullComparison(double[] log2, long turns, long longTurns) {

  /// How much longer, as the benchmark counts them.
  public static final double LONG = 1.25;

  private static final double LEVEL = 0.05;

  /// Of the setting that the headline is about; empty where that was not measured, or by a benchmark that had no copy yet.
  public static Optional<NullComparison> of(Results results) {
    return results.of(Suite.JACOBIANS.benchmark).stream().filter(each -> each.counters().containsKey("copy"))
        .filter(each -> Arrays.stream(each.all("copy")).anyMatch(copy -> copy > 0))
        .min(Comparator.comparing(each -> Setting.of(each.params(), results.other(each.jvm())))).map(NullComparison::of);
  }

  private static NullComparison of(Measurement measured) {
    double[][] one = measured.counters().get("forward");
    double[][] copy = measured.counters().get("copy");
    double[] log2 = IntStream.range(0, one.length).mapToDouble(fork -> IntStream.range(0, one[fork].length)
        .filter(i -> copy[fork][i] > 0).mapToDouble(i -> Cell.log2(one[fork][i] / copy[fork][i])).average().orElseThrow()).toArray();
    return new NullComparison(log2, Math.round(Arrays.stream(measured.all("turns")).sum()),
        Math.round(Arrays.stream(measured.all("longTurns")).sum()));
  }

  public int forks() {
    return log2.length;
  }

  /// Whether forks say how far another one would be.
  public boolean hasInterval() {
    return log2.length > 1;
  }

  /// Its time over the copy's.
  public double ratio() {
    return Math.pow(2, mean());
  }

  public double lowRatio() {
    return Math.pow(2, mean() - halfWidth());
  }

  public double highRatio() {
    return Math.pow(2, mean() + halfWidth());
  }

  private double mean() {
    return StatUtils.mean(log2);
  }

  /// Of the 95 % interval, in log₂.
  private double halfWidth() {
    double quantile = new TDistribution(log2.length - 1).inverseCumulativeProbability(1 - LEVEL / 2);
    return quantile * Math.sqrt(StatUtils.variance(log2) / log2.length);
  }

  /// The probability of at least such a difference from a copy.
  public double p() {
    return StatUtils.variance(log2) == 0 ? mean() == 0 ? 1 : 0 : new TTest().tTest(0, log2);
  }

  public boolean isSignificant() {
    return p() < LEVEL;
  }

  /// In percent of a time: a difference of less is not told from none by so many forks.
  public double smallestEffectPercent() {
    return 100 * (Math.pow(2, halfWidth()) - 1);
  }

  public double longTurnsPercent() {
    return 100.0 * longTurns / turns;
  }
}
