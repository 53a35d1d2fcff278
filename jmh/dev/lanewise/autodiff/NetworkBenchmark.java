package dev.lanewise.autodiff;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.openjdk.jmh.annotations.Mode.AverageTime;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.io.Safetensors;
import dev.lanewise.kernel.MultiplyAdds;
import dev.lanewise.kernel.SteadyState;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Value and Jacobian of networks that another program trained, at a held-out row of their data, by either mode. Sources:
/// the README beside the networks.
@State(Scope.Thread)
@BenchmarkMode(AverageTime)
@OutputTimeUnit(NANOSECONDS)
public class NetworkBenchmark {

  @Param({"digits-mlp", "digits-autoencoder", "diabetes-mlp"})
  public String network;

  @Param({"FORWARD", "REVERSE"})
  public Mode mode;

  @Param("1")
  public int chunk;

  @Param("FLOAT")
  public Precision precision;

  private TimedJacobian timed;

  @Setup
  public void prepare() throws IOException, URISyntaxException {
    Sequential layers = switch (network) {
      case "digits-mlp" -> perceptron(Activation.RELU, 64, 32, 16, 10);
      case "digits-autoencoder" -> perceptron(Activation.TANH, 64, 128, 8, 128, 64);
      case "diabetes-mlp" -> perceptron(Activation.TANH, 10, 24, 12, 1);
      default -> throw new IllegalArgumentException("network is " + network + ", expected digits-mlp, digits-autoencoder or diabetes-mlp");
    };
    Path file = Path.of(NetworkBenchmark.class.getResource("/networks/" + network + ".safetensors").toURI());
    Parameters theta = Safetensors.read(file).parameters(layers.parameters(), precision);
    JsonNode row = expected().get(0);
    Tensor x = tensor(row.get("standardized_x"), 1);
    timed = new TimedJacobian(layers, theta, x, chunk);
    timed.check(tensor(row.get("jacobian"), row.get("jacobian").size()), precision == Precision.FLOAT ? 1e-5 : 1e-9);
    SteadyState.reach(() -> timed.compute(mode));
  }

  private static Sequential perceptron(Activation activation, int... sizes) {
    Dense[] layers = new Dense[sizes.length - 1];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = new Dense(sizes[layer], sizes[layer + 1], layer < layers.length - 1 ? activation : Activation.IDENTITY);
    }
    return Sequential.of(layers);
  }

  private JsonNode expected() throws IOException {
    try (InputStream in = NetworkBenchmark.class.getResourceAsStream("/networks/" + network + ".expected.json")) {
      return JsonMapper.builder().build().readTree(in);
    }
  }

  /// A list of numbers, or a list of `rows` such lists.
  private Tensor tensor(JsonNode values, int rows) {
    double[] flat = values.get(0).isArray()
        ? values.valueStream().flatMap(JsonNode::valueStream).mapToDouble(JsonNode::asDouble).toArray()
        : values.valueStream().mapToDouble(JsonNode::asDouble).toArray();
    return Tensor.of(flat, rows, flat.length / rows).to(precision);
  }

  @Benchmark
  public Tensor jacobian(MultiplyAdds counted) {
    long before = timed.multiplyAdds();
    Tensor jacobian = timed.compute(mode);
    counted.multiplyAdds = timed.multiplyAdds() - before;
    return jacobian;
  }
}
