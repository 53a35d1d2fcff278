package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.ParameterSpec;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Softmax;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reading the reference values in `src/test/resources/golden`, or in the folder that `-Dlanewise.golden` names.
public final class Golden {

  private Golden() {}

  public static JsonNode read(String file) throws IOException {
    String folder = System.getProperty("lanewise.golden");
    try (InputStream in = folder == null ? Golden.class.getResourceAsStream("/golden/" + file)
        : Files.newInputStream(Path.of(folder, file))) {
      return JsonMapper.builder().build().readTree(in);
    }
  }

  public static Activation activation(String name) {
    return switch (name) {
      case "identity" -> Activation.IDENTITY;
      case "relu" -> Activation.RELU;
      case "leaky_relu_0.01" -> Activation.LEAKY_RELU;
      case "sigmoid" -> Activation.SIGMOID;
      case "tanh" -> Activation.TANH;
      case "gelu_erf" -> Activation.GELU;
      case "softplus" -> Activation.SOFTPLUS;
      case "elu_1" -> Activation.ELU;
      case "silu" -> Activation.SILU;
      default -> throw new IllegalArgumentException("no activation named " + name);
    };
  }

  /// A case of `mlp.json`: the network and its parameters, in both precisions.
  public record Mlp(Sequential network, Parameters theta) {

    public static Mlp of(JsonNode c, Precision precision) {
      List<Layer> layers = new ArrayList<>();
      int count = c.get("weights").size();
      for (int layer = 0; layer < count; layer++) {
        boolean bias = !c.get("biases").get(layer).isNull();
        String output = c.get("output_activation").asString();
        boolean row = output.endsWith("softmax");
        String phi = layer < count - 1 ? c.get("activation").asString() : row ? "identity" : output;
        int in = c.get("sizes").get(layer).asInt();
        int out = c.get("sizes").get(layer + 1).asInt();
        layers.add(new Dense(in, out, bias, activation(phi)));
      }
      if (c.get("output_activation").asString().equals("softmax")) {
        layers.add(new Softmax());
      } else if (c.get("output_activation").asString().equals("log_softmax")) {
        layers.add(new LogSoftmax());
      }
      Sequential network = new Sequential(layers);
      ParameterSpec spec = network.parameters();
      Parameters theta = Parameters.zeros(spec, precision);
      for (int layer = 0; layer < count; layer++) {
        fill(theta.get(layer + ".weight"), c.get("weights").get(layer));
        if (!c.get("biases").get(layer).isNull()) {
          fill(theta.get(layer + ".bias"), c.get("biases").get(layer));
        }
      }
      return new Mlp(network, theta);
    }
  }

  public static Tensor tensor(Precision precision, JsonNode values, int... dims) {
    Tensor tensor = Tensor.zeros(precision, dims);
    fill(tensor, values);
    return tensor;
  }

  /// Takes the values of `values` in their order, which must be as many.
  public static void fill(Tensor tensor, JsonNode values) {
    double[] flat = flat(values);
    assertEquals(tensor.size(), flat.length, "elements in the file");
    for (int position = 0; position < flat.length; position++) {
      tensor.set(position, flat[position]);
    }
  }

  public static double[] flat(JsonNode values) {
    List<Double> flat = new ArrayList<>();
    collect(values, flat);
    return flat.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void collect(JsonNode node, List<Double> flat) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, flat));
    } else {
      flat.add(node.asDouble());
    }
  }

  /// In double |a − b| ≤ 1e-9 (1 + |b|); in float within 1e-5 of the largest expected value.
  public static void assertClose(JsonNode expected, Tensor actual, String what) {
    double[] b = flat(expected);
    assertEquals(b.length, actual.size(), what + ": size");
    double scale = 0;
    for (double value : b) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int position = 0; position < b.length; position++) {
      double tolerance = actual.precision() == Precision.DOUBLE ? 1e-9 * (1 + Math.abs(b[position])) : 1e-5 * scale;
      assertEquals(b[position], actual.get(position), tolerance, what + " at " + position);
    }
  }
}
