package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Networks that another program trained on real data reproduce its values and Jacobians of held-out rows.
class TrainedNetworksTest {

  @TestFactory
  Stream<DynamicTest> networks() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      tests.add(DynamicTest.dynamicTest("digits classifier " + precision,
          () -> check("digits-mlp", Activation.RELU, precision, 64, 32, 16, 10)));
      tests.add(DynamicTest.dynamicTest("diabetes regression " + precision,
          () -> check("diabetes-mlp", Activation.TANH, precision, 10, 24, 12, 1)));
      tests.add(DynamicTest.dynamicTest("digits autoencoder " + precision,
          () -> check("digits-autoencoder", Activation.TANH, precision, 64, 128, 8, 128, 64)));
    }
    return tests.stream();
  }

  private static void check(String name, Activation phi, Precision precision, int... sizes) throws Exception {
    Dense[] layers = new Dense[sizes.length - 1];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new Dense(sizes[layer], sizes[layer + 1], layer < layers.length - 1 ? phi : Activation.IDENTITY);
    }
    Sequential network = Sequential.of(layers);
    Path file = Path.of(TrainedNetworksTest.class.getResource("/networks/" + name + ".safetensors").toURI());
    Parameters theta = Safetensors.read(file).parameters(network.parameters(), precision);
    JsonNode rows = JsonMapper.builder().build()
        .readTree(TrainedNetworksTest.class.getResourceAsStream("/networks/" + name + ".expected.json"));
    for (JsonNode row : rows) {
      Tensor x = Golden.tensor(precision, row.get("standardized_x"), 1, sizes[0]);
      for (Mode mode : Mode.values()) {
        for (int chunk : new int[] {1, 5, Jacobians.DEFAULT_CHUNK}) {
          Golden.assertClose(row.get("jacobian"), Jacobians.jacobian(network, theta, x, mode, chunk),
              name + " " + mode + " chunk " + chunk);
        }
      }
      var pushed = Jacobians.valueAndJvp(network, theta, x, x);
      Golden.assertClose(row.get("y"), pushed.value(), name);
    }
  }
}
