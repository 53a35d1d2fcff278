package dev.lanewise.nn.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.GoldenCase;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.nn.Dense;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// PyTorch's layers: value, push, pull, Jacobian in every mode, Hessian and gradients, by its names of parameters.
class GoldenBlocksTest {

  /// Those kinds of `graph.json` that are layers here.
  private static final Set<String> LAYERS = Set.of("layer_norm", "rms_norm", "self_attention");

  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    Golden.read("graph.json").forEach(c -> cases.add(c));
    cases.removeIf(c -> !LAYERS.contains(c.get("kind").asString()));
    boolean ours = System.getProperty("lanewise.golden") == null;
    if (ours) {
      Golden.read("blocks.json").forEach(c -> cases.add(c));
      assertEquals(14, cases.size());
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode c : cases) {
      for (Precision precision : Precision.values()) {
        String name = c.get("kind").asString() + ", " + c.get("note").asString() + ", " + precision;
        tests.add(dynamicTest(name, () -> check(c, precision)));
      }
    }
    return tests.stream();
  }

  private static void check(JsonNode c, Precision precision) {
    Shape sample = shape(c.get("x"));
    if (c.has("jacobian")) {
      GoldenCase.of(c, layer(c, sample), precision, sample.prepend(1).toArray()).check();
    } else {
      checkByParameters(c, layer(c, sample), sample, precision);
    }
  }

  /// A layer whose derivative by the input is 0.
  private static void checkByParameters(JsonNode c, Layer layer, Shape sample, Precision precision) {
    Parameters theta = GoldenCase.parameters(c, layer, precision, Map.of());
    Tensor x = Tensor.zeros(precision, sample.prepend(1));
    Golden.fill(x, c.get("x"));
    Tensor u = Tensor.zeros(precision, layer.outputShape(x.shape()));
    Golden.fill(u, c.get("u"));
    var pulled = Jacobians.valueAndVjp(layer, theta, x, u);
    Golden.assertClose(c.get("y"), pulled.value(), "y");
    JsonNode gradient = c.get("parameter_gradients_of_u_dot_f").get("weight");
    Golden.assertClose(gradient, pulled.thetaBar().get("weight"), "gradient");
    Tensor jacobian = Jacobians.jacobian(layer, theta, x);
    for (int place = 0; place < jacobian.size(); place++) {
      assertEquals(0, jacobian.get(place));
    }
    assertTrue(jacobian.size() > 0);
  }

  private static Layer layer(JsonNode c, Shape sample) {
    return switch (c.get("kind").asString()) {
      case "layer_norm" -> new LayerNorm(normalized(c, sample), c.has("eps") ? c.get("eps").asDouble() : 1e-5,
          c.get("parameters").has("weight"), true);
      case "rms_norm" -> new RmsNorm(normalized(c, sample));
      case "self_attention" -> new MultiHeadAttention(sample.dim(0), sample.dim(1), c.get("heads").asInt(),
          c.get("causal").asBoolean(), !c.has("bias") || c.get("bias").asBoolean());
      case "residual" -> new Residual(new Dense(4, 4, Activation.TANH));
      case "parallel_add" ->
          Parallel.added(sample, new Dense(4, 3, false, Activation.SILU), new Dense(4, 3, Activation.TANH));
      case "parallel_concat" ->
          Parallel.concatenated(sample, new Dense(4, 2, false, Activation.SILU), new Dense(4, 3, Activation.TANH));
      case "embedding" -> {
        Shape weight = shape(c.get("parameters").get("weight"));
        yield new Embedding(weight.dim(0), weight.dim(1));
      }
      default -> throw new IllegalArgumentException("no layer for " + c.get("kind"));
    };
  }

  private static Shape normalized(JsonNode c, Shape sample) {
    return c.has("normalized")
        ? Shape.of(Arrays.stream(Golden.flat(c.get("normalized"))).mapToInt(dim -> (int) dim).toArray())
        : Shape.of(sample.last());
  }

  private static Shape shape(JsonNode values) {
    List<Integer> dims = new ArrayList<>();
    for (JsonNode at = values; at.isArray(); at = at.get(0)) {
      dims.add(at.size());
    }
    return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
  }
}
