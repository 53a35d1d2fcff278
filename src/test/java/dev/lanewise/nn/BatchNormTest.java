package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.ParameterJacobians;
import dev.lanewise.autodiff.SampleJacobians;
import dev.lanewise.ops.ChannelOps;
import dev.lanewise.testkit.GradCheck;
import dev.lanewise.testkit.LayerContract;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Batch normalisation keeps the contract at inference and in training, hands over what it observed once, and says that
/// it mixes samples in training alone.
class BatchNormTest {

  private static final Layer DEEP =
      Sequential.of(new Dense(3, 6), new BatchNorm(6), new Elementwise(Activation.TANH), new Dense(6, 2));

  @TestFactory
  Stream<DynamicTest> laws() {
    return Stream.of(
        LayerContract.of(new BatchNorm(3), Shape.of(3)),
        LayerContract.of(new BatchNorm(2), Shape.of(2, 5)),
        LayerContract.of(new BatchNorm(3, 1e-3, 0.5), Shape.of(3, 4, 5)),
        LayerContract.of(DEEP, Shape.of(3)),
        LayerContract.of(new InTraining(new BatchNorm(3), 1), Shape.of(3)).withBatches(7, 17, 33).withTolerance(8),
        LayerContract.of(new InTraining(new BatchNorm(2), 1), Shape.of(2, 5)).withBatches(1, 2, 3, 7).withTolerance(8),
        LayerContract.of(new InTraining(new BatchNorm(3, 1e-3, 0.5), 1), Shape.of(3, 4, 5)).withBatches(1, 2, 3, 7)
        .withTolerance(8),
        LayerContract.of(new InTraining(DEEP, 1), Shape.of(3)).withBatches(7, 17, 33).withTolerance(8))
        .flatMap(contract -> contract.laws().stream()
        .map(law -> dynamicTest(law.name() + " of " + contract.layer(), law::check)));
  }

