package dev.lanewise.onnx.pattern;

import static dev.lanewise.onnx.pattern.Rewritten.assertBecomes;
import static dev.lanewise.onnx.pattern.Rewritten.assertStays;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.TensorProto;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What becomes of weights: a product and a bias one operator, batch norm a part of what stands before it.
class WeightsTest {

  private final SplittableRandom random = new SplittableRandom(5);

  private OnnxModels weights(OnnxModels model, String name, int... dims) {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return model.weights(name, dims, random.doubles(size, 0.5, 2).toArray());
  }

  private OnnxModels affine(Object... sample) {
    OnnxModels model = OnnxModels.opset(13).input("x", sample).output("y");
    weights(model, "q.weight", 3, 4);
    weights(model, "q.bias", 4);
    return model;
  }

  @Test
  void aProductAndABiasAreOneOperator() throws IOException {
    assertBecomes(affine("batch", 3).node("MatMul", "x, q.weight -> p").node("Add", "p, q.bias -> y"), "Linear");
    assertBecomes(affine("batch", 2, 3).node("MatMul", "x, q.weight -> p").node("Add", "q.bias, p -> y"), "Linear");
    OnnxModels turned = weights(affine("batch", 2, 3), "w", 4, 3).node("Transpose", "w -> t", "perm", new int[] {1, 0})
        .node("MatMul", "x, t -> p").node("Add", "p, q.bias -> y");
    assertBecomes(turned, "Transpose", "Linear");
  }

  @Test
  void otherProductsAndOtherSumsStay() {
    assertStays(weights(affine("batch", 3), "b", 1, 4).node("MatMul", "x, q.weight -> p").node("Add", "p, b -> y"));
    assertStays(weights(affine("batch", 3), "b", 1).node("MatMul", "x, q.weight -> p").node("Add", "p, b -> y"));
    assertStays(affine("batch", 3).node("MatMul", "x, q.weight -> p").node("Add", "p, q.bias -> z")
        .node("Mul", "z, p -> y"));
    assertStays(affine("batch", 3).node("MatMul", "x, q.weight -> p").node("Add", "p, p -> y"));
    assertStays(weights(affine("batch", 3, 3), "w", 1, 3, 4).node("MatMul", "x, w -> p").node("Add", "p, q.bias -> y"));
    assertStays(weights(affine("batch", 3, 3), "w", 4, 3).node("Transpose", "w -> t", "perm", new int[] {0, 1})
        .node("MatMul", "x, t -> p").node("Add", "p, q.bias -> y"));
  }

  private OnnxModels normalized(String operator, int channels, Object[] attributes, int[] weight, boolean bias,
      Object... sample) {
    OnnxModels model = OnnxModels.opset(15).input("x", sample).output("y");
    weights(model, "c.weight", weight);
    weights(model, "c.bias", channels);
    for (String part : List.of("gamma", "beta", "mean", "variance")) {
      weights(model, part, channels);
    }
    return model.node(operator, bias ? "x, c.weight, c.bias -> c" : "x, c.weight -> c", attributes)
        .node("BatchNormalization", "c, gamma, beta, mean, variance -> y", "epsilon", 1e-3, "momentum", 0.9);
  }

  @Test
  void batchNormBecomesAPartOfTheWeightsBeforeIt() throws IOException {
    Object[] none = {};
    Object[] turned = {"transB", 1, "alpha", 1.0, "beta", 1.0};
    Object[] groups = {"group", 2};
    for (boolean bias : new boolean[] {true, false}) {
      assertBecomes(normalized("Conv", 4, groups, new int[] {4, 1, 3, 2}, bias, "batch", 2, 5, 5), "Conv");
      assertBecomes(normalized("Conv", 2, none, new int[] {2, 3, 3}, bias, "batch", 3, 6), "Conv");
      assertBecomes(normalized("ConvTranspose", 6, groups, new int[] {4, 3, 2}, bias, "batch", 4, 5), "ConvTranspose");
      assertBecomes(normalized("ConvTranspose", 3, none, new int[] {2, 3, 2, 2}, bias, "batch", 2, 3, 3),
          "ConvTranspose");
      assertBecomes(normalized("Gemm", 4, none, new int[] {3, 4}, bias, "batch", 3), "Gemm");
      assertBecomes(normalized("Gemm", 4, turned, new int[] {4, 3}, bias, "batch", 3), "Gemm");
    }
    assertBecomes(normalized("MatMul", 4, none, new int[] {3, 4}, false, "batch", 3), "Linear");
  }

  @Test
  void twoBatchNormsInARowAndOneBehindABiasToo() throws IOException {
    OnnxModels two = OnnxModels.opset(15).input("x", "batch", 3).output("y");
    weights(two, "w", 3, 4);
    for (String part : List.of("b", "g1", "b1", "m1", "v1", "g2", "b2", "m2", "v2")) {
      weights(two, part, 4);
    }
    two.node("MatMul", "x, w -> p").node("Add", "p, b -> a").node("BatchNormalization", "a, g1, b1, m1, v1 -> n")
        .node("BatchNormalization", "n, g2, b2, m2, v2 -> y");
    assertBecomes(two, "Linear");
  }

