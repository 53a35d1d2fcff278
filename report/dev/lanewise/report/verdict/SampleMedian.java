package dev.lanewise.report.verdict;

import java.util.Arrays;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.hipparchus.stat.descriptive.rank.Median;

/// The median of a population, estimated from a sample, with an interval and tests that agree with each other.
///
/// The interval reaches from the d-th smallest value to the d-th largest, by the sign test, and its ends are
/// interpolated between two values where its level lies between theirs (Hettmansperger & Sheather, *Confidence
/// intervals based on interpolated order statistics*, 1986). It assumes only that the values are independent. It keeps
/// its level with heavy tails, unequal spreads and mixtures of two kinds of values, where Student's interval of a mean
/// does not.
public final class SampleMedian {

  /// The level of all intervals that are shown.
  public static final double LEVEL = 0.95;

  private static final double ROUNDING = 1e-12;

  private final double[] sorted;
  private final BinomialDistribution below;

  private SampleMedian(double[] sorted) {
    this.sorted = sorted;
    below = new BinomialDistribution(sorted.length, 0.5);
  }

  /// @param values at least one value
  public static SampleMedian of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new SampleMedian(sorted);
  }

  /// The least number of values for an interval of that level: with fewer, not even their whole range reaches it.
  public static int leastFor(double level) {
    int n = 1;
    while (Math.pow(2, 1 - n) > 1 - level + ROUNDING) {
      n++;
    }
    return n;
  }

  public double value() {
    return new Median().evaluate(sorted);
  }

  /// The estimate with the 95 % interval, or the range if there are too few values for it.
  public Estimate estimate() {
    return estimate(LEVEL);
  }

  /// The estimate with the interval of `level`, or the range if there are too few values for it.
  Estimate estimate(double level) {
    int n = sorted.length;
    if (n < leastFor(level)) {
      return new Estimate(value(), sorted[0], sorted[n - 1]);
    }
    double tail = (1 - level) / 2;
    int d = 1;
    while (tail(d + 1) <= tail) {
      d++;
    }
    double inward = (tail - tail(d)) / (tail(d + 1) - tail(d));
    double weight = (n - d) * inward / (d + (n - 2 * d) * inward);
    return new Estimate(value(), between(d - 1, d, weight), between(n - d, n - d - 1, weight));
  }

  /// The chance that the d-th smallest value lies above the median.
  private double tail(int d) {
    return below.cumulativeProbability(d - 1);
  }

  private double between(int one, int other, double weight) {
    return sorted[one] + weight * (sorted[other] - sorted[one]);
  }

  /// One-sided p of "the median is at most `edge`": the level at which the lower end of the interval passes it.
  double pNotAbove(double edge) {
    int n = sorted.length;
    int d = 0;
    while (d < n && sorted[d] <= edge) {
      d++;
    }
    if (d == 0 || d == n) {
      return tail(d + 1);
    }
    double weight = (edge - sorted[d - 1]) / (sorted[d] - sorted[d - 1]);
    double inward = weight * d / (n - d - weight * (n - 2 * d));
    return tail(d) + inward * (tail(d + 1) - tail(d));
  }

  /// One-sided p of "the median is at least `edge`".
  double pNotBelow(double edge) {
    double[] mirrored = sorted.clone();
    Arrays.setAll(mirrored, i -> -sorted[sorted.length - 1 - i]);
    return new SampleMedian(mirrored).pNotAbove(-edge);
  }

  /// Two-sided p of "the median is `edge`": at most 1 − level if the interval of that level excludes it.
  public double equality(double edge) {
    return Math.min(1, 2 * Math.min(pNotAbove(edge), pNotBelow(edge)));
  }

  /// p of "the median is no nearer to 0 than `edge`", by two one-sided tests (Schuirmann, 1987): at most 0.025 if the
  /// 95 % interval lies within [−`edge`, `edge`].
  public double equivalence(double edge) {
    return Math.max(pNotAbove(-edge), pNotBelow(edge));
  }
}
