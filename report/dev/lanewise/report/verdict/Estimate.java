package dev.lanewise.report.verdict;

/// A figure with its 95 % interval, or the range of the values if there are too few for an interval.
///
/// @param value the figure, in log₂ if it is a ratio
public record Estimate(double value, double low, double high) {

  public double ratio() {
    return Math.pow(2, value);
  }

  public double lowRatio() {
    return Math.pow(2, low);
  }

  public double highRatio() {
    return Math.pow(2, high);
  }

  public boolean contains(double other) {
    return low <= other && other <= high;
  }

  /// Whether the whole interval lies in [−`edge`, `edge`].
  boolean isWithin(double edge) {
    return low >= -edge && high <= edge;
  }

  /// Whether the whole interval lies on one side of [−`edge`, `edge`].
  boolean isOutside(double edge) {
    return low > edge || high < -edge;
  }
}
