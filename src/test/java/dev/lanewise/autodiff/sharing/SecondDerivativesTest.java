package dev.lanewise.autodiff.sharing;

import static dev.lanewise.autodiff.sharing.Allocation.assertAllocatesNothing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.BatchNet;
import dev.lanewise.autodiff.Hessians;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedGradient;
import dev.lanewise.autodiff.PreparedHessian;
import dev.lanewise.autodiff.PublishedParameters;
import dev.lanewise.autodiff.SampleHessians;
import dev.lanewise.nn.BatchNorm;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossLayer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Prepared gradients and Hessians, and Hessians of samples, are those of the operators that do not prepare.
class SecondDerivativesTest {

  private static final Layer NET = Sequential.of(
      new Dense(5, 7, Activation.GELU), new Elementwise(Activation.SILU), new Dense(7, 6, false, Activation.TANH),
      new Dense(6, 4), new Softmax());
  private static final Layer SCALAR = Sequential.of(new Dense(5, 7, Activation.GELU), new Dense(7, 1, Activation.TANH));

  private static BatchNet net(Layer f, Precision precision, int batch) {
    return new BatchNet(f, Parameters.initialize(f.parameters(), precision, 3), BatchNet.random(precision, 11, batch,
        5));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1, 1", "FLOAT, 4, 2", "DOUBLE, 1, 64", "DOUBLE, 4, 3", "DOUBLE, 4, 64"})
  void hessiansOfSamplesAreThoseOfEachAlone(Precision precision, int batch, int chunk) {
    BatchNet net = net(NET, precision, batch);
    Tensor u = BatchNet.random(precision, 7, batch, 4);
    Tensor y = Tensor.zeros(precision, batch, 4);
    Tensor gradients = Tensor.zeros(precision, batch, 5);
    Tensor hessians = Tensor.zeros(precision, batch, 5, 5);
    hessians.fill(Double.NaN);
    SampleHessians.valueGradientsAndHessians(NET, net.theta(), net.x(), u, chunk, new Workspace(), y, gradients,
        hessians);
    BatchNet.assertClose(NET.forward(net.x(), net.theta(), new Workspace()), y, 16, "y");
    BatchNet.assertClose(Jacobians.valueAndVjp(NET, net.theta(), net.x(), u).xBar(), gradients, 64, "gradients");
    Tensor whole = Hessians.hessian(NET, net.theta(), net.x(), u);
    for (int b = 0; b < batch; b++) {
      Tensor alone = Hessians.hessian(NET, net.theta(), net.x().slice(b, 1), u.slice(b, 1));
      BatchNet.assertClose(alone, hessians.view(25 * b, Shape.of(5, 5)), 256, "sample " + b);
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5 * batch; j++) {
          double expected = j / 5 == b ? alone.get(i, j % 5) : 0;
          assertEquals(expected, whole.get(5 * b + i, j), 256 * precision.unitRoundoff() * (1 + Math.abs(expected)),
              "all others are zero");
        }
      }
    }
    BatchNet.assertClose(hessians, SampleHessians.perSampleHessians(NET, net.theta(), net.x(), u), 64,
        "by the default chunk");
    BatchNet.assertClose(hessians, SampleHessians.perSampleHessians(NET, net.theta(), net.x(), u, 1), 64, "one by one");
  }

  /// As many multiply-adds as the batch has samples, not as the square of it.
  @Test
  void samplesAreSeededAllAtOnce() {
    BatchNet net = net(SCALAR, Precision.DOUBLE, 50);
    Workspace ws = new Workspace();
    Tensor u = BatchNet.random(Precision.DOUBLE, 7, 50, 1);
    SampleHessians.valueGradientsAndHessians(SCALAR, net.theta(), net.x(), u, 5, ws,
        Tensor.zeros(Precision.DOUBLE, 50, 1), Tensor.none(), Tensor.zeros(Precision.DOUBLE, 50, 5, 5));
    long e = 5 * 7 + 7;
    assertTrue(ws.multiplyAdds() <= 50 * (e + 3 * 5 * e + 2 * e), () -> "multiply-adds: " + ws.multiplyAdds());
  }

  @Test
  void hessiansOfSamplesDrawForTheBatch() {
    Layer f = Sequential.of(new Dense(5, 7, Activation.TANH), new Dropout(0.4), new Dense(7, 4, Activation.GELU));
    BatchNet net = net(f, Precision.DOUBLE, 3);
    Tensor u = BatchNet.random(Precision.DOUBLE, 7, 3, 4);
    Workspace ws = new Workspace();
    ws.beginTraining(5);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 3, 4);
    Tensor whole = Tensor.zeros(Precision.DOUBLE, 15, 15);
    Tensor hessians = Tensor.zeros(Precision.DOUBLE, 3, 5, 5);
    Hessians.valueGradientAndHessian(f, net.theta(), net.x(), u, 4, ws, y, Tensor.none(), whole);
    SampleHessians.valueGradientsAndHessians(f, net.theta(), net.x(), u, 2, ws, y, Tensor.none(), hessians);
    for (int b = 0; b < 3; b++) {
      for (int i = 0; i < 25; i++) {
        assertEquals(whole.get(5 * b + i / 5, 5 * b + i % 5), hessians.get(25 * b + i), 1e-13);
      }
    }
  }

  @Test
  void samplesThatAreMixedAreRefused() {
    Tensor x = BatchNet.random(Precision.FLOAT, 1, 3, 5);
    Layer mixing = new LossLayer(Loss.meanSquaredError(), x);
    assertThrows(IllegalArgumentException.class, () -> SampleHessians.perSampleHessians(mixing, Parameters.none(), x,
        Tensor.row(1f)));
    BatchNorm normal = new BatchNorm(5);
    Parameters theta = Parameters.initialize(normal.parameters(), Precision.FLOAT, 1);
    Workspace training = new Workspace();
    training.beginTraining(1);
    Tensor y = Tensor.zeros(Precision.FLOAT, 3, 5);
    Tensor hessians = Tensor.zeros(Precision.FLOAT, 3, 5, 5);
    assertThrows(IllegalArgumentException.class,
        () -> SampleHessians.valueGradientsAndHessians(normal, theta, x, x, 2, training, y, Tensor.none(), hessians));
    SampleHessians.valueGradientsAndHessians(normal, theta, x, x, 2, new Workspace(), y, Tensor.none(), hessians);
    assertThrows(IllegalArgumentException.class, () -> SampleHessians.perSampleHessians(normal, theta, x, x, 0));
    assertThrows(IllegalArgumentException.class, () -> SampleHessians.perSampleHessians(normal, theta, x, x.slice(0,
        2), 1));
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1", "DOUBLE, 1", "DOUBLE, 2"})
  void aPreparedHessianIsTheHessian(Precision precision, int batch) {
    BatchNet net = net(NET, precision, batch);
    PreparedHessian prepared = PreparedHessian.of(NET, net.theta(), net.x().shape());
    PreparedHessian byThrees = PreparedHessian.of(PublishedParameters.of(NET, net.theta()), precision, net.x().shape(),
        3);
    int d = 5 * batch;
    int m = 4 * batch;
    Tensor y = Tensor.zeros(precision, batch, 4);
    Tensor gradient = Tensor.zeros(precision, batch, 5);
    Tensor hessian = Tensor.zeros(precision, d, d);
    Tensor jacobian = Tensor.zeros(precision, m, d);
    Tensor hessians = Tensor.zeros(precision, m, d, d);
    for (PreparedHessian one : List.of(prepared, byThrees, byThrees.fork())) {
      for (Workspace ws : new Workspace[] {null, new Workspace()}) {
        Tensor u = BatchNet.random(precision, 7, batch, 4);
        if (ws == null) {
          one.at(net.x(), u, y, gradient, hessian);
          one.ofOutputs(net.x(), y, jacobian, hessians);
        } else {
          one.at(net.x(), u, ws, y, gradient, hessian);
          one.ofOutputs(net.x(), ws, y, jacobian, hessians);
        }
        BatchNet.assertClose(Hessians.hessian(NET, net.theta(), net.x(), u), hessian, 16, one);
        BatchNet.assertClose(Jacobians.valueAndVjp(NET, net.theta(), net.x(), u).xBar(), gradient, 16, one);
        BatchNet.assertClose(NET.forward(net.x(), net.theta(), new Workspace()), y, 16, one);
        BatchNet.assertClose(Jacobians.jacobian(NET, net.theta(), net.x(), Mode.REVERSE), jacobian, 64, one);
        for (int c = 0; c < m; c++) {
          u.fill(0);
          u.set(c, 1);
          BatchNet.assertClose(Hessians.hessian(NET, net.theta(), net.x(), u), hessians.view(c * d * d, Shape.of(d,
              d)), 16, one + " of " + c);
        }
      }
    }
    assertTrue(byThrees.toString().endsWith(", 3 directions at once]"), byThrees.toString());
  }

  @ParameterizedTest
  @EnumSource
  void aPreparedGradientIsTheGradient(Precision precision) {
    for (int batch : new int[] {1, 3}) {
      BatchNet net = net(SCALAR, precision, batch);
      PreparedGradient prepared = PreparedGradient.of(SCALAR, net.theta(), net.x().shape());
      Tensor y = Tensor.zeros(precision, batch, 1);
      Tensor gradient = Tensor.zeros(precision, batch, 5);
      for (PreparedGradient one : List.of(prepared, prepared.fork())) {
        for (Workspace ws : new Workspace[] {null, new Workspace()}) {
          gradient.fill(Double.NaN);
          if (ws == null) {
            one.at(net.x(), y, gradient);
          } else {
            one.at(net.x(), ws, y, gradient);
          }
          BatchNet.assertClose(SCALAR.forward(net.x(), net.theta(), new Workspace()), y, 16, one);
          for (int b = 0; b < batch; b++) {
            BatchNet.assertClose(Jacobians.gradient(SCALAR, net.theta(), net.x().slice(b, 1)), gradient.slice(b, 1),
                64, one);
          }
        }
      }
    }
  }

  /// A loss mixes its samples, and has one gradient by all of them.
  @Test
  void theGradientOfALossIsThatOfTheBatch() {
    Tensor targets = BatchNet.random(Precision.DOUBLE, 2, 3, 5);
    Layer loss = new LossLayer(Loss.meanSquaredError(), targets);
    Tensor x = BatchNet.random(Precision.DOUBLE, 1, 3, 5);
    Tensor expected = Jacobians.gradient(loss, Parameters.none(), x);
    PreparedGradient prepared = PreparedGradient.of(PublishedParameters.of(loss, Parameters.none()), Precision.DOUBLE,
        x.shape());
    Tensor gradient = Tensor.zeros(Precision.DOUBLE, 3, 5);
    Tensor y = Tensor.zeros(Precision.DOUBLE, loss.outputShape(x.shape()));
    prepared.at(x, y, gradient);
    BatchNet.assertClose(expected, gradient, 16, prepared);
  }

  @Test
  void badInputIsRefused() {
    BatchNet net = net(NET, Precision.FLOAT, 2);
    String message = assertThrows(IllegalArgumentException.class, () -> PreparedGradient.of(NET, net.theta(),
        Shape.of(2, 5))).getMessage();
    assertTrue(message.endsWith(": gradient of output [2, 4], expected 1 number, or 1 for each of 2 samples"), message);
    BatchNet scalar = net(SCALAR, Precision.FLOAT, 2);
    PreparedGradient gradients = PreparedGradient.of(SCALAR, scalar.theta(), Shape.of(2, 5));
    Tensor y = Tensor.zeros(Precision.FLOAT, 2, 1);
    Tensor place = Tensor.zeros(Precision.FLOAT, 2, 5);
    assertThrows(IllegalArgumentException.class, () -> gradients.at(scalar.x().slice(0, 1), y, place));
    assertThrows(IllegalArgumentException.class, () -> gradients.at(scalar.x(), y.slice(0, 1), place));
    assertThrows(IllegalArgumentException.class, () -> gradients.at(scalar.x(), y, place.slice(0, 1)));
    PublishedParameters published = PublishedParameters.of(NET, net.theta());
    assertThrows(IllegalArgumentException.class, () -> PreparedHessian.of(published, Precision.FLOAT, Shape.of(2, 5),
        0));
    assertThrows(IllegalArgumentException.class, () -> PreparedHessian.of(published, Precision.DOUBLE, Shape.of(2, 5),
        1));
    assertThrows(IllegalArgumentException.class, () -> PreparedHessian.of(published, Shape.of(2, 4)));
    PreparedHessian hessians = PreparedHessian.of(published, Shape.of(1, 5));
    Tensor x = net.x().slice(0, 1);
    Tensor u = Tensor.zeros(Precision.FLOAT, 1, 4);
    Tensor value = Tensor.zeros(Precision.FLOAT, 1, 4);
    Tensor square = Tensor.zeros(Precision.FLOAT, 5, 5);
    assertThrows(IllegalArgumentException.class, () -> hessians.at(x, u, value, Tensor.none(),
        Tensor.zeros(Precision.FLOAT, 5, 4)));
    assertThrows(IllegalArgumentException.class, () -> hessians.at(x, x, value, Tensor.none(), square));
    assertThrows(IllegalArgumentException.class, () -> hessians.at(net.x(), u, value, Tensor.none(), square));
    assertThrows(IllegalArgumentException.class, () -> hessians.ofOutputs(x, value, square,
        Tensor.zeros(Precision.FLOAT, 4, 5, 5)));
    assertThrows(IllegalArgumentException.class,
        () -> hessians.ofOutputs(x, value, Tensor.zeros(Precision.FLOAT, 4, 5), Tensor.zeros(Precision.FLOAT, 5, 5)));
  }

  /// All of it: what that has, such as an executor, is used.
  @Test
  void theCallersWorkspaceIsComputedIn() {
    BatchNet net = net(SCALAR, Precision.DOUBLE, 3);
    Tensor y = Tensor.zeros(Precision.DOUBLE, 3, 1);
    Tensor gradient = Tensor.zeros(Precision.DOUBLE, 3, 5);
    Workspace expected = new Workspace();
    Workspace ws = new Workspace();
    Jacobians.valueAndVjp(SCALAR, net.theta(), net.x(), y.copy(), expected, y, gradient, Parameters.none());
    PreparedGradient.of(SCALAR, net.theta(), net.x().shape()).at(net.x(), ws, y, gradient);
    assertEquals(expected.multiplyAdds(), ws.multiplyAdds());
    Tensor hessian = Tensor.zeros(Precision.DOUBLE, 15, 15);
    Hessians.valueGradientAndHessian(SCALAR, net.theta(), net.x(), y.copy(), 64, expected, y, gradient, hessian);
    PreparedHessian.of(SCALAR, net.theta(), net.x().shape()).at(net.x(), y.copy(), ws, y, gradient, hessian);
    assertEquals(expected.multiplyAdds(), ws.multiplyAdds());
  }

  @Test
  void theyAllocateNothingWhenWarm() {
    Layer f = Sequential.of(new Dense(5, 7, Activation.RELU), new Dense(7, 1));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    Tensor one = BatchNet.random(Precision.FLOAT, 2, 1, 5);
    Tensor x = BatchNet.random(Precision.FLOAT, 2, 3, 5);
    Tensor y = Tensor.zeros(Precision.FLOAT, 3, 1);
    Tensor u = BatchNet.random(Precision.FLOAT, 3, 3, 1);
    Tensor gradient = Tensor.zeros(Precision.FLOAT, 3, 5);
    Tensor oneY = Tensor.zeros(Precision.FLOAT, 1, 1);
    Tensor oneU = Tensor.row(1f);
    Tensor oneGradient = Tensor.zeros(Precision.FLOAT, 1, 5);
    Tensor hessian = Tensor.zeros(Precision.FLOAT, 5, 5);
    Tensor hessians = Tensor.zeros(Precision.FLOAT, 1, 5, 5);
    Tensor ofSamples = Tensor.zeros(Precision.FLOAT, 3, 5, 5);
    PreparedGradient row = PreparedGradient.of(f, theta, one.shape()).fork();
    assertAllocatesNothing("gradient", () -> row.at(one, oneY, oneGradient));
    if (Precision.FLOAT.lanes() > 1) {
      return; // C2 takes long; what these do in vector code the AllocationTest has
    }
    PreparedGradient rows = PreparedGradient.of(f, theta, x.shape()).fork();
    assertAllocatesNothing("gradients", () -> rows.at(x, y, gradient));
    PreparedHessian prepared = PreparedHessian.of(f, theta, one.shape()).fork();
    assertAllocatesNothing("hessian", () -> prepared.at(one, oneU, oneY, oneGradient, hessian));
    assertAllocatesNothing("hessians of outputs", () -> prepared.ofOutputs(one, oneY, oneGradient, hessians));
    Workspace ws = new Workspace();
    assertAllocatesNothing("hessians of samples",
        () -> SampleHessians.valueGradientsAndHessians(f, theta, x, u, 2, ws, y, gradient, ofSamples));
  }
}
