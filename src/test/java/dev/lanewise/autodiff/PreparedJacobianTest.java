package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import dev.lanewise.testkit.GradCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A prepared Jacobian is the one that pushes of single seeds give, in every order of multiplication, cut in every way.
class PreparedJacobianTest {

  private static final List<Layer> NETWORKS = List.of(
      new Dense(5, 3, Activation.TANH),
      new Dense(4, 4),
      new Softmax(),
      new Elementwise(Activation.GELU),
      Sequential.of(new Elementwise(Activation.SIGMOID), new Elementwise(Activation.TANH)),
      Sequential.of(new Dense(4, 8, Activation.TANH), new Dense(8, 6, Activation.TANH),
      new Dense(6, 4, Activation.TANH), new Dense(4, 2)),
      Sequential.of(new Dense(17, 33, Activation.RELU), new Dense(33, 2, Activation.SILU),
      new Dense(2, 19, Activation.GELU), new Dense(19, 16, Activation.TANH)),
      Sequential.of(new Dense(6, 9), new Elementwise(Activation.TANH), new Elementwise(Activation.SOFTPLUS),
      new Dense(9, 7, Activation.ELU), new Softmax()),
      Sequential.of(new Elementwise(Activation.TANH), new Dense(7, 9, Activation.RELU), new LogSoftmax(),
      new Dense(9, 3, Activation.SIGMOID)),
      Sequential.of(new Softmax(), new Dense(9, 5, Activation.GELU), new Elementwise(Activation.SILU), new Dense(5, 9),
      new Softmax(), new Elementwise(Activation.TANH)),
      Sequential.of(Sequential.of(new Dense(8, 20, Activation.TANH), Sequential.of(new Dense(20, 3, Activation.TANH))),
      new Dense(3, 12, Activation.TANH), new Dense(12, 6)));

  private static int inputs(Layer network) {
    if (network instanceof Dense dense) {
      return dense.in();
    }
    for (Layer layer : network.chain()) {
      int inputs = inputs(layer);
      if (inputs > 0) {
        return inputs;
      }
    }
    return network.chain().isEmpty() ? 0 : -1;
  }

  private static int width(Layer network) {
    int inputs = inputs(network);
    return inputs > 0 ? inputs : 6;
  }

  static Tensor random(Precision precision, Shape shape, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(precision, shape);
    for (int at = 0; at < tensor.size(); at++) {
      tensor.set(at, random.nextDouble(-1, 1));
    }
    return tensor;
  }

