package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Initializer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Networks that PyTorch saved are read as it meant them.
class PyTorchNetworksTest {

  static final Path NETWORKS = Path.of("src/test/resources/networks");

  @ParameterizedTest
  @CsvSource({"digits-mlp, 64 32 16 10", "diabetes-mlp, 10 24 12 1", "digits-autoencoder, 64 128 8 128 64"})
  void readsWhatPyTorchSaved(String network, String widths) throws IOException {
    int[] width = Stream.of(widths.split(" ")).mapToInt(Integer::parseInt).toArray();
    Safetensors file = Safetensors.read(NETWORKS.resolve(network + ".safetensors"));
    assertEquals(2 * (width.length - 1) + 2, file.tensors().size());
    for (int layer = 0; layer < width.length - 1; layer++) {
      assertEquals(Shape.of(width[layer + 1], width[layer]), file.get(2 * layer + ".weight").shape());
      assertEquals(Shape.of(width[layer + 1]), file.get(2 * layer + ".bias").shape());
    }
    assertEquals(Shape.of(width[0]), file.get("standardize.mean").shape());
    assertEquals(Shape.of(width[0]), file.get("standardize.sd").shape());
    assertEquals("pt", file.metadata().get("format"));
    assertTrue(file.tensors().values().stream().allMatch(tensor -> tensor.precision() == Precision.FLOAT));
  }

  /// The parameters of the spec that fuses activations, in plain loops, give the outputs that PyTorch gives.
  @ParameterizedTest
  @CsvSource({"digits-mlp, 64 32 16 10", "diabetes-mlp, 10 24 12 1", "digits-autoencoder, 64 128 8 128 64"})
  void positionsThatCountActivationsFindTheirLayers(String network, String widths) throws IOException {
    int[] width = Stream.of(widths.split(" ")).mapToInt(Integer::parseInt).toArray();
    Safetensors file = Safetensors.read(NETWORKS.resolve(network + ".safetensors"));
    Parameters theta = file.parameters(dense(width), Precision.DOUBLE);
    boolean tanh = file.metadata().get("activation").equals("tanh");
    for (JsonNode expected : JsonMapper.shared().readTree(NETWORKS.resolve(network + ".expected.json").toFile())) {
      double[] y = numbers(expected.get("standardized_x"));
      for (int layer = 0; layer < theta.count() / 2; layer++) {
        y = affine(theta.get(layer + ".weight"), theta.get(layer + ".bias"), y);
        for (int i = 0; i < y.length && layer < theta.count() / 2 - 1; i++) {
          y[i] = tanh ? Math.tanh(y[i]) : Math.max(y[i], 0);
        }
      }
      assertArrayEquals(numbers(expected.get("y")), y, 1e-12);
    }
  }

  /// The spec of dense layers that take their activation along: nothing stands between them.
  static ParameterSpec dense(int... width) {
    List<ParameterSpec> layers = new ArrayList<>();
    for (int layer = 0; layer < width.length - 1; layer++) {
      layers.add(ParameterSpec.of(
          new ParameterSpec.Entry("weight", Shape.of(width[layer + 1], width[layer]), Initializer.zeros()),
          new ParameterSpec.Entry("bias", Shape.of(width[layer + 1]), Initializer.zeros())));
    }
    return ParameterSpec.join(layers);
  }

  private static double[] affine(Tensor weight, Tensor bias, double[] x) {
    double[] z = bias.toDoubles();
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < x.length; j++) {
        z[i] += weight.get(i, j) * x[j];
      }
    }
    return z;
  }

  private static double[] numbers(JsonNode list) {
    return list.valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }
}
