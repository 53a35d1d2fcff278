package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.Initializer;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.ops.Window;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A folded network computes the same, and its Jacobian is the same, without the layers that were folded.
class FoldingTest {

  private static Parameters theta(Layer layer, Precision precision) {
    Parameters theta = Parameters.initialize(layer.parameters(), precision, 4);
    Random random = new Random(8);
    for (int i = 0; i < theta.flat().size(); i++) {
      theta.flat().set(i, theta.flat().get(i) + 0.5 * random.nextDouble());
    }
    return theta;
  }

  private static void same(Sequential network, Shape sample, Layer... expected) {
    for (Precision precision : Precision.values()) {
      Parameters theta = theta(network, precision);
      double[] before = theta.flat().toDoubles();
      Folding folded = Folding.fold(network, theta);
      assertEquals(List.of(expected), folded.network().layers());
      double tolerance = precision == Precision.FLOAT ? 2e-4 : 1e-12;
      Tensor x = Tensor.zeros(precision, sample.prepend(3));
      Random random = new Random(2);
      for (int i = 0; i < x.size(); i++) {
        x.set(i, random.nextGaussian());
      }
      assertArrayEquals(network.forward(x, theta, new Workspace()).toDoubles(),
          folded.network().forward(x, folded.theta(), new Workspace()).toDoubles(), tolerance);
      Tensor one = x.slice(0, 1);
      assertArrayEquals(Jacobians.jacobian(network, theta, one).toDoubles(),
          Jacobians.jacobian(folded.network(), folded.theta(), one).toDoubles(), tolerance);
      assertArrayEquals(before, theta.flat().toDoubles());
    }
  }

  @Test
  void denseLayersTakeTheNormalisationAndTheActivationBehindThem() {
    same(Sequential.of(new Dense(3, 5, false, Activation.IDENTITY), new BatchNorm(5), new Elementwise(Activation.TANH),
        new Dense(5, 4),
            new BatchNorm(4, 1e-3, 0.1), new BatchNorm(4), new Dense(4, 2)),
        Shape.of(3), new Dense(3, 5, Activation.TANH), new Dense(5, 4), new Dense(4, 2));
  }

  @Test
  void convolutionsDoAsWell() {
    Initializer initializer = Initializer.heNormal();
    Conv2d first = new Conv2d(2, 4, Window.of(3).withPadding(1), 2, false, Activation.IDENTITY, initializer);
    same(Sequential.of(first, new BatchNorm(4), new Elementwise(Activation.SILU), MaxPool2d.of(2), new Flatten(),
        new Dense(16, 3)),
        Shape.of(2, 4, 4),
        new Conv2d(2, 4, Window.of(3).withPadding(1), 2, true, Activation.SILU, initializer), MaxPool2d.of(2),
        new Flatten(),
        new Dense(16, 3));
    same(Sequential.of(new Conv1d(2, 3, Window.line(3)), new BatchNorm(3), new GlobalAvgPool()),
        Shape.of(2, 7), new Conv1d(2, 3, Window.line(3)), new GlobalAvgPool());
  }

  @Test
  void denseLayersTakeTheNormalisationsBeforeThemThatNoneTook() {
    same(Sequential.of(new BatchNorm(3), new BatchNorm(3, 1e-2, 0.1), new Dense(3, 4, false, Activation.TANH),
        new BatchNorm(4),
            new Dense(4, 2), new BatchNorm(2)), Shape.of(3), new Dense(3, 4, Activation.TANH), new Dense(4, 2));
    same(Sequential.of(new BatchNorm(1), new Conv1d(1, 2, Window.line(3).withPadding(1)), new Flatten(),
        new BatchNorm(10),
            new Dense(10, 2)), Shape.of(1, 5),
        new BatchNorm(1), new Conv1d(1, 2, Window.line(3).withPadding(1)), new Flatten(), new Dense(10, 2));
  }

  @Test
  void whatDoesNotStandNextToAnAffineLayerStays() {
    Layer tanh = new Elementwise(Activation.TANH);
    same(Sequential.of(new BatchNorm(3), tanh, new Dense(3, 4, Activation.TANH), new BatchNorm(4), tanh,
        new BatchNorm(4)),
        Shape.of(3),
        new BatchNorm(3), tanh, new Dense(3, 4, Activation.TANH), new BatchNorm(4), tanh, new BatchNorm(4));
    same(Sequential.of(new Conv2d(1, 2, Window.of(2)), new Flatten(), new BatchNorm(8)), Shape.of(1, 3, 3),
        new Conv2d(1, 2, Window.of(2)), new Flatten(), new BatchNorm(8));
    same(Sequential.of(new Dense(2, 2), new Softmax()), Shape.of(2), new Dense(2, 2), new Softmax());
    same(Sequential.of(new Flatten()), Shape.of(2), new Flatten());
  }

  @Test
  void innerNetworksAreFoldedInThemselves() {
    Sequential inner = Sequential.of(new Dense(3, 3), new BatchNorm(3));
    same(Sequential.of(inner, new Elementwise(Activation.TANH), inner), Shape.of(3),
        Sequential.of(new Dense(3, 3)), new Elementwise(Activation.TANH), Sequential.of(new Dense(3, 3)));
  }

  @Test
  void parametersOfAnotherNetworkAreRefused() {
    Sequential network = Sequential.of(new Dense(2, 3), new BatchNorm(3));
    assertThrows(IllegalArgumentException.class, () -> Folding.fold(network, theta(new Dense(2, 3), Precision.FLOAT)));
    assertThrows(IllegalArgumentException.class, () -> new Folding(network, theta(new Dense(2, 3), Precision.FLOAT)));
  }
}
