package dev.lanewise.train.optimizer;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;

/// A line search for the strong Wolfe conditions, along φ(α) = f(θ₀ + α·d) with φ′(0) < 0: φ(α) ≤ φ(0) + c₁·α·φ′(0) and
/// |φ′(α)| ≤ c₂·|φ′(0)|.
///
/// A bracket is widened until it holds such a step, then narrowed by cubic interpolation: Nocedal & Wright 2006,
/// algorithms 3.5 and 3.6. Values that are not finite count as too large.
///
/// Near a minimum and on a plateau, φ(α) − φ(0) is lost in rounding while slopes are still accurate. There the second
/// condition suffices, which implies the first for a parabola, and slopes alone decide in which part of the bracket the
/// minimum lies: the approximate Wolfe conditions of Hager & Zhang 2005, "A new conjugate gradient method with
/// guaranteed descent and an efficient line search". Values, slopes and steps are doubles for float parameters too.
final class WolfeSearch {

  private static final double SUFFICIENT_DECREASE = 1e-4;
  private static final int MOST_TRIALS = 40;
  /// The factors between which the slopes' secant extends an open bracket; STEEP where the slope gets steeper, as at
  /// the edge of a plateau whose other side may be near.
  private static final double LEAST_GROWTH = 1.5;
  private static final double STEEP_GROWTH = 3;
  private static final double MOST_GROWTH = 10;
  /// An interpolated step keeps this part of the bracket's length from both ends.
  private static final double MARGIN = 0.1;
  /// Units of roundoff by which equal values may differ: each is a mean over samples of outputs that are sums
  /// themselves.
  private static final double NOISE = 128;

  private final Objective objective;
  private final Tensor base;
  private final Tensor direction;
  private final Tensor gradient;
  private final double curvature;

  private double startValue;
  private double startSlope;
  /// By how much rounding may make values differ.
  private double noise;
  /// The largest value that counts as no increase.
  private double ceiling;
  /// The step tried last, and the value and slope there.
  private double step;
  private double value;
  private double slope;
  /// The best end of the bracket: it fulfils the first condition.
  private Trial low;
  private Trial high;
  private boolean bracketed;

  /// φ and φ′ at a step.
  private record Trial(double step, double value, double slope) {}

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

  /// Moves the objective's point from θ₀, and `gradient` with it, to a step that fulfils both conditions. If none is
  /// found, as after a kink or in rounding, it takes the best step, if that lowers the value.
  ///
  /// @param startValue φ(0)
  /// @param startSlope φ′(0)
  /// @param lowest the least value of all iterations: no step climbs above it by more than rounding
  /// @param first the first step to try
  /// @return whether there is such a step; if not, the point is θ₀ to the bit, and `gradient` undefined
  boolean run(double startValue, double startSlope, double lowest, double first) {
    this.startValue = startValue;
    this.startSlope = startSlope;
    noise = NOISE * base.precision().unitRoundoff() * Math.abs(startValue);
    ceiling = lowest + noise;
    bracketed = false;
    low = new Trial(0, startValue, startSlope);
    objective.point().copyFrom(base);
    double next = first;
    for (int trial = 0; trial < MOST_TRIALS && next < Double.POSITIVE_INFINITY; trial++) {
      if (!evaluate(next)) {
        // The point has not moved: the step is too short, or the bracket has no numbers in it.
        if (bracketed) {
          break;
        }
        next = next * MOST_GROWTH;
        continue;
      }
      if (isSufficient()) {
        if (Math.abs(slope) <= -curvature * startSlope) {
          return true;
        }
        next = extended();
        if (bracketed && !(high.step > low.step) ? slope <= 0 : slope >= 0) {
          setHigh(low);
        }
        low = new Trial(step, value, slope);
      } else {
        setHigh(new Trial(step, value, slope));
      }
      if (bracketed) {
        next = interpolated();
        if (next == low.step || next == high.step) {
          break;
        }
      }
    }
    return end();
  }

  private boolean end() {
    if (low.step > 0 && low.value < startValue) {
      evaluate(low.step);
      return true;
    }
    objective.point().copyFrom(base);
    return false;
  }

  double step() {
    return step;
  }

  double value() {
    return value;
  }

  private void setHigh(Trial end) {
    high = end;
    bracketed = true;
  }

  /// Moves to θ₀ + α·d. Value and slope stay the same if the point does.
  ///
  /// @return whether the point is another one
  private boolean evaluate(double step) {
    this.step = step;
    if (!PointwiseOps.move(base, step, direction, objective.point())) {
      return false;
    }
    value = objective.valueAndGradient(gradient);
    slope = PointwiseOps.dot(gradient, direction);
    return true;
  }

  /// The first condition, and no larger a value than at the bracket's best end.
  private boolean isSufficient() {
    if (!isNumber(value, slope)) {
      return false;
    }
    boolean decreases = value <= startValue + SUFFICIENT_DECREASE * step * startSlope;
    boolean equal = value <= ceiling && value >= startValue - noise;
    return (decreases || equal) && (value <= low.value + noise || low.step == 0);
  }

  private static boolean isNumber(double value, double slope) {
    return Math.abs(value) < Double.POSITIVE_INFINITY && Math.abs(slope) < Double.POSITIVE_INFINITY;
  }

  /// The step at which the secant of the slopes at the last two steps is 0, but neither too near nor too far.
  private double extended() {
    if (slope < low.slope) {
      return STEEP_GROWTH * step;
    }
    double secant = slope > low.slope ? step + (step - low.step) * slope / (low.slope - slope) : Double.MAX_VALUE;
    return Math.clamp(secant, LEAST_GROWTH * step, MOST_GROWTH * step);
  }

  /// A step well inside the bracket; near its low end if the high one has no finite value.
  private double interpolated() {
    double length = high.step - low.step;
    if (!isNumber(high.value, high.slope)) {
      return low.step + MARGIN * length;
    }
    double minimum = Math.abs(high.value - low.value) <= noise ? secant(length) : cubic(length);
    if (!Double.isFinite(minimum)) {
      return low.step + length / 2;
    }
    double nearLow = low.step + MARGIN * length;
    double nearHigh = high.step - MARGIN * length;
    return Math.clamp(minimum, Math.min(nearLow, nearHigh), Math.max(nearLow, nearHigh));
  }

  /// Where the slope is 0 by linear interpolation; NaN if it does not change its sign.
  private double secant(double length) {
    boolean crosses = Math.signum(low.slope) != Math.signum(high.slope);
    return crosses ? low.step - low.slope * (length / (high.slope - low.slope)) : Double.NaN;
  }

  /// The minimum of the cubic through both ends: Nocedal & Wright, equation 3.59, with slopes scaled so that no product
  /// of two overflows.
  private double cubic(double length) {
    double d1 = low.slope + high.slope - 3 * ((high.value - low.value) / length);
    double largest = Math.max(Math.abs(d1), Math.max(Math.abs(low.slope), Math.abs(high.slope)));
    double radicand = d1 / largest * (d1 / largest) - low.slope / largest * (high.slope / largest);
    double d2 = Math.copySign(largest * Math.sqrt(radicand), length);
    return high.step - length * ((high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2));
  }
}
