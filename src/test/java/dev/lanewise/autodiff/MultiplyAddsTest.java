package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the claim counts: with naive seeding, forward mode takes D·E and reverse mode M·E multiply-adds, E the number
/// of the network's weights, on top of the E of its value, whatever the chunk.
class MultiplyAddsTest {

  @ParameterizedTest
  @CsvSource({"FORWARD, 1", "FORWARD, 5", "FORWARD, 64", "REVERSE, 1", "REVERSE, 5", "REVERSE, 64"})
  void countsAreThoseOfTheSlidesOnEveryCellOfTheGrid(Mode mode, int chunk) {
    for (int d = 1; d <= 128; d *= 2) {
      for (int m = 1; m <= 128; m *= 2) {
        for (int[] hidden : new int[][] {{7}, {16, 16}, {33, 5, 20}}) {
          Sequential network = network(d, hidden, m);
          long weights = weights(d, hidden, m);
          long directions = mode == Mode.FORWARD ? d : m;
          assertEquals(weights + directions * weights, counted(network, d, m, mode, chunk), network + " by " + mode);
        }
      }
    }
  }

  private static long counted(Sequential network, int d, int m, Mode mode, int chunk) {
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 1);
    Workspace ws = new Workspace();
    Tensor x = Tensor.zeros(Precision.FLOAT, 1, d);
    Jacobians.valueAndJacobian(
        network, theta, x, mode, chunk, ws, Tensor.zeros(Precision.FLOAT, 1, m), Tensor.zeros(Precision.FLOAT, m, d));
    return ws.multiplyAdds();
  }

  private static Sequential network(int d, int[] hidden, int m) {
    Dense[] layers = new Dense[hidden.length + 1];
    int in = d;
    for (int layer = 0; layer < hidden.length; layer++) {
      layers[layer] = new Dense(in, hidden[layer], Activation.TANH);
      in = hidden[layer];
    }
    layers[hidden.length] = new Dense(in, m);
    return Sequential.of(layers);
  }

  private static long weights(int d, int[] hidden, int m) {
    long weights = 0;
    int in = d;
    for (int width : hidden) {
      weights += (long) in * width;
      in = width;
    }
    return weights + (long) in * m;
  }
}
