package dev.lanewise.testkit;

import dev.lanewise.Linearization;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.testkit.GradCheck.Question;
import dev.lanewise.testkit.GradPoint.Direction;
import dev.lanewise.testkit.GradReport.Measurement;
import java.util.ArrayList;
import java.util.List;

/// Identities of scalar products at a point: they need no differences, and hold to roundoff.
final class AdjointQuestions {

  private static final int DIRECTIONS = 8;

  private AdjointQuestions() {}

  static void addTo(List<Question> questions, boolean hasSecondDerivative) {
    questions.add(new Question("adjoint", "⟨ȳ, J·v⟩ = ⟨Jᵀ·ȳ, v⟩", AdjointQuestions::adjoint));
    if (hasSecondDerivative) {
      questions.add(new Question("hessian-symmetric", "⟨w, H·v⟩ = ⟨v, H·w⟩, H the Hessian of ⟨u, f⟩ by vjpDot",
          AdjointQuestions::hessianSymmetric));
    }
  }

  private static List<Measurement> adjoint(GradCheck check) {
    List<Measurement> measurements = new ArrayList<>();
    GradPoint point = check.point();
    for (String variables : point.variables()) {
      Worst worst = new Worst();
      Linearization at = point.linearize();
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        Direction v = point.along(variables);
        Tensor yBar = point.yBar();
        double[] left = DerivativeLaws.product(yBar, point.push(at, v));
        double[] right = GradPoint.product(point.pull(at, yBar, v), v);
        worst.add(left[0], right[0], Math.max(1, left[1] + right[1]), () -> "<yBar, J·v> and <J^T·yBar, v>");
      }
      measurements.add(worst.measurement("adjoint", variables, check.roundings(Precision.DOUBLE)));
    }
    return measurements;
  }

  private static List<Measurement> hessianSymmetric(GradCheck check) {
    GradPoint point = check.point();
    String variables = point.variables().getLast();
    Worst worst = new Worst();
    Linearization at = point.linearize();
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      Direction v = point.along(variables);
      Direction w = point.along(variables);
      Tensor u = point.yBar();
      Tensor still = Tensor.zeros(Precision.DOUBLE, u.shape());
      double[] left = GradPoint.product(point.pullDot(at, v, u, still), w);
      double[] right = GradPoint.product(point.pullDot(at, w, u, still), v);
      worst.add(left[0], right[0], Math.max(1, left[1] + right[1]), () -> "<w, H·v> and <v, H·w>");
    }
    return List.of(worst.measurement("hessian-symmetric", variables, check.roundings(Precision.DOUBLE)));
  }
}
