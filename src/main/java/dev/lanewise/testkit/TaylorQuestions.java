package dev.lanewise.testkit;

import dev.lanewise.Linearization;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.GradCheck.Question;
import dev.lanewise.testkit.GradPoint.Direction;
import dev.lanewise.testkit.GradReport.Measurement;
import java.util.ArrayList;
import java.util.List;

/// How fast the remainders of Taylor's formula vanish with the step: r(ε) = c·ε^p shows p, and a wrong term spoils it.
///
/// Remainders are root mean squares over outputs and 4 directions, so that none vanishes by chance. Farrell, Ham, Funke
/// and Rognes, "Automated derivation of the adjoint of high-level transient finite element programs" (2013), section 6.
final class TaylorQuestions {

  private static final int DIRECTIONS = 4;
  private static final int STEPS = 12;
  /// Remainders below so many roundings say nothing, four times what rounding may do elsewhere: a rate needs digits.
  private static final double ROUNDINGS = 4;
  private static final double SLACK = 0.1;

  private TaylorQuestions() {}

  static void addTo(List<Question> questions, boolean hasSecondDerivative) {
    questions.add(new Question("taylor-0", "f(x + εv) − f(x) = O(ε)", check -> firstOrders(check, 0)));
    questions.add(new Question("taylor-1", "f(x + εv) − f(x) − ε·J·v = O(ε²)", check -> firstOrders(check, 1)));
    if (hasSecondDerivative) {
      questions.add(new Question("taylor-2",
          "φ(ε) − φ(0) − ε·φ′ − ½ε²·φ″ = O(ε³) of φ(ε) = ⟨u + εu̇, f(x + εv)⟩, φ″ by vjpDot",
          TaylorQuestions::secondOrder));
    }
  }

  /// Adds the remainders along a direction, and what of them may be roundoff.
  private interface Expansion {
    void along(Direction v, GradPoint point, Linearization at, Remainders remainders);
  }

  private static double step(int i) {
    return 0.01 / (1 << i);
  }

  private static List<Measurement> measured(GradCheck check, int order, Expansion expansion) {
    List<Measurement> measurements = new ArrayList<>();
    GradPoint point = check.point();
    for (String variables : point.variables()) {
      Remainders remainders = new Remainders();
      Linearization at = point.linearize();
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        expansion.along(point.along(variables), point, at, remainders);
      }
      measurements.add(remainders.measurement(order, variables, check));
    }
    return measurements;
  }

  /// The vector f, after no term or after the one of J.
  private static List<Measurement> firstOrders(GradCheck check, int order) {
    return measured(check, order, (v, point, at, remainders) -> {
      Tensor pushed = point.push(at, v);
      for (int i = 0; i < STEPS; i++) {
        Tensor value = point.valueAt(v, step(i));
        for (int c = 0; c < value.size(); c++) {
          double term = order == 0 ? 0 : step(i) * pushed.get(c);
          remainders.add(i, value.get(c) - point.y.get(c) - term);
        }
        remainders.round(i, Math.max(1, Comparison.largest(point.y))
            + (step(i) + point.largestAlong(v)) * Comparison.largest(pushed));
      }
    });
  }

  /// φ′ = ⟨Jᵀ·u, v⟩ + ⟨u̇, f⟩, φ″ = ⟨d(Jᵀ·u), v⟩ + ⟨Jᵀ·u̇, v⟩, d along (v, u̇) by vjpDot: both of its results take
  /// part, and no push.
  private static List<Measurement> secondOrder(GradCheck check) {
    return measured(check, 2, (v, point, at, remainders) -> {
      Tensor u = point.yBar();
      Tensor uDot = point.yBar();
      double[] value = DerivativeLaws.product(u, point.y);
      double[] slopeOfF = GradPoint.product(point.pull(at, u, v), v);
      double slope = slopeOfF[0] + DerivativeLaws.product(uDot, point.y)[0];
      double curvature = GradPoint.product(point.pullDot(at, v, u, uDot), v)[0]
          + GradPoint.product(point.pull(at, uDot, v), v)[0];
      for (int i = 0; i < STEPS; i++) {
        double step = step(i);
        double moved = DerivativeLaws.product(Differences.sum(1, u, step, uDot), point.valueAt(v, step))[0];
        remainders.add(i, moved - value[0] - step * slope - step * step / 2 * curvature);
        remainders.round(i, Math.max(1, value[1]) + (step + point.largestAlong(v)) * Math.abs(slopeOfF[0]));
      }
    });
  }

  /// Remainders by step, and what of them may be roundoff.
  private static final class Remainders {

    private final double[] squares = new double[STEPS];
    private final int[] counts = new int[STEPS];
    private final double[] magnitudes = new double[STEPS];

    void add(int i, double remainder) {
      squares[i] += remainder * remainder;
      counts[i]++;
    }

    void round(int i, double magnitude) {
      magnitudes[i] = Math.max(magnitudes[i], magnitude);
    }

    private double remainder(int i) {
      return Math.sqrt(squares[i] / Math.max(1, counts[i]));
    }

    Measurement measurement(int order, String of, GradCheck check) {
      double[] floors = new double[STEPS];
      StringBuilder detail = new StringBuilder("remainders");
      for (int i = 0; i < STEPS; i++) {
        floors[i] = ROUNDINGS * check.roundings(Precision.DOUBLE) * magnitudes[i];
        detail.append(i == 0 ? " " : ", ").append(remainder(i));
      }
      detail.append(" after steps of 0.01/2^i, roundoff up to ").append(floors[0]);
      return new Measurement("taylor-" + order, of, rate(floors), order + 1 - SLACK, true, detail.toString());
    }

    /// log₂ of the last two remainders above roundoff; where the next is below, at least of the last and roundoff.
    /// Infinite where there are no two: then the term before is right up to roundoff.
    private double rate(double[] floors) {
      int last = -1;
      for (int i = 0; i < STEPS; i++) {
        if (!Double.isFinite(remainder(i))) {
          return Double.NaN;
        }
        last = remainder(i) > floors[i] ? i : last;
      }
      if (last < 1) {
        return Double.POSITIVE_INFINITY;
      }
      double rate = log2(remainder(last - 1) / remainder(last));
      return last == STEPS - 1 ? rate : Math.max(rate, log2(remainder(last) / floors[last + 1]));
    }

    private static double log2(double ratio) {
      return Math.log(ratio) / Math.log(2);
    }
  }
}