  @TestFactory
  Stream<DynamicTest> everyOrderCutInEveryWay() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Layer network : NETWORKS) {
      for (Precision precision : Precision.values()) {
        for (int batch : new int[] {1, 2}) {
          tests.add(dynamicTest(network + " " + precision + " batch " + batch, () -> check(network, precision, batch)));
        }
      }
    }
    return tests.stream();
  }

  private static void check(Layer network, Precision precision, int batch) {
    Parameters theta = Parameters.initialize(network.parameters(), precision, 3);
    Tensor x = random(precision, Shape.of(batch, width(network)), 5);
    Tensor elsewhere = random(precision, x.shape(), 6);
    Tensor expected = bySingleSeeds(network, theta, x);
    Tensor y = Tensor.zeros(precision, network.outputShape(x.shape()));
    double tolerance = precision == Precision.FLOAT ? 2e-5 : 1e-13;
    for (JacobianOptions options : options()) {
      PreparedJacobian prepared = PreparedJacobian.of(network, theta, precision, x.shape(), options);
      Tensor jacobian = Tensor.zeros(precision, expected.shape());
      prepared.at(elsewhere, y, jacobian);
      jacobian.fill(Double.NaN);
      prepared.at(x, y, jacobian);
      String what = options + "\n" + prepared.plan();
      assertClose(expected, jacobian, tolerance, what);
      assertClose(network.forward(x, theta, new Workspace()), y, tolerance, what);
      assertTrue(prepared.allocatedBytes() <= prepared.plan().bytes(), what);
      Tensor other = Tensor.zeros(precision, expected.shape());
      prepared.at(x, y, other);
      assertClose(jacobian, other, 0, "into another array");
    }
  }

  private static List<JacobianOptions> options() {
    List<JacobianOptions> all = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      all.add(JacobianOptions.defaults().withMode(mode));
      for (int chunk : new int[] {1, 2, 5, 64}) {
        all.add(JacobianOptions.defaults().withMode(mode).withChunk(chunk));
        if (mode == Mode.FORWARD || mode == Mode.REVERSE) {
          all.add(JacobianOptions.defaults().withMode(mode).withChunk(chunk).withSeededIdentities());
        }
      }
    }
    return all;
  }

  private static Tensor bySingleSeeds(Layer network, Parameters theta, Tensor x) {
    Precision precision = x.precision();
    var at = network.linearize(x, theta, new Workspace());
    Tensor jacobian = Tensor.zeros(precision, at.output().size(), x.size());
    Tensor xDot = Tensor.zeros(precision, x.shape().prepend(1));
    Tensor yDot = Tensor.zeros(precision, at.output().shape().prepend(1));
    for (int column = 0; column < x.size(); column++) {
      xDot.fill(0);
      xDot.set(column, 1);
      at.jvp(xDot, Parameters.none(), yDot);
      for (int row = 0; row < yDot.size(); row++) {
        jacobian.set(row * x.size() + column, yDot.get(row));
      }
    }
    return jacobian;
  }

  private static void assertClose(Tensor expected, Tensor actual, double tolerance, String what) {
    double largest = 1;
    for (int at = 0; at < expected.size(); at++) {
      largest = Math.max(largest, Math.abs(expected.get(at)));
    }
    for (int at = 0; at < expected.size(); at++) {
      assertEquals(expected.get(at), actual.get(at), tolerance * largest, "element " + at + ": " + what);
    }
  }

  @Test
  void countsAreThoseOfThePlan() {
    Layer network = NETWORKS.get(6);
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 3);
    Tensor x = random(Precision.DOUBLE, Shape.of(1, 17), 5);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 1, 16);
    Tensor jacobian = Tensor.zeros(Precision.DOUBLE, 16, 17);
    long weights = 17 * 33 + 33 * 2 + 2 * 19 + 19 * 16;
    for (JacobianOptions options : options()) {
      PreparedJacobian prepared = PreparedJacobian.of(network, theta, x.shape(), options);
      prepared.at(x, y, jacobian);
      assertEquals(weights + prepared.plan().multiplyAdds(), prepared.multiplyAdds(), options + "\n" + prepared.plan());
    }
  }

  @Test
  void nothingHasAnEmptyJacobian() {
    Layer empty = new Elementwise(Activation.TANH);
    Tensor x = Tensor.zeros(Precision.FLOAT, 1, 0);
    for (Mode mode : Mode.values()) {
      assertEquals(Shape.of(0, 0), Jacobians.jacobian(empty, Parameters.none(), x, mode).shape());
    }
  }

  /// A layer's slope is all ones at one point and not at another: steps that leave ones out are not for both.
  @ParameterizedTest
  @EnumSource
  void aSlopeThatComesAndGoesIsThereWhereItIs(Mode mode) {
    Layer network = Sequential.of(new Dense(8, 20, Activation.TANH), new Dropout(0.5), new Dense(20, 30),
        new Dropout(0.5));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 3);
    Tensor x = random(Precision.DOUBLE, Shape.of(1, 8), 5);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 1, 30);
    Workspace inference = new Workspace();
    Workspace training = new Workspace();
    training.beginTraining(9);
    PreparedJacobian prepared = PreparedJacobian.of(network, theta, x.shape(),
        JacobianOptions.defaults().withMode(mode));
    for (Workspace ws : List.of(inference, training, inference, training)) {
      Tensor expected = Tensor.zeros(Precision.DOUBLE, 30, 8);
      Jacobians.valueAndJacobian(network, theta, x, Mode.REVERSE, 64, ws, y, expected);
      Tensor jacobian = Tensor.zeros(Precision.DOUBLE, 30, 8);
      prepared.at(x, ws, y, jacobian);
      assertClose(expected, jacobian, 1e-13, mode + ", training: " + ws.isTraining());
    }
  }

  @Test
  void memoryBoundsTheChunk() {
    Layer network = NETWORKS.get(6);
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 3);
    JacobianOptions forward = JacobianOptions.defaults().withMode(Mode.FORWARD);
    long whole = PreparedJacobian.of(network, theta, Shape.of(1, 17), forward).plan().bytes();
    JacobianPlan bounded = PreparedJacobian.of(network, theta, Shape.of(1, 17), forward.withMemory(whole - 1)).plan();
    assertTrue(bounded.bytes() < whole && bounded.chunk() < 17, bounded.explain());
    String message = assertThrows(IllegalArgumentException.class,
        () -> PreparedJacobian.of(network, theta, Shape.of(1, 17), forward.withMemory(8))).getMessage();
    assertTrue(message.matches("Jacobian 16 × 17 by FORWARD: needs \\d+ bytes, memory is 8 bytes"), message);
  }

  @TestFactory
  Stream<DynamicTest> everyModeIsTheDerivative() {
    return NETWORKS.stream().filter(network -> !network.toString().contains("RELU"))
        .map(network -> dynamicTest(network.toString(), () -> {
      Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 4);
      Tensor x = random(Precision.DOUBLE, Shape.of(1, width(network)), 8);
      GradCheck check = GradCheck.of(network, theta, x);
      for (Mode mode : Mode.values()) {
        check = check.withJacobian(mode.name(), Jacobians.jacobian(network, theta, x, mode));
      }
      check.check();
    }));
  }

  @Test
  void aPlanSaysWhatItDoesAndWhy() {
    Layer network = NETWORKS.get(10);
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 3);
    String text = PreparedJacobian.of(network, theta, Shape.of(1, 8)).plan().explain();
    assertTrue(text.startsWith("Jacobian 6 × 8 by AUTO: the shortest predicted time, "), text);
    assertTrue(text.contains("times: "), text);
    for (Mode mode : Mode.values()) {
      assertTrue(text.contains(" " + mode + " "), text);
    }
    assertTrue(text.contains("J1 20 × 8 at hand: Dense[in=8, out=20, TANH]"), text);
  }

  @Test
  void plansOfDifferentModesMayBeTheSameOrder() {
    Layer narrow = Sequential.of(new Dense(40, 30, Activation.TANH), new Dense(30, 20, Activation.TANH),
        new Dense(20, 1));
    JacobianPlan reverse = plan(narrow, Mode.REVERSE);
    assertTrue(reverse.sameOrder(plan(narrow, Mode.MIXED)), reverse.explain());
    assertTrue(!reverse.sameOrder(plan(narrow, Mode.FORWARD)), reverse.explain());
    Layer other = Sequential.of(new Dense(40, 30, Activation.TANH), new Dense(30, 21, Activation.TANH),
        new Dense(21, 1));
    assertTrue(!reverse.sameOrder(plan(other, Mode.REVERSE)), reverse.explain());
  }

  private static JacobianPlan plan(Layer network, Mode mode) {
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 1);
    return PreparedJacobian.of(network, theta, Shape.of(1, 40), JacobianOptions.defaults().withMode(mode)).plan();
}
}
