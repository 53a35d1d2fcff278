package dev.lanewise.slides;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Linearization;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import org.junit.jupiter.api.Test;

/// The slides' first network, 4 inputs, hidden layers of 8, 6 and 4, 2 outputs: equations 1 to 14.
class FourLayerNetworkTest {

  private static final int[] SIZES = {4, 8, 6, 4, 2};

  private final Sequential network = Sequential.of(
      new Dense(4, 8, Activation.TANH), new Dense(8, 6, Activation.TANH), new Dense(6, 4, Activation.TANH),
      new Dense(4, 2));
  private final Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 616);
  private final Tensor x = Tensor.row(0.4, -0.3, 1.1, 0.9);

  @Test
  void eachLayerMapsAsTheSlidesSay() {
    Shape shape = x.shape();
    for (int layer = 0; layer < 4; layer++) {
      shape = network.layers().get(layer).outputShape(shape);
      assertEquals(Shape.of(1, SIZES[layer + 1]), shape, "f" + (layer + 1));
    }
    assertEquals(4 * 8 + 8 * 6 + 6 * 4 + 4 * 2 + 8 + 6 + 4 + 2, network.parameters().size());
  }

  @Test
  void theJacobianIsTheProductOfTheLayersJacobians() {
    Workspace ws = new Workspace();
    double[] product = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1};
    Tensor value = x;
    for (int layer = 0; layer < 4; layer++) {
      Tensor local = Jacobians.jacobian(network.layers().get(layer), theta.part(layer), value, Mode.REVERSE);
      assertEquals(Shape.of(SIZES[layer + 1], SIZES[layer]), local.shape(), "equation 5, with the layer's own sizes");
      product = times(local, product);
      value = network.layers().get(layer).forward(value, theta.part(layer), ws);
    }
    for (Mode mode : Mode.values()) {
      Tensor jacobian = Jacobians.jacobian(network, theta, x, mode);
      assertEquals(Shape.of(2, 4), jacobian.shape());
      assertArrayEquals(product, jacobian.toDoubles(), 1e-15, "equation 6, " + mode);
    }
  }

  @Test
  void aPushOfOneHotIsAColumnAndAPullARow() {
    Tensor jacobian = Jacobians.jacobian(network, theta, x, Mode.FORWARD);
    for (int j = 0; j < 4; j++) {
      double[] e = new double[4];
      e[j] = 1;
      Tensor column = Jacobians.valueAndJvp(network, theta, x, Tensor.row(e)).tangent();
      for (int i = 0; i < 2; i++) {
        assertEquals(jacobian.get(i, j), column.get(i), 1e-15, "equation 12");
      }
    }
    for (int i = 0; i < 2; i++) {
      double[] e = new double[2];
      e[i] = 1;
      Tensor row = Jacobians.valueAndVjp(network, theta, x, Tensor.row(e)).xBar();
      for (int j = 0; j < 4; j++) {
        assertEquals(jacobian.get(i, j), row.get(j), 1e-15, "equation 10");
      }
    }
  }

  @Test
  void forwardTakesFourTimesTheWeightsAndReverseTwice() {
    assertEquals(112 + 4 * 112, multiplyAdds(Mode.FORWARD), "D = 4 pushes of 112 multiply-adds after the value's 112");
    assertEquals(112 + 2 * 112, multiplyAdds(Mode.REVERSE), "M = 2 pulls");
  }

  @Test
  void aLinearizationServesManyPushesAndPulls() {
    var map = Jacobians.linearize(network, theta, x);
    Tensor identity = Tensor.zeros(Precision.DOUBLE, 4, 1, 4);
    for (int j = 0; j < 4; j++) {
      identity.set(5 * j, 1);
    }
    Tensor columns = map.push(identity);
    Tensor rows = map.pull(Tensor.of(new double[] {1, 0, 0, 1}, 2, 1, 2));
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        assertEquals(rows.get(i, j), columns.get(j, i), 1e-15);
      }
    }
    Linearization again = network.linearize(x, theta, new Workspace());
    assertArrayEquals(map.value().toDoubles(), again.output().toDoubles());
  }

  private long multiplyAdds(Mode mode) {
    Workspace ws = new Workspace();
    Jacobians.valueAndJacobian(network, theta, x, mode, 1, ws, Tensor.zeros(Precision.DOUBLE, 1, 2),
        Tensor.zeros(Precision.DOUBLE, 2, 4));
    return ws.multiplyAdds();
  }

  private static double[] times(Tensor a, double[] b) {
    int k = a.shape().last();
    int n = b.length / k;
    double[] c = new double[a.shape().dim(0) * n];
    for (int at = 0; at < c.length; at++) {
      for (int p = 0; p < k; p++) {
        c[at] += a.get(at / n, p) * b[p * n + at % n];
      }
    }
    return c;
  }
}