  private static Tensor normal(Precision precision, long seed, int... dims) {
    Random random = new Random(seed);
    Tensor x = Tensor.zeros(precision, dims);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, 3 + 2 * random.nextGaussian());
    }
    return x;
  }

  private static Parameters theta(Layer layer, Precision precision) {
    Parameters theta = Parameters.initialize(layer.parameters(), precision, 4);
    Random random = new Random(8);
    for (int i = 0; i < theta.flat().size(); i++) {
      theta.flat().set(i, theta.flat().get(i) + 0.3 * random.nextDouble());
    }
    return theta;
  }

  @Test
  void derivativesAreRightWhereTheStatisticsAreNotTheirInitialValues() {
    for (Layer layer
        : List.of(new BatchNorm(3), Sequential.of(new BatchNorm(3), new Flatten(), new Dense(6, 2, Activation.TANH)))) {
      Tensor x = normal(Precision.DOUBLE, 2, 4, 3, 2);
      GradCheck.of(layer, theta(layer, Precision.DOUBLE), x).check();
      GradCheck.of(new InTraining(layer, 1), theta(layer, Precision.DOUBLE), x).check();
    }
  }

  @Test
  void everyChannelHasMeanZeroAndDeviationOneInTraining() {
    BatchNorm norm = new BatchNorm(2);
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(norm.parameters(), precision, 1);
      Tensor x = normal(precision, 3, 5, 2, 31);
      // Far from 0 beside the deviation: means and squares are not taken by one pass over both.
      for (int i = 0; i < x.size(); i++) {
        x.set(i, x.get(i) + 1000);
      }
      Workspace ws = new Workspace();
      ws.beginTraining(1);
      Tensor y = norm.forward(x, theta, ws);
      for (int channel = 0; channel < 2; channel++) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < y.size(); i++) {
          double value = i / 31 % 2 == channel ? y.get(i) : 0;
          sum += value;
          squares += value * value;
        }
        assertEquals(0, sum / 155, precision == Precision.FLOAT ? 1e-4 : 1e-12);
        assertEquals(1, squares / 155, 1e-4);
      }
    }
  }

  @Test
  void whatWasObservedIsTakenOverOnceAndOnlyWhenAskedFor() {
    BatchNorm norm = new BatchNorm(1, 1e-5, 0.25);
    for (Precision precision : Precision.values()) {
      Parameters theta = Parameters.initialize(norm.parameters(), precision, 1);
      Tensor x = Tensor.zeros(precision, 4, 1);
      for (int i = 0; i < 4; i++) {
        x.set(i, i + 1);
      }
      Workspace ws = new Workspace();
      norm.forward(x, theta, ws);
      ws.takeOverObserved();
      assertArrayEquals(new double[] {1, 0, 0, 1}, theta.flat().toDoubles(), "nothing at inference");
      ws.beginTraining(1);
      norm.linearize(x, theta, ws);
      assertArrayEquals(new double[] {1, 0, 0, 1}, theta.flat().toDoubles());
      ws.takeOverObserved();
      ws.takeOverObserved();
      double[] once = {1, 0, 0.25 * 2.5, 0.75 + 0.25 * 5 / 3};
      assertArrayEquals(once, theta.flat().toDoubles(), 1e-6);
      norm.forward(x, theta, ws);
      ws.reset();
      ws.takeOverObserved();
      assertArrayEquals(once, theta.flat().toDoubles(), 1e-6, "a reset drops it");
      norm.forward(x, theta, ws);
      ws.takeOverObserved();
      assertEquals(0.75 * once[2] + 0.25 * 2.5, theta.get("running_mean").get(0), 1e-6);
    }
  }

  @Test
  void observationsThatDoNotFitAreRefused() {
    Workspace ws = new Workspace();
    Tensor running = Tensor.zeros(Precision.FLOAT, 3);
    assertEquals("Workspace: observed 2 numbers with momentum 0.1, expected 3 with a momentum from 0 to 1",
        assertThrows(IllegalArgumentException.class, () -> ws.observe(running, Tensor.zeros(Precision.DOUBLE, 2), 0.1))
        .getMessage());
    for (double momentum : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class,
          () -> ws.observe(running, Tensor.zeros(Precision.DOUBLE, 3), momentum));
    }
    assertThrows(IllegalArgumentException.class, () -> ws.observe(running, Tensor.zeros(Precision.FLOAT, 3), 0.1));
  }

  @Test
  void samplesAreMixedInTrainingAlone() {
    assertTrue(DEEP.mixesSamplesInTraining());
    assertFalse(DEEP.mixesSamples());
    assertFalse(Sequential.of(new Dense(2, 2), new Dropout(0.5)).mixesSamplesInTraining());
    Parameters theta = theta(DEEP, Precision.DOUBLE);
    Tensor x = normal(Precision.DOUBLE, 5, 4, 3);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 4, 2);
    Tensor jacobians = Tensor.zeros(Precision.DOUBLE, 4, 2, 3);
    Tensor gradients = Tensor.zeros(Precision.DOUBLE, 4, theta.spec().size());
    Workspace ws = new Workspace();
    SampleJacobians.valueAndPerSampleJacobians(DEEP, theta, x, Mode.REVERSE, 2, ws, y, jacobians);
    for (int sample = 0; sample < 4; sample++) {
      Tensor alone = Jacobians.jacobian(DEEP, theta, x.slice(sample, 1));
      assertArrayEquals(alone.toDoubles(), jacobians.slice(sample, 1).toDoubles(), 1e-12);
    }
    ParameterJacobians.valueAndPerSampleGradients(DEEP, theta, x, y.copy(), ws, y, gradients);
    ws.beginTraining(1);
    String expected = DEEP
        + ": mixes the samples of a batch in training, expected inference, or a layer whose output samples each"
        + " depend on one input sample";
    assertEquals(expected, assertThrows(IllegalArgumentException.class,
        () -> SampleJacobians.valueAndPerSampleJacobians(DEEP, theta, x, Mode.REVERSE, 2, ws, y, jacobians))
        .getMessage());
    assertEquals(expected, assertThrows(IllegalArgumentException.class,
        () -> ParameterJacobians.valueAndPerSampleGradients(DEEP, theta, x, y.copy(), ws, y, gradients)).getMessage());
  }

  /// The whole batch's, through its statistics.
  @Test
  void jacobiansInTrainingAreTheSameInEveryMode() {
    Parameters theta = theta(DEEP, Precision.DOUBLE);
    Tensor x = normal(Precision.DOUBLE, 6, 5, 3);
    Workspace ws = new Workspace();
    double[] expected = Jacobians.jacobian(new InTraining(DEEP, 1), theta, x, Mode.FORWARD, 1).toDoubles();
    for (Mode mode : Mode.values()) {
      Tensor y = Tensor.zeros(Precision.DOUBLE, 5, 2);
      Tensor jacobian = Tensor.zeros(Precision.DOUBLE, 10, 15);
      ws.beginTraining(1);
      Jacobians.valueAndJacobian(DEEP, theta, x, mode, 4, ws, y, jacobian);
      ws.endTraining();
      assertArrayEquals(expected, jacobian.toDoubles(), 1e-12, mode.toString());
    }
  }

  private static void refused(String expected, Runnable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  @Test
  void badInputIsRefused() {
    BatchNorm norm = new BatchNorm(3);
    refused("BatchNorm: channels is 0, expected at least 1", () -> new BatchNorm(0));
    refused("BatchNorm: epsilon is 0.0, expected a number above 0", () -> new BatchNorm(1, 0, 0.1));
    refused("BatchNorm: epsilon is NaN, expected a number above 0", () -> new BatchNorm(1, Double.NaN, 0.1));
    refused("BatchNorm: momentum is 1.5, expected 0 to 1", () -> new BatchNorm(1, 1e-5, 1.5));
    refused("BatchNorm[channels=3]: input has shape [3], expected [batch, 3, …]", () -> norm.outputShape(Shape.of(3)));
    refused("BatchNorm[channels=3]: input has 2 channels, expected 3", () -> norm.outputShape(Shape.of(4, 2, 9)));
    Parameters theta = theta(norm, Precision.FLOAT);
    Workspace ws = new Workspace();
    ws.beginTraining(1);
    refused("BatchNorm[channels=3]: input has 1 numbers a channel in training, expected at least 2",
        () -> norm.linearize(Tensor.zeros(Precision.FLOAT, 1, 3), theta, ws));
    refused("BatchNorm[channels=3]: input has 0 numbers a channel in training, expected at least 2",
        () -> norm.forward(Tensor.zeros(Precision.FLOAT, 0, 3, 2), theta, ws));
    ws.endTraining();
    assertEquals(0, norm.forward(Tensor.zeros(Precision.FLOAT, 0, 3, 2), theta, ws).size());
    assertThrows(IllegalArgumentException.class, () -> norm.forward(Tensor.zeros(Precision.DOUBLE, 2, 3), theta, ws));
    assertThrows(IllegalArgumentException.class,
        () -> norm.forward(Tensor.zeros(Precision.FLOAT, 2, 3), theta(new BatchNorm(4), Precision.FLOAT), ws));
  }

  @Test
  void operationsOnChannelsCheckBeforeTheyWrite() {
    Tensor u = Tensor.zeros(Precision.FLOAT, 2, 4, 3, 5);
    Tensor one = Tensor.zeros(Precision.FLOAT, 4, 3, 5);
    Tensor said = Tensor.zeros(Precision.DOUBLE, 2, 3);
    Tensor none = Tensor.none();
    List<Runnable> calls = List.of(
        () -> ChannelOps.sums(2, 4, u, Tensor.zeros(Precision.FLOAT, 2, 3)),
        () -> ChannelOps.sums(2, 4, u, Tensor.zeros(Precision.DOUBLE, 1, 3)),
        () -> ChannelOps.sums(2, 4, u, Tensor.zeros(Precision.DOUBLE, 2, 7)),
        () -> ChannelOps.sums(0, 4, u, said),
        () -> ChannelOps.dots(2, 4, Tensor.zeros(Precision.FLOAT, 3, 3, 5), u, said),
        () -> ChannelOps.dots(2, 4, Tensor.zeros(Precision.DOUBLE, 4, 3, 5), u, said),
        () -> ChannelOps.shiftAndScale(2, 4, Tensor.zeros(Precision.DOUBLE, 2, 4), said, none, u, u),
        () -> ChannelOps.shiftAndScale(2, 4, none, none, none, u, u),
        () -> ChannelOps.shiftAndScale(2, 4, none, said, none, u, one),
        () -> ChannelOps.addScaled(2, 4, Tensor.zeros(Precision.FLOAT, 2, 3), u, u),
        () -> ChannelOps.addScaled(2, 4, said, Tensor.zeros(Precision.FLOAT, 7), u));
    for (Runnable call : calls) {
      assertThrows(IllegalArgumentException.class, call::run);
    }
    ChannelOps.dots(2, 4, one, u, said);
    ChannelOps.addScaled(2, 4, said, one, u);
  }
}
