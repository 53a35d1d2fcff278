package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Layer;
import dev.lanewise.Precision;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.GoldenCase;
import dev.lanewise.ops.Window;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Pooling against PyTorch's values, pushes, pulls and Jacobians.
class GoldenPoolingTest {

  @ParameterizedTest
  @EnumSource
  void poolingAgreesWithPyTorch(Precision precision) throws IOException {
    int found = 0;
    for (JsonNode values : Golden.read("convolution.json")) {
      String kind = values.get("kind").asString();
      if (kind.endsWith("_pool") || kind.endsWith("_pool2d")) {
        JsonNode x = values.get("x");
        int[] input = {1, x.size(), x.get(0).size(), x.get(0).get(0).size()};
        GoldenCase.of(values, layer(kind, values), precision, input).check();
        found++;
      }
    }
    assertEquals(7, found);
  }

  private static Layer layer(String kind, JsonNode values) {
    if (kind.equals("global_avg_pool")) {
      return new GlobalAvgPool();
    }
    Window window = Window.of(values.get("kernel").asInt()).withStride(values.get("stride").asInt())
        .withPadding(values.get("padding").asInt());
    return kind.equals("max_pool2d") ? new MaxPool2d(window) : new AvgPool2d(window, true);
  }
}
