package dev.lanewise.autodiff;

import static dev.lanewise.autodiff.BatchNet.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Activation;
import dev.lanewise.AffineMap;
import dev.lanewise.JacobianStructure;
import dev.lanewise.Layer;
import dev.lanewise.Linearization;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Sequential;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a workspace carries reaches every operator that takes one, in every mode: training's draws, the executor, the
/// count.
class WorkspaceCarriedTest {

  private static final Sequential DROPPING = Sequential.of(
      new Dense(5, 9, Activation.TANH), new Dropout(0.4), new Dense(9, 7, Activation.GELU), new Dropout(0.4),
      new Dense(7, 4));

  private static Workspace training(long seed) {
    Workspace ws = new Workspace();
    ws.beginTraining(seed);
    return ws;
  }

  private static Tensor inMode(BatchNet net, Mode mode, int chunk, Workspace ws) {
    Tensor y = net.y();
    Tensor jacobian = Tensor.zeros(net.x().precision(), y.size(), net.x().size());
    Jacobians.valueAndJacobian(net.f(), net.theta(), net.x(), mode, chunk, ws, y, jacobian);
    assertClose(net.f().forward(net.x(), net.theta(), again(ws)), y, 64, mode);
    return jacobian;
  }

  private static Workspace again(Workspace ws) {
    ws.reset();
    return ws;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyModeDrawsTheSameInTraining(int batch) {
    for (Precision precision : Precision.values()) {
      BatchNet net = BatchNet.of(DROPPING, precision, batch);
      Tensor inference = inMode(net, Mode.REVERSE, 64, new Workspace());
      for (long seed : new long[] {42, 43}) {
        Tensor expected = inMode(net, Mode.REVERSE, 64, training(seed));
        assertFalse(Arrays.equals(inference.toDoubles(), expected.toDoubles()));
        for (Mode mode : Mode.values()) {
          Workspace ws = training(seed);
          for (int chunk : new int[] {64, 2, 64}) {
            assertClose(expected, inMode(net, mode, chunk, ws), 256, mode + " in chunks of " + chunk);
          }
          ws.endTraining();
          assertClose(inference, inMode(net, mode, 64, ws), 256, mode + " after training");
          PreparedJacobian prepared = PreparedJacobian.of(
              net.f(), net.theta(), net.x().shape(), JacobianOptions.defaults().withMode(mode));
          Tensor y = net.y();
          Tensor jacobian = Tensor.zeros(precision, expected.shape());
          prepared.at(net.x(), training(seed), y, jacobian);
          assertClose(expected, jacobian, 256, prepared + " in training");
          prepared.at(net.x(), y, jacobian);
          assertClose(inference, jacobian, 256, prepared + " in its own workspace");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void jacobiansOfSamplesDrawForTheBatch(Mode mode) {
    BatchNet net = BatchNet.of(DROPPING, Precision.DOUBLE, 3);
    Tensor y = net.y();
    Tensor expected = Tensor.zeros(Precision.DOUBLE, 3, 4, 5);
    Tensor found = Tensor.zeros(Precision.DOUBLE, 3, 4, 5);
    SampleJacobians.valueAndPerSampleJacobians(net.f(), net.theta(), net.x(), Mode.REVERSE, 2, training(7), y,
        expected);
    PreparedSampleJacobians prepared = PreparedSampleJacobians.of(
        net.f(), net.theta(), net.x().shape(), JacobianOptions.defaults().withMode(mode));
    prepared.at(net.x(), training(7), y, found);
    assertClose(expected, found, 256, prepared);
    assertClose(net.f().forward(net.x(), net.theta(), training(7)), y, 64, prepared);
    prepared.at(net.x(), new Workspace(), y, found);
    assertClose(SampleJacobians.perSampleJacobians(net.f(), net.theta(), net.x(), Mode.FORWARD, 5), found, 256,
        prepared);
  }

  /// With dropout they are those of the batch as it was drawn; without, in training as ever.
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4})
  void gradientsOfSamplesAddUpToTheBatchsInTraining(double rate) {
    Layer f = rate == 0 ? Sequential.of(new Dense(5, 9, Activation.TANH), new Dense(9, 4))
        : Sequential.of(new Dense(5, 9, Activation.TANH), new Dropout(rate), new Dense(9, 4));
    BatchNet net = BatchNet.of(f, Precision.DOUBLE, 6);
    Tensor yBar = BatchNet.random(Precision.DOUBLE, 8, 6, 4);
    Tensor y = net.y();
    Parameters thetaBar = Parameters.zeros(net.theta().spec(), Precision.DOUBLE);
    Jacobians.valueAndVjp(f, net.theta(), net.x(), yBar, training(3), y, Tensor.none(), thetaBar);
    Tensor value = y.copy();
    Tensor gradients = Tensor.zeros(Precision.DOUBLE, 6, net.p());
    ParameterJacobians.valueAndPerSampleGradients(f, net.theta(), net.x(), yBar, training(3), y, gradients);
    assertClose(value, y, 4, "y");
    Tensor sum = Tensor.zeros(Precision.DOUBLE, 1, net.p());
    for (int i = 0; i < gradients.size(); i++) {
      int parameter = i % net.p();
      sum.set(parameter, sum.get(parameter) + gradients.get(i));
    }
    assertClose(thetaBar.flat(), sum, 256, "sum of gradients");
    assertTrue(gradients.get(0, 0) != gradients.get(1, 0) && gradients.get(1, 0) != 0, gradients::toString);
  }

  @ParameterizedTest
  @EnumSource
  void multiplyAddsAreCountedWhereTheyAreDone(Mode mode) {
    for (Layer f : new Layer[] {Sequential.of(new Dense(5, 4, Activation.TANH), new Dense(4, 4)), DROPPING}) {
      BatchNet net = BatchNet.of(f, Precision.FLOAT, 1);
      PreparedJacobian prepared = PreparedJacobian.of(f, net.theta(), net.x().shape(),
          JacobianOptions.defaults().withMode(mode));
      Tensor y = net.y();
      Tensor jacobian = Tensor.zeros(Precision.FLOAT, y.size(), 5);
      Workspace ws = new Workspace();
      prepared.at(net.x(), ws, y, jacobian);
      long value = f.jacobianStructure(net.x().shape()).multiplyAdds() - (f == DROPPING ? 16 : 0);
      assertEquals(value + prepared.plan().multiplyAdds(), ws.multiplyAdds(), prepared.plan().explain());
      assertEquals(ws.multiplyAdds(), prepared.multiplyAdds());
      prepared.at(net.x(), y, jacobian);
      assertEquals(2 * ws.multiplyAdds(), prepared.multiplyAdds());
      Workspace other = new Workspace();
      Jacobians.valueAndJacobian(f, net.theta(), net.x(), mode, 64, other, y, jacobian);
      assertTrue(other.multiplyAdds() >= value, mode + ": " + other.multiplyAdds());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theExecutorIsAsked(Mode mode) {
    assumeTrue(Precision.FLOAT.lanes() > 1);
    Layer f = Sequential.of(new Dense(256, 256), new Dense(256, 256), new Dense(256, 256));
    Parameters theta = Parameters.initialize(f.parameters(), Precision.FLOAT, 1);
    Tensor x = BatchNet.random(Precision.FLOAT, 2, 1, 256);
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 256);
    Tensor jacobian = Tensor.zeros(Precision.FLOAT, 256, 256);
    AtomicInteger asked = new AtomicInteger();
    Workspace ws = new Workspace(task -> asked.incrementAndGet(), 2);
    Jacobians.valueAndJacobian(f, theta, x, mode, 256, ws, y, jacobian);
    assertTrue(asked.get() > 0, mode.toString());
    PreparedJacobian prepared = PreparedJacobian.of(f, theta, x.shape(), JacobianOptions.defaults().withMode(mode));
    asked.set(0);
    prepared.at(x, new Workspace(task -> asked.incrementAndGet(), 2), y, jacobian);
    assertTrue(asked.get() > 0, prepared.toString());
  }

  /// At inference an affine map, in training twice that.
  private record Doubling(Dense of) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
      return of.outputShape(input);
    }

    @Override
    public ParameterSpec parameters() {
      return of.parameters();
    }

    @Override
    public Linearization linearize(Tensor x, Parameters theta, Workspace ws) {
      if (!ws.isTraining()) {
        return of.linearize(x, theta, ws);
      }
      Parameters twice = Parameters.of(theta.spec(), theta.flat().copy());
      for (int i = 0; i < twice.flat().size(); i++) {
        twice.flat().set(i, 2 * theta.flat().get(i));
      }
      return of.linearize(x, twice, ws);
    }

    @Override
    public JacobianStructure jacobianStructure(Shape input) {
      return of.jacobianStructure(input);
    }

    @Override
    public Optional<AffineMap> affineMap(Parameters theta) {
      return of.affineMap(theta);
    }
  }

  @Test
  void inTrainingNobodyGoesByAnAffineMap() {
    BatchNet net = BatchNet.of(new Doubling(new Dense(5, 4)), Precision.DOUBLE, 1);
    String plan = PreparedJacobian.of(net.f(), net.theta(), net.x().shape()).plan().explain();
    assertTrue(plan.contains("all layers in one pass"), plan);
    Tensor once = inMode(net, Mode.AUTO, 64, new Workspace());
    Tensor twice = inMode(net, Mode.AUTO, 64, training(1));
    for (int i = 0; i < once.size(); i++) {
      assertEquals(2 * once.get(i), twice.get(i), 1e-14);
    }
  }
}
