package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import dev.lanewise.train.data.Dataset;
import dev.lanewise.train.loss.Loss;
import dev.lanewise.train.loss.LossLayer;
import dev.lanewise.train.loss.LossTest;
import dev.lanewise.train.optimizer.Optimizer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The algorithm of Example 1 against the slides' formulas, against the pull of the composed network, and against what
/// the trainer moves parameters by.
class BackpropagationTest {

  private static final int SAMPLES = 3;

  private final Random random = new Random(616);
  private final Tensor input = LossTest.normal(Precision.DOUBLE, random, SAMPLES, 3);
  private final Tensor targets = LossTest.normal(Precision.DOUBLE, random, SAMPLES, 2);
  private final List<Layer> layers = List.of(
      new Dense(3, 4, false, Activation.IDENTITY), new Elementwise(Activation.TANH),
      new Dense(4, 2, false, Activation.IDENTITY),
      new LossLayer(Loss.halfSquaredError(), targets));
  private final Sequential withLoss = new Sequential(layers);
  private final Parameters theta = Parameters.initialize(withLoss.parameters(), Precision.DOUBLE, 1);

  @Test
  void errorSignalsAreThoseOfTheSlides() {
    Backpropagation all = Backpropagation.of(layers, theta, input);
    Tensor x2 = all.x().get(1);
    Tensor x3 = all.x().get(2);
    Tensor x4 = all.x().get(3);
    Tensor u2 = all.u().get(1);
    Tensor u4 = all.u().get(3);
    double loss = 0;
    for (int n = 0; n < SAMPLES; n++) {
      for (int i = 0; i < 2; i++) {
        loss += square(targets.get(n, i) - x4.get(n, i)) / 2 / SAMPLES;
        assertEquals((x4.get(n, i) - targets.get(n, i)) / SAMPLES, u4.get(n, i), 1e-15, "equations 26 and 41");
      }
      for (int j = 0; j < 4; j++) {
        double back = u4.get(n, 0) * theta.get(1).get(0, j) + u4.get(n, 1) * theta.get(1).get(1, j);
        assertEquals(back * (1 - square(Math.tanh(x2.get(n, j)))), u2.get(n, j), 1e-15, "equation 40");
      }
    }
    assertEquals(loss, all.loss(), 1e-15, "equation 20");
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 4; j++) {
        double outer = 0;
        for (int n = 0; n < SAMPLES; n++) {
          outer += u4.get(n, i) * x3.get(n, j);
        }
        assertEquals(outer, all.g().get("2.weight").get(i, j), 1e-15, "equation 37");
      }
    }
    assertEquals(1, all.u().getLast().get(0), "u_(L+1) = 1");
    assertEquals(0, all.g().part(1).count(), "equation 38");
  }

  @Test
  void thePullOfTheComposedNetworkIsTheSame() {
    Backpropagation all = Backpropagation.of(layers, theta, input);
    var pulled = Jacobians.valueAndVjp(withLoss, theta, input, Tensor.of(new double[] {1}, 1, 1));
    assertEquals(pulled.value().get(0), all.loss());
    assertArrayEquals(pulled.xBar().toDoubles(), all.inputGradient().toDoubles());
    assertArrayEquals(pulled.thetaBar().flat().toDoubles(), all.g().flat().toDoubles());
  }

  @Test
  void theTrainerMovesByThisGradient() {
    Backpropagation all = Backpropagation.of(layers, theta, input);
    Sequential network = new Sequential(layers.subList(0, 3));
    Parameters trained = Parameters.of(network.parameters(), theta.flat().copy());
    TrainerOptions options = TrainerOptions.defaults().withOptimizer(Optimizer.sgd()).withRate(0.25)
        .withBatches(Batches.whole());
    double loss = new Trainer(network, trained, Loss.halfSquaredError(), new Dataset(input, targets), options).step();
    assertEquals(all.loss(), loss);
    for (int at = 0; at < trained.flat().size(); at++) {
      assertEquals(Math.fma(all.g().flat().get(at), -0.25, theta.flat().get(at)), trained.flat().get(at),
          "parameter " + at);
    }
  }

  @Test
  void withoutLossItIsRefused() {
    assertThrows(IllegalArgumentException.class,
        () -> Backpropagation.of(layers.subList(0, 3),
        Parameters.initialize(new Sequential(layers.subList(0, 3)).parameters(), Precision.DOUBLE, 1), input));
  }

  private static double square(double a) {
    return a * a;
  }
}
