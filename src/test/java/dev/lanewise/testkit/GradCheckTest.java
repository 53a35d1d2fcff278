package dev.lanewise.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.ParameterJacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GradCheckTest {

  private static final Tensor X = Tensor.row(0.3, -0.8, 1.2, 0.5);

  private static GradCheck of(GradFault fault) {
    Layer layer = new SineLayer(4, X.get(2), fault);
    return GradCheck.of(layer, Parameters.initialize(layer.parameters(), Precision.DOUBLE, 1), X);
  }

  @ParameterizedTest
  @EnumSource
  void everyFaultBreaksItsLawsAndNoOther(GradFault fault) {
    for (int seed = 1; seed <= 5; seed++) {
      Set<String> broken = new TreeSet<>();
      for (Law law : of(fault).withSeed(seed).laws()) {
        try {
          law.check();
        } catch (AssertionError error) {
          broken.add(law.name());
        }
      }
      assertEquals(new TreeSet<>(fault.laws), broken);
    }
  }

  @Test
  void remaindersOfASoundLayerVanishAtTheirRates() {
    GradReport report = of(GradFault.SOUND).report();
    assertTrue(report.isKept(), report.toString());
    for (int order = 0; order < 3; order++) {
      assertEquals(order + 1, report.rate(order).orElseThrow(), 0.05, report.toString());
    }
    assertTrue(report.adjointError() < 1e-15, report.toString());
    assertTrue(report.largestDifference() < 1e-9, report.toString());
    assertTrue(report.largestDisagreement() < 1e-15, report.toString());
  }

  @Test
  void withoutSecondDerivativeItsLawsAreNotThere() {
    GradReport report = of(GradFault.NO_SECOND_DERIVATIVE).report();
    assertTrue(report.isKept(), report.toString());
    assertTrue(report.rate(2).isEmpty());
    assertTrue(of(GradFault.NO_SECOND_DERIVATIVE).laws().stream()
        .noneMatch(law -> law.name().equals("taylor-2") || law.name().equals("hessian-symmetric")));
  }

  @ParameterizedTest
  @EnumSource
  void networksOfEveryActivationPass(Activation phi) {
    Random random = new Random(phi.ordinal());
    for (int trial = 0; trial < 3; trial++) {
      int in = random.nextInt(1, 80);
      int hidden = random.nextInt(1, 12);
      Layer head = trial % 2 == 0 ? new Softmax() : new LogSoftmax();
      Sequential network = Sequential.of(new Dense(in, hidden, phi), new Dense(hidden, 5, false, phi), new Dense(5, 4),
          head);
      Precision precision = Precision.values()[trial % 2];
      Tensor x = Tensor.zeros(precision, 1 + trial, in);
      for (int i = 0; i < x.size(); i++) {
        x.set(i, random.nextGaussian());
      }
      Parameters theta = Parameters.initialize(network.parameters(), precision, trial);
      GradCheck check = GradCheck.of(network, theta, x).withSeed(trial);
      check.withJacobian("forward", Jacobians.jacobian(network, theta, x, Mode.FORWARD))
          .withJacobian("reverse", Jacobians.jacobian(network, theta, x, Mode.REVERSE))
          .withParameterJacobian("by parameters", ParameterJacobians.parameterJacobian(network, theta, x)).check();
    }
  }

  @Test
  void affineLayersLeaveNothingButRoundoff() {
    Dense layer = new Dense(7, 3);
    Tensor x = Tensor.row(1000, -2000, 3, 4, 5, 6, 7.0);
    GradReport report = GradCheck.of(layer, Parameters.initialize(layer.parameters(), Precision.DOUBLE, 1), x).report();
    assertTrue(report.isKept(), report.toString());
    for (GradReport.Measurement measurement : report.measurements()) {
      if (measurement.law().equals("taylor-1") && !measurement.of().equals("x and theta")) {
        assertEquals(Double.POSITIVE_INFINITY, measurement.measured(), report.toString());
      }
    }
  }

  @Test
  void layersWithoutParametersAreCheckedByX() {
    GradReport report = GradCheck.of(new Softmax(), Parameters.none(), X).report();
    assertTrue(report.isKept(), report.toString());
    assertTrue(report.measurements().stream().allMatch(measurement -> measurement.of().equals("x")));
  }

  @Test
  void smallDerivativesAreNotLostBesideLargeValues() {
    Sequential flat = Sequential.of(new Dense(3, 3, Activation.SIGMOID), new Dense(3, 1));
    Parameters theta = Parameters.initialize(flat.parameters(), Precision.DOUBLE, 1);
    theta.get("0.bias").fill(18);
    Tensor jacobian = Jacobians.jacobian(flat, theta, Tensor.row(0.1, 0.2, 0.3), Mode.FORWARD);
    GradCheck check = GradCheck.of(flat, theta, Tensor.row(0.1, 0.2, 0.3)).withJacobian("forward", jacobian);
    check.check();
    Tensor wrong = jacobian.copy();
    wrong.set(1, wrong.get(1) * 1.001);
    assertTrue(Math.abs(wrong.get(1)) < 1e-7, wrong.toString());
    assertThrows(AssertionError.class, check.withJacobian("wrong", wrong)::check);
  }

  @Test
  void aKinkIsAFalseAlarm() {
    Sequential relu = Sequential.of(new Dense(1, 1, false, Activation.RELU));
    Parameters theta = Parameters.zeros(relu.parameters(), Precision.DOUBLE);
    theta.get(0).fill(1);
    assertThrows(AssertionError.class, GradCheck.of(relu, theta, Tensor.row(0.0))::check);
    GradCheck.of(relu, theta, Tensor.row(0.5)).check();
  }

  @Test
  void messagesNameLawVariablePlaceAndBothSides() {
    String message = assertThrows(AssertionError.class, of(GradFault.PUSH_FACTOR)::check).getMessage();
    assertTrue(message.startsWith("SineLayer[n=4, jumpAbove=1.2, fault=PUSH_FACTOR]: 4 of 7 laws are broken"), message);
    assertTrue(message.contains("  adjoint: SineLayer[n=4, jumpAbove=1.2, fault=PUSH_FACTOR]: of x: relative error "),
        message);
    assertTrue(message.contains(", expected at most 2.84"), message);
    assertTrue(message.contains(": <yBar, J·v> and <J^T·yBar, v>: "), message);
    assertTrue(message.contains("yDot along column "), message);
    assertTrue(message.contains("J by pushes and J by pulls, [4, 4], element "), message);
    message = assertThrows(AssertionError.class, law(of(GradFault.PUSH_FACTOR_OF_THETA), "taylor-1")::check)
        .getMessage();
    assertFalse(message.contains(" of x: "), message);
    assertTrue(message.contains(" of theta: rate "), message);
    assertTrue(message.contains(", expected at least 1.9: remainders "), message);
    assertTrue(message.contains(" of x and theta: rate "), message);
    message = assertThrows(AssertionError.class, law(of(GradFault.LAST_ELEMENT_ON_BOTH_SIDES), "differences")::check)
        .getMessage();
    assertTrue(message.contains(
        "yDot along column 3 of x and the difference quotient that is closest, [1, 1, 4], element 3: "), message);
    message = assertThrows(AssertionError.class, law(of(GradFault.PUSH_THROWS), "adjoint")::check).getMessage();
    assertTrue(message.contains("threw java.lang.IllegalStateException: no push"), message);
    Tensor wrong = Tensor.zeros(Precision.FLOAT, 4, 4);
    message = assertThrows(AssertionError.class,
        law(of(GradFault.SOUND).withJacobian("mixed", wrong), "agreement")::check).getMessage();
    assertTrue(message.contains("mixed and J by pulls, [4, 4], element "), message);
  }

  private static Law law(GradCheck check, String name) {
    return check.laws().stream().filter(law -> law.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void nanIsNeverRight() {
    Tensor wrong = Tensor.zeros(Precision.DOUBLE, 4, 4);
    wrong.fill(Double.NaN);
    assertThrows(AssertionError.class, of(GradFault.SOUND).withJacobian("nan", wrong)::check);
    Layer layer = new SineLayer(4, 0, GradFault.SOUND);
    Parameters theta = Parameters.initialize(layer.parameters(), Precision.DOUBLE, 1);
    GradCheck atInfinity = GradCheck.of(layer, theta, Tensor.row(0.1, Double.POSITIVE_INFINITY, 0.2, 0.3));
    for (Law law : atInfinity.laws()) {
      assertThrows(AssertionError.class, law::check, law.toString());
    }
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Dense dense = new Dense(4, 2);
    Parameters theta = Parameters.zeros(dense.parameters(), Precision.FLOAT);
    refused("GradCheck: Dense[in=4, out=2]: x is none, expected a tensor",
        () -> GradCheck.of(dense, theta, Tensor.none()));
    refused("Dense[in=4, out=2]: input has 3 features, expected 4",
        () -> GradCheck.of(dense, theta, Tensor.row(1f, 2f, 3f)));
    refused("GradCheck: Dense[in=4, out=2]: theta has 2 directions, expected 1",
        () -> GradCheck.of(dense, Parameters.zeros(dense.parameters(), Precision.FLOAT, 2), X));
    GradCheck check = GradCheck.of(dense, theta, X);
    refused("GradCheck: tolerance is NaN, expected more than 0", () -> check.withTolerance(Double.NaN));
    refused("GradCheck: Dense[in=4, out=2]: Jacobian forward by x is [4, 2], expected [2, 4]",
        () -> check.withJacobian("forward", Tensor.zeros(Precision.FLOAT, 4, 2)));
    refused("GradCheck: Dense[in=4, out=2]: Jacobian pulled by theta is none, expected [2, 10]",
        () -> check.withParameterJacobian("pulled", Tensor.none()));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
