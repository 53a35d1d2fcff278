package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.GoldenCase;
import dev.lanewise.ops.Window;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A whole network of convolutions against PyTorch's values, pushes, pulls, Jacobians, Hessians and gradients by
/// parameters.
class GoldenCnnTest {

  private static final Map<String, String> NAMES = Map.of(
      "c1.weight", "0.weight", "c1.bias", "0.bias", "c2.weight", "2.weight", "c2.bias", "2.bias", "fc.weight",
      "4.weight", "fc.bias", "4.bias");

  @ParameterizedTest
  @EnumSource
  void aSmallNetworkAgreesWithPyTorch(Precision precision) throws IOException {
    int found = 0;
    for (JsonNode values : Golden.read("convolution.json")) {
      if (values.get("kind").asString().equals("small_cnn")) {
        JsonNode x = values.get("x");
        int[] input = {1, x.size(), x.get(0).size(), x.get(0).get(0).size()};
        GoldenCase.of(values, network(values.get("parameters")), precision, NAMES, input).check();
        found++;
      }
    }
    assertEquals(1, found);
  }

  private static Sequential network(JsonNode parameters) {
    JsonNode first = parameters.get("c1.weight");
    JsonNode second = parameters.get("c2.weight");
    JsonNode last = parameters.get("fc.weight");
    return Sequential.of(
        new Conv2d(first.get(0).size(), first.size(), Window.of(3).withPadding(1), Activation.TANH), AvgPool2d.of(2),
        new Conv2d(second.get(0).size(), second.size(), Window.of(2), Activation.SOFTPLUS), new Flatten(),
        new Dense(last.get(0).size(), last.size()));
  }
}