  @Test
  void namesStayAndNumbersAreRoundedOnlyByTheNetwork() {
    OnnxModels named = normalized("Conv", 2, new Object[0], new int[] {2, 3, 3}, true, "batch", 3, 6);
    List<String> folded = Rewritten.graph(named).initializers().stream()
        .filter(tensor -> tensor.type() == ElementType.DOUBLE).map(TensorProto::name).toList();
    assertEquals(List.of("c.weight", "c.bias"), folded);
    OnnxModels model = OnnxModels.opset(15).input("x", "batch", 3, 6).output("y");
    weights(model, "onnx::Conv_7", 2, 3, 3);
    for (String part : List.of("g", "b", "m", "v")) {
      weights(model, part, 2);
    }
    model.node("Conv", "x, onnx::Conv_7 -> c").node("BatchNormalization", "c, g, b, m, v -> y");
    assertTrue(has(model, "onnx::Conv_7_bias"));
  }

  @Test
  void batchNormStaysApartIfThatIsAskedFor() throws IOException {
    OnnxModels model = normalized("Conv", 2, new Object[0], new int[] {2, 3, 3}, true, "batch", 3, 6);
    assertEquals(2, model.network(OnnxOptions.defaults()).parameters().count());
    assertEquals(6, model.network(OnnxOptions.defaults().batchNormApart()).parameters().count());
  }

  private static boolean has(OnnxModels model, String name) {
    return Rewritten.graph(model).initializers().stream().anyMatch(tensor -> tensor.name().equals(name));
  }

  @Test
  void aBiasThatOthersReadIsLeftToThem() throws IOException {
    OnnxModels model = normalized("Conv", 2, new Object[0], new int[] {2, 3, 3}, true, "batch", 3, 6);
    OnnxModels shared = OnnxModels.opset(15).input("x", "batch", 3, 6).output("y");
    weights(shared, "c.weight", 2, 3, 3);
    for (String part : List.of("c.bias", "g", "b", "m", "v")) {
      weights(shared, part, 2);
    }
    shared.node("Conv", "x, c.weight, c.bias -> c").node("BatchNormalization", "c, g, b, m, c.bias -> y");
    assertBecomes(shared, "Conv");
    assertTrue(has(shared, "c.bias_2"));
    assertBecomes(model, "Conv");
  }

  @Test
  void whatCannotBeFoldedStays() {
    Object[] none = {};
    assertStays(normalized("MatMul", 4, none, new int[] {3, 4}, false, "batch", 4, 3)); // channels are another axis
    assertStays(normalized("Gemm", 4, new Object[] {"alpha", 2.0}, new int[] {3, 4}, true, "batch", 3));
    assertStays(normalized("Conv", 3, none, new int[] {2, 3, 3}, false, "batch", 3, 6)); // there are two channels
    assertStays(shared().node("Conv", "x, w -> c").node("BatchNormalization", "c, g, b, m, v -> n")
        .node("Conv", "x, w -> d").node("Add", "n, d -> y"));
    assertStays(shared().node("Conv", "x, w -> c").node("BatchNormalization", "c, g, b, m, v -> n")
        .node("Add", "n, c -> y"));
    assertStays(shared().node("Conv", "x, w -> c")
        .node("BatchNormalization", "c, g, b, m, v -> y", "training_mode", 1));
    assertStays(shared().weights("u", new int[] {2}, 1, -1).node("Conv", "x, w -> c")
        .node("BatchNormalization", "c, g, b, m, u -> y"));
    assertStays(shared().node("Relu", "w -> r").node("Conv", "x, r -> c")
        .node("BatchNormalization", "c, g, b, m, v -> y"));
    OnnxModels fixed = shared().node("Conv", "x, w -> c").node("BatchNormalization", "c, g, b, m, v -> y");
    assertEquals(2, Patterns.rewrite(fixed.model().graph(), 15, Set.of("y", "w"), true).nodes().size());
    assertEquals(2, Patterns.rewrite(fixed.model().graph(), 15, Set.of("y", "v"), true).nodes().size());
    assertEquals(2, Patterns.rewrite(fixed.model().graph(), 15, Set.of("y", "c"), true).nodes().size());
    assertEquals(1, Patterns.rewrite(fixed.model().graph(), 15, Set.of("y"), true).nodes().size());
  }

  private OnnxModels shared() {
    OnnxModels model = OnnxModels.opset(15).input("x", "batch", 3, 6).output("y");
    weights(model, "w", 2, 3, 3);
    for (String part : List.of("g", "b", "m", "v")) {
      weights(model, part, 2);
    }
    return model;
  }
}
