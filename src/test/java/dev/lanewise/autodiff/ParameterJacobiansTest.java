package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.BatchNet.assertAllMarked;
import static dev.lanewise.autodiff.BatchNet.assertClose;
import static dev.lanewise.autodiff.BatchNet.marked;
import static dev.lanewise.autodiff.BatchNet.random;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterJacobiansTest {

  private final BatchNet dense = BatchNet.of(new Dense(BatchNet.IN, BatchNet.OUT), Precision.FLOAT, 3);
  private final Workspace ws = new Workspace();

  @ParameterizedTest
  @EnumSource
  void everyRowIsOnePull(Precision precision) {
    for (BatchNet net : BatchNet.all(precision, 3)) {
      int m = net.y().size();
      Tensor expected = Tensor.zeros(precision, m, net.p());
      for (int row = 0; row < m; row++) {
        Tensor yBar = Tensor.zeros(precision, net.batch(), BatchNet.OUT);
        yBar.set(row, 1);
        Parameters thetaBar = Jacobians.valueAndVjp(net.f(), net.theta(), net.x(), yBar).thetaBar();
        expected.copyFrom(thetaBar.flat(), row * net.p());
      }
      for (int chunk : new int[] {1, 3, 64, Integer.MAX_VALUE}) {
        Tensor y = marked(precision, net.batch(), BatchNet.OUT);
        Tensor jacobian = marked(precision, m, net.p());
        ParameterJacobians.valueAndParameterJacobian(net.f(), net.theta(), net.x(), chunk, ws, y, jacobian);
        assertClose(expected, jacobian, 64, net + " chunk " + chunk);
        assertClose(net.y(), y, 16, net);
      }
      assertClose(expected, ParameterJacobians.parameterJacobian(net.f(), net.theta(), net.x()), 64, net);
    }
  }

  @Test
  void everyColumnIsACentralDifference() {
    for (BatchNet net : BatchNet.all(Precision.DOUBLE, 2)) {
      Tensor jacobian = ParameterJacobians.parameterJacobian(net.f(), net.theta(), net.x());
      for (int column = 0; column < net.p(); column++) {
        Tensor ahead = valueAt(net, column, 0x1p-17);
        Tensor behind = valueAt(net, column, -0x1p-17);
        for (int row = 0; row < ahead.size(); row++) {
          double difference = (ahead.get(row) - behind.get(row)) / 0x1p-16;
          assertEquals(difference, jacobian.get(row, column), 1e-8, net + ", output " + row + ", parameter " + column);
        }
      }
    }
  }

  private static Tensor valueAt(BatchNet net, int column, double step) {
    Tensor flat = net.theta().flat().copy();
    flat.set(column, flat.get(column) + step);
    return net.f().forward(net.x(), Parameters.of(net.theta().spec(), flat), new Workspace());
  }

  @ParameterizedTest
  @EnumSource
  void theGradientOfASampleIsThatOfTheSampleAlone(Precision precision) {
    for (BatchNet net : BatchNet.all(precision, 4)) {
      Tensor yBar = random(precision, 5, net.batch(), BatchNet.OUT);
      Tensor y = marked(precision, net.batch(), BatchNet.OUT);
      Tensor gradients = marked(precision, net.batch(), net.p());
      ParameterJacobians.valueAndPerSampleGradients(net.f(), net.theta(), net.x(), yBar, ws, y, gradients);
      for (int b = 0; b < net.batch(); b++) {
        BatchNet alone = net.sample(b);
        Parameters expected = Jacobians.valueAndVjp(net.f(), net.theta(), alone.x(), yBar.slice(b, 1).copy())
            .thetaBar();
        assertClose(expected.flat(), gradients.slice(b, 1), 16, net + ", sample " + b);
      }
      assertClose(net.y(), y, 16, net);
      assertClose(gradients, ParameterJacobians.perSampleGradients(net.f(), net.theta(), net.x(), yBar), 0, net);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theGradientsOfTheSamplesAddUpToThatOfTheBatch(Precision precision) {
    for (BatchNet net : BatchNet.all(precision, 6)) {
      Tensor yBar = random(precision, 6, net.batch(), BatchNet.OUT);
      Tensor gradients = ParameterJacobians.perSampleGradients(net.f(), net.theta(), net.x(), yBar);
      Tensor sum = Tensor.zeros(precision, 1, net.p());
      for (int i = 0; i < gradients.size(); i++) {
        sum.set(i % net.p(), sum.get(i % net.p()) + gradients.get(i));
      }
      assertClose(Jacobians.valueAndVjp(net.f(), net.theta(), net.x(), yBar).thetaBar().flat(), sum, 64, net);
    }
  }

  @Test
  void oneWorkspaceServesOtherNetworksAndPlacesInBetween() {
    BatchNet wide = BatchNet.of(Sequential.of(new Dense(BatchNet.IN, 9, Activation.GELU), new Dense(9, BatchNet.OUT)),
        Precision.FLOAT, 3);
    for (int turn = 0; turn < 2; turn++) {
      for (BatchNet net : new BatchNet[] {dense, wide, BatchNet.of(dense.f(), Precision.FLOAT, 2)}) {
        Tensor y = Tensor.zeros(Precision.FLOAT, net.batch(), BatchNet.OUT);
        Tensor jacobian = Tensor.zeros(Precision.FLOAT, y.size(), net.p());
        ParameterJacobians.valueAndParameterJacobian(net.f(), net.theta(), net.x(), 5, ws, y, jacobian);
        assertClose(ParameterJacobians.parameterJacobian(net.f(), net.theta(), net.x()), jacobian, 16, net);
        Tensor yBar = random(Precision.FLOAT, turn, net.batch(), BatchNet.OUT);
        Tensor gradients = Tensor.zeros(Precision.FLOAT, net.batch(), net.p());
        ParameterJacobians.valueAndPerSampleGradients(net.f(), net.theta(), net.x(), yBar, ws, y, gradients);
        assertClose(ParameterJacobians.perSampleGradients(net.f(), net.theta(), net.x(), yBar), gradients, 0, net);
      }
    }
  }

  @Test
  void withoutParametersThereAreNoColumns() {
    Tensor x = random(Precision.DOUBLE, 1, 2, 3);
    assertEquals("[6, 0]",
        ParameterJacobians.parameterJacobian(new Softmax(), Parameters.none(), x).shape().toString());
    assertEquals("[2, 0]",
        ParameterJacobians.perSampleGradients(new Softmax(), Parameters.none(), x, x).shape().toString());
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsWritten() {
    Layer f = dense.f();
    Tensor y = marked(Precision.FLOAT, 3, 4);
    Tensor jacobian = marked(Precision.FLOAT, 12, 24);
    Tensor gradients = marked(Precision.FLOAT, 3, 24);
    Tensor yBar = Tensor.zeros(Precision.FLOAT, 3, 4);
    Parameters theta = dense.theta();
    Tensor x = dense.x();
    refused("Dense[in=5, out=4]: chunk is 0, expected at least 1 direction",
        () -> ParameterJacobians.valueAndParameterJacobian(f, theta, x, 0, ws, y, jacobian));
    refused("Dense[in=5, out=4]: jacobian is FLOAT [3, 24], expected FLOAT [12, 24]",
        () -> ParameterJacobians.valueAndParameterJacobian(f, theta, x, 1, ws, y, gradients));
    refused("Dense[in=5, out=4]: jacobian is DOUBLE [12, 24], expected FLOAT [12, 24]",
        () -> ParameterJacobians.valueAndParameterJacobian(f, theta, x, 1, ws, y,
        Tensor.zeros(Precision.DOUBLE, 12, 24)));
    refused("Dense[in=5, out=4]: jacobian is none, expected FLOAT [12, 24]",
        () -> ParameterJacobians.valueAndParameterJacobian(f, theta, x, 1, ws, y, Tensor.none()));
    refused("Dense[in=5, out=4]: y is FLOAT [3, 24], expected FLOAT [3, 4]",
        () -> ParameterJacobians.valueAndParameterJacobian(f, theta, x, 1, ws, gradients, jacobian));
    refused("Dense[in=5, out=4]: theta has precision DOUBLE, x has FLOAT, expected the same",
        () -> ParameterJacobians.parameterJacobian(f, theta.to(Precision.DOUBLE), x));
    refused("Dense[in=5, out=4]: x is none, expected a tensor",
        () -> ParameterJacobians.parameterJacobian(f, theta, Tensor.none()));
    refused("Dense[in=5, out=4]: yBar is FLOAT [2, 4], expected FLOAT [3, 4]",
        () -> ParameterJacobians.valueAndPerSampleGradients(f, theta, x, Tensor.zeros(Precision.FLOAT, 2, 4), ws, y,
        gradients));
    refused("Dense[in=5, out=4]: y is FLOAT [12, 24], expected FLOAT [3, 4]",
        () -> ParameterJacobians.valueAndPerSampleGradients(f, theta, x, yBar, ws, jacobian, gradients));
    refused("Dense[in=5, out=4]: gradients is FLOAT [12, 24], expected FLOAT [3, 24]",
        () -> ParameterJacobians.valueAndPerSampleGradients(f, theta, x, yBar, ws, y, jacobian));
    refused("Dense[in=5, out=4]: x has shape [0, 5], expected [batch, …] with at least 1 sample",
        () -> ParameterJacobians.perSampleGradients(f, theta, Tensor.zeros(Precision.FLOAT, 0, 5),
        Tensor.zeros(Precision.FLOAT, 0, 4)));
    refused("Dense[in=5, out=4]: theta has 0 parameters, expected 2",
        () -> ParameterJacobians.valueAndPerSampleGradients(f, Parameters.none(), x, yBar, ws, y,
        Tensor.zeros(Precision.FLOAT, 3, 0)));
    Dense huge = new Dense(1, 46341, false, Activation.IDENTITY);
    refused("Dense[in=1, out=46341, no bias]: parameter Jacobian [46341, 46341] has more elements than an array "
        + "holds, expected at most 2147483639",
        () -> ParameterJacobians.parameterJacobian(huge, Parameters.zeros(huge.parameters(), Precision.FLOAT),
        Tensor.row(1f)));
    assertThrows(NullPointerException.class, () -> ParameterJacobians.parameterJacobian(f, theta, null));
    assertAllMarked(y);
    assertAllMarked(jacobian);
    assertAllMarked(gradients);
  }

  @Test
  void layersThatMixSamplesAreRefusedForSamplesOnly() {
    Layer mixing = new Mixing(new Dense(BatchNet.IN, BatchNet.OUT));
    String refusal = "Mixing[f=Dense[in=5, out=4]]: mixes the samples of a batch, expected a layer whose output "
        + "samples each depend on one input sample";
    refused(refusal, () -> ParameterJacobians.perSampleGradients(mixing, dense.theta(), dense.x(),
        Tensor.zeros(Precision.FLOAT, 3, 4)));
    refused(refusal, () -> SampleJacobians.perSampleJacobians(mixing, dense.theta(), dense.x(), Mode.FORWARD, 1));
    ParameterJacobians.parameterJacobian(mixing, dense.theta(), dense.x());
  }

  /// A layer that says that it mixes samples.
  private record Mixing(Dense f) implements Layer {

    @Override
    public Shape outputShape(Shape input) {
      return f.outputShape(input);
    }

    @Override
    public ParameterSpec parameters() {
      return f.parameters();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      return f.linearize(x, theta, ws);
    }

    @Override
    public boolean mixesSamples() {
      return true;
    }
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
