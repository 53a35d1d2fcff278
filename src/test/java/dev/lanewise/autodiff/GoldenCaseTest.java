package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Precision;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Elementwise;
import dev.lanewise.nn.Sequential;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class GoldenCaseTest {

  /// y = W x + b at x = (1, −2), with W = ((1, 2), (3, 4), (5, 6)), b = (½, 0, −1), u = (1, −1, 2), v = (2, 1).
  private static final String AFFINE = """
      {"x": [1, -2], "parameters": {"fc.weight": [[1, 2], [3, 4], [5, 6]], "fc.bias": [0.5, 0, -1]},
      "y": [-2.5, -5, -8],
       "u": [1, -1, 2], "v": [2, 1], "jvp": [4, 10, 16], "vjp": [8, 10], "jacobian": [[1, 2], [3, 4], [5, 6]],
       "hessian_of_u_dot_f": [[0, 0], [0, 0]],
       "parameter_gradients_of_u_dot_f": {"fc.weight": [[1, -2], [-1, 2], [2, -4]], "fc.bias": [1, -1, 2]}}""";
  private static final Map<String, String> NAMES = Map.of("fc.weight", "0.weight", "fc.bias", "0.bias");

  private static JsonNode affine() {
    return JsonMapper.builder().build().readTree(AFFINE);
  }

  private static GoldenCase of(JsonNode values, Precision precision) {
    return GoldenCase.of(values, Sequential.of(new Dense(2, 3)), precision, NAMES, 1, 2);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void acceptsWhatIsRight(Precision precision) {
    of(affine(), precision).check();
  }

  @ParameterizedTest
  @CsvSource({
      "/y, y at", "/jvp, jvp at", "/vjp, vjp at", "/jacobian/2, jacobian FORWARD chunk 1 at",
          "/hessian_of_u_dot_f/1, hessian chunk 1 at",
      "/parameter_gradients_of_u_dot_f/fc.weight/1, gradient by fc.weight at",
      "/parameter_gradients_of_u_dot_f/fc.bias, gradient by fc.bias at"})
  void noticesWhatIsWrong(String place, String message) {
    for (Precision precision : Precision.values()) {
      JsonNode wrong = affine();
      ((ArrayNode) wrong.at(place)).set(1, 0.25);
      AssertionError error = assertThrows(AssertionError.class, () -> of(wrong, precision).check());
      assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }
  }

  @Test
  void checksEveryModeAndChunkOfLayersWithHigherRank() throws IOException {
    JsonNode values = JsonMapper.builder().build().readTree("""
        {"x": [[[1, 0.25]], [[-0.5, 3]]], "y": [[[1, 0.25]], [[0, 3]]], "u": [[[1, 2]], [[3, 4]]],
        "v": [[[5, 6]], [[7, 8]]],
         "jvp": [[[5, 6]], [[0, 8]]], "vjp": [[[1, 2]], [[0, 4]]],
         "jacobian": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1]]}""");
    GoldenCase.of(values, new Elementwise(Activation.RELU), Precision.DOUBLE, 1, 2, 1, 2).check();
  }

  @Test
  void leavesParametersThatTheCaseDoesNotHave() {
    var theta = GoldenCase.parameters(affine(), Sequential.of(new Dense(2, 3), new Dense(3, 1)), Precision.DOUBLE,
        NAMES);
    assertEquals(6, theta.get("0.weight").get(5));
    assertEquals(0, theta.get("1.weight").get(0));
  }
}
