package dev.lanewise.autodiff;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import dev.lanewise.nn.Sequential;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A network that another program trained, at a held-out row of its data. The README beside the networks names the
/// sources.
///
/// @param x the row, standardized
/// @param jacobian that program's Jacobian at x
record TrainedNetwork(Sequential layers, Parameters theta, Tensor x, Tensor jacobian) {

  static TrainedNetwork load(String name, Precision precision) throws IOException, URISyntaxException {
    Sequential layers = switch (name) {
      case "digits-mlp" -> Perceptron.of(Activation.RELU, 64, 32, 16, 10);
      case "digits-autoencoder" -> Perceptron.of(Activation.TANH, 64, 128, 8, 128, 64);
      case "diabetes-mlp" -> Perceptron.of(Activation.TANH, 10, 24, 12, 1);
      default -> throw new IllegalArgumentException("network is " + name
          + ", expected digits-mlp, digits-autoencoder or diabetes-mlp");
    };
    Path file = Path.of(TrainedNetwork.class.getResource("/networks/" + name + ".safetensors").toURI());
    Parameters theta = Safetensors.read(file).parameters(layers.parameters(), precision);
    JsonNode row = expected(name).get(0);
    return new TrainedNetwork(layers, theta, tensor(row.get("standardized_x"), 1, precision),
        tensor(row.get("jacobian"), row.get("jacobian").size(), precision));
  }

  private static JsonNode expected(String name) throws IOException {
    try (InputStream in = TrainedNetwork.class.getResourceAsStream("/networks/" + name + ".expected.json")) {
      return JsonMapper.builder().build().readTree(in);
    }
  }

  /// The matrix of `rows` rows whose numbers are in a list, or in a list for each row.
  private static Tensor tensor(JsonNode values, int rows, Precision precision) {
    double[] flat = values.get(0).isArray()
        ? values.valueStream().flatMap(JsonNode::valueStream).mapToDouble(JsonNode::asDouble).toArray()
        : values.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    return Tensor.of(flat, rows, flat.length / rows).to(precision);
  }
}
