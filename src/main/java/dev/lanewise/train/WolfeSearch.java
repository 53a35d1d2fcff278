package dev.lanewise.train;

import dev.lanewise.Tensor;
import dev.lanewise.UpdateOps;

/// A line search for the strong Wolfe conditions, along φ(α) = f(θ₀ + α·d) with φ′(0) < 0:
/// φ(α) ≤ φ(0) + c₁·α·φ′(0) and |φ′(α)| ≤ c₂·|φ′(0)|.
///
/// A bracket is widened until it holds such a step, then narrowed by cubic interpolation: Nocedal & Wright 2006, algorithms 3.5
/// and 3.6. Values that are no numbers count as too large.
final class WolfeSearch {

  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final int MOST_TRIALS = 40;
  /// How much longer the next step is while the bracket is open.
  private static final double GROWTH = 3;
  /// An interpolated step keeps this part of the bracket's length from both ends.
  private static final double MARGIN = 0.1;

  private final Objective objective;
  private final Tensor base;
  private final Tensor direction;
  private final Tensor gradient;
  private final double curvature;

  /// At the step tried last.
  private double step;
  private double value;
  private double slope;
  /// The best end of the bracket: it fulfils the first condition.
  private double low;
  private double lowValue;
  private double lowSlope;
  private double high;
  private double highValue;
  private double highSlope;

  /// @param base θ₀
  /// @param direction d
  /// @param gradient the place for gradients
  /// @param curvature c₂
  WolfeSearch(Objective objective, Tensor base, Tensor direction, Tensor gradient, double curvature) {
    this.objective = objective;
    this.base = base;
    this.direction = direction;
    this.gradient = gradient;
    this.curvature = curvature;
  }

  /// Moves the objective's point from θ₀, and `gradient` with it, to a step that fulfils both conditions, or, where rounding lets
  /// none be found, to one that makes the value smaller.
  ///
  /// @param startValue φ(0)
  /// @param startSlope φ′(0)
  /// @param first the first step to be tried
  /// @return whether there is such a step; else the point is θ₀, and `gradient` void
  boolean run(double startValue, double startSlope, double first) {
    boolean bracketed = false;
    low = 0;
    lowValue = startValue;
    lowSlope = startSlope;
    step = first;
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
      evaluate(step);
      boolean sufficient = value <= startValue + SUFFICIENT_DECREASE * step * startSlope && (value < lowValue || low == 0);
      if (sufficient && Math.abs(slope) <= -curvature * startSlope) {
        return true;
      }
      if (!sufficient) {
        setHigh(step, value, slope);
        bracketed = true;
      } else {
        if (bracketed ? slope * (high - low) >= 0 : slope >= 0) {
          setHigh(low, lowValue, lowSlope);
          bracketed = true;
        }
        low = step;
        lowValue = value;
        lowSlope = slope;
      }
      double next = bracketed ? interpolated() : step * GROWTH;
      if (next == low || next == high && bracketed || !(next < Double.POSITIVE_INFINITY)) {
        break;
      }
      step = next;
    }
    step = low;
    evaluate(low);
    return low > 0 && lowValue < startValue;
  }

  /// α of the step found.
  double step() {
    return step;
  }

  /// φ(α) of the step found.
  double value() {
    return value;
  }

  private void setHigh(double step, double value, double slope) {
    high = step;
    highValue = value;
    highSlope = slope;
  }

  private void evaluate(double step) {
    objective.point().copyFrom(base);
    if (step != 0) {
      UpdateOps.addScaled(step, direction, objective.point());
    }
    value = objective.valueAndGradient(gradient);
    slope = UpdateOps.dot(gradient, direction);
  }

  /// The minimum of the cubic through both ends of the bracket, or its middle, well inside of it. Nocedal & Wright, equation 3.59.
  private double interpolated() {
    double length = high - low;
    double middle = low + length / 2;
    double d1 = lowSlope + highSlope - 3 * (lowValue - highValue) / (low - high);
    double d2 = Math.copySign(Math.sqrt(d1 * d1 - lowSlope * highSlope), length);
    double minimum = high - length * (highSlope + d2 - d1) / (highSlope - lowSlope + 2 * d2);
    if (!Double.isFinite(minimum)) {
      return middle;
    }
    double nearLow = low + MARGIN * length;
    double nearHigh = high - MARGIN * length;
    return Math.clamp(minimum, Math.min(nearLow, nearHigh), Math.max(nearLow, nearHigh));
  }
}
