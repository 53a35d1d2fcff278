package dev.lanewise.testkit;

import dev.lanewise.Linearization;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.GradCheck.Brought;
import dev.lanewise.testkit.GradCheck.Question;
import dev.lanewise.testkit.GradPoint.Direction;
import dev.lanewise.testkit.GradReport.Measurement;
import java.util.ArrayList;
import java.util.List;

/// The Jacobian at a point, element by element: against differences, from both sides, and against others' Jacobians.
final class JacobianQuestions {

  private static final int MOST_COLUMNS = 64;
  private static final int RANDOM_DIRECTIONS = 16;
  private static final int MOST_PUSHED_PARAMETERS = 1024;
  /// Differences of values of size 1 show no derivatives that are smaller than this times their own allowance.
  private static final double SMALL = 1e-3;

  private JacobianQuestions() {}

  static void addTo(List<Question> questions, boolean hasOthers) {
    questions.add(new Question("differences", "J·v is the limit of (f(x + h·v) − f(x − h·v)) / 2h",
        JacobianQuestions::differences));
    questions.add(new Question("pushes-equal-pulls", "J by pushes of the identity is J by pulls of the identity",
        JacobianQuestions::pushesEqualPulls));
    if (hasOthers) {
      questions.add(new Question("agreement", "every Jacobian brought is J by pulls of the identity",
          JacobianQuestions::agreement));
    }
  }

  private static List<Measurement> differences(GradCheck check) {
    List<Measurement> measurements = new ArrayList<>();
    GradPoint point = check.point();
    for (String variable : single(point)) {
      Linearization at = point.linearize();
      int columns = variable.equals("x") ? point.x.size() : point.p();
      boolean all = columns <= MOST_COLUMNS;
      Worst worst = new Worst();
      for (int i = 0; i < (all ? columns : RANDOM_DIRECTIONS); i++) {
        Direction v = all ? point.column(variable, i) : point.along(variable);
        Tensor pushed = point.push(at, v);
        Tensor differences = Differences.closest(pushed, step -> point.valueAt(v, step));
        compare(worst, "yDot along " + (all ? "column " : "random direction ") + i + " of " + variable, pushed,
            "the difference quotient that is closest", differences, SMALL * Math.max(1, Comparison.largest(point.y)));
      }
      measurements.add(worst.measurement("differences", variable, check.tolerance() * Differences.ALLOWANCE));
    }
    return measurements;
  }

  /// `x`, and `theta` where there are parameters.
  private static List<String> single(GradPoint point) {
    return point.variables().stream().filter(variables -> !variables.contains(" ")).toList();
  }

  private static List<Measurement> pushesEqualPulls(GradCheck check) {
    List<Measurement> measurements = new ArrayList<>();
    GradPoint point = check.point();
    for (String variable : single(point)) {
      if (variable.equals("x") || point.p() <= MOST_PUSHED_PARAMETERS) {
        Worst worst = new Worst();
        compare(worst, "J by pushes", point.pushedJacobian(variable), "J by pulls", point.pulledJacobian(variable), 1);
        measurements.add(worst.measurement("pushes-equal-pulls", variable, check.roundings(Precision.DOUBLE)));
      }
    }
    return measurements;
  }

  private static List<Measurement> agreement(GradCheck check) {
    List<Measurement> measurements = new ArrayList<>();
    GradPoint point = check.point();
    for (Brought brought : check.brought()) {
      Worst worst = new Worst();
      compare(worst, brought.name(), brought.jacobian(), "J by pulls", point.pulledJacobian(brought.variable()), 1);
      measurements.add(worst.measurement("agreement", brought.variable(),
          check.roundings(brought.jacobian().precision())));
    }
    return measurements;
  }

  /// Each element counts relative to the largest of both tensors, at least to `least`.
  private static void compare(Worst worst, String leftName, Tensor left, String rightName, Tensor right, double least) {
    double magnitude = Math.max(least, Math.max(Comparison.largest(left), Comparison.largest(right)));
    for (int i = 0; i < left.size(); i++) {
      int element = i;
      worst.add(left.get(i), right.get(i), magnitude,
          () -> leftName + " and " + rightName + ", " + left.shape() + ", element " + element);
    }
  }
}
