package dev.lanewise.train.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Golden;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Losses and their gradients against PyTorch's.
public class GoldenLossTest {

  @ParameterizedTest
  @EnumSource
  void valuesAndGradients(Precision precision) throws IOException {
    JsonNode cases = Golden.read("loss.json");
    for (JsonNode c : cases) {
      String name = c.get("loss").asString();
      int rows = c.get("prediction").size();
      int columns = c.get("prediction").get(0).size();
      Tensor outputs = Golden.tensor(precision, c.get("prediction"), rows, columns);
      Tensor targets = Golden.tensor(precision, c.get("target"), rows, columns);
      Tensor gradient = Tensor.zeros(precision, rows, columns);
      double value = loss(name).valueAndGradient(outputs, targets, gradient);
      assertEquals(c.get("value").asDouble(), value, tolerance(precision) * (1 + Math.abs(value)), name);
      Golden.assertClose(c.get("gradient"), gradient, name + ", gradient");
    }
    assertEquals(12, cases.size());
  }

  public static double tolerance(Precision precision) {
    return precision == Precision.DOUBLE ? 1e-9 : 1e-5;
  }

  public static Loss loss(String name) {
    return switch (name) {
      case "half_squared_error" -> Loss.halfSquaredError();
      case "mean_squared_error" -> Loss.meanSquaredError();
      case "mean_absolute_error" -> Loss.meanAbsoluteError();
      case "huber_delta_1" -> Loss.huber(1);
      case "huber_delta_0.5" -> Loss.huber(0.5);
      case "softmax_cross_entropy" -> Loss.softmaxCrossEntropy();
      default -> throw new IllegalArgumentException("no loss named " + name);
    };
  }
}
