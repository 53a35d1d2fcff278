package dev.lanewise.onnx.pattern;

import static dev.lanewise.onnx.pattern.Rewritten.assertBecomes;
import static dev.lanewise.onnx.pattern.Rewritten.assertStays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// GELU, SiLU, Mish and softplus as exporters write them, and what only looks like them.
class GatesTest {

  private static final double SLOPE = Math.sqrt(2 / Math.PI);

  /// Nodes apart by semicolons, each as `Operator: inputs -> output`.
  private static OnnxModels model(String nodes) {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 5).input("other", "batch", 5).output("y")
        .weights("two", new int[0], 2).weights("three", new int[0], 3).weights("one", new int[] {1}, 1)
        .weights("half", new int[0], 0.5).weights("root", new int[0], Math.sqrt(2))
        .weights("inverse", new int[0], Math.sqrt(0.5)).weights("near", new int[0], 1.4142)
        .weights("slope", new int[0], SLOPE).weights("twice", new int[0], 2 * SLOPE)
        .weights("cubic", new int[0], 0.044715).weights("whole", new int[0], SLOPE * 0.044715)
        .weights("deep", new int[] {1, 1, 1}, 0.5);
    for (String node : nodes.split(";")) {
      String[] parts = node.strip().split(":");
      model.node(parts[0], parts[1].strip());
    }
    return model;
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: x, a -> m; Mul: m, half -> y", // PyTorch
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: x, half -> m; Mul: m, a -> y",
      "Mul: x, inverse -> d; Erf: d -> e; Add: one, e -> a; Mul: half, x -> m; Mul: a, m -> y", // Keras
      "Mul: inverse, x -> d; Erf: d -> e; Add: one, e -> a; Mul: a, half -> g; Mul: x, g -> y", // ONNX Runtime's tools
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: a, x -> m; Div: m, two -> y",
      "Div: x, root -> d; Erf: d -> e; Mul: e, half -> h; Add: half, h -> g; Mul: g, x -> y",
      "Neg: x -> n; Mul: n, inverse -> d; Erf: d -> e; Sub: one, e -> a; Mul: x, half -> m; Mul: m, a -> y",
      "Div: x, root -> d; Erf: d -> e; Neg: e -> n; Sub: one, n -> a; Neg: x -> m; Neg: m -> k; Mul: k, a -> p; "
          + "Div: p, two -> y"})
  void geluByErfInAnyOrder(String nodes) throws IOException {
    assertBecomes(model(nodes), "Gelu");
    assertEquals("none", Rewritten.graph(model(nodes)).nodes().getLast().attributes().get("approximate").value());
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "Pow: x, three -> c; Mul: cubic, c -> k; Add: x, k -> s; Mul: slope, s -> u; Tanh: u -> t; Add: t, one -> a; "
          + "Mul: x, half -> m; Mul: m, a -> y",
      "Mul: x, x -> q; Mul: x, q -> c; Mul: c, cubic -> k; Add: x, k -> s; Mul: s, slope -> u; Tanh: u -> t; "
          + "Add: one, t -> a; Mul: half, a -> g; Mul: x, g -> y",
      "Mul: x, x -> q; Mul: q, cubic -> k; Add: k, one -> s; Mul: x, slope -> v; Mul: v, s -> u; Tanh: u -> t; "
          + "Add: t, one -> a; Mul: x, a -> m; Mul: m, half -> y",
      "Pow: x, three -> c; Mul: c, whole -> k; Mul: x, slope -> v; Add: v, k -> u; Tanh: u -> t; Add: t, one -> a; "
          + "Mul: x, a -> m; Mul: m, half -> y",
      "Pow: x, three -> c; Mul: cubic, c -> k; Add: x, k -> s; Mul: twice, s -> u; Sigmoid: u -> g; Mul: x, g -> y"})
  void geluByTanhInAnyOrder(String nodes) throws IOException {
    assertBecomes(model(nodes), "Gelu");
    assertEquals("tanh", Rewritten.graph(model(nodes)).nodes().getLast().attributes().get("approximate").value());
  }

  @Test
  void siluMishAndSoftplus() throws IOException {
    assertBecomes(model("Sigmoid: x -> s; Mul: x, s -> y"), "Silu");
    assertBecomes(model("Sigmoid: x -> s; Mul: s, x -> y"), "Silu");
    assertBecomes(model("Softplus: x -> s; Tanh: s -> t; Mul: t, x -> y"), "Mish");
    assertBecomes(model("Exp: x -> e; Add: e, one -> a; Log: a -> s; Tanh: s -> t; Mul: x, t -> y"), "Mish");
    assertBecomes(model("Exp: x -> e; Add: one, e -> a; Log: a -> y"), "Softplus");
    assertBecomes(model("Sigmoid: x -> s; Mul: x, s -> p; Sigmoid: p -> q; Mul: p, q -> y"), "Silu", "Silu");
    assertBecomes(model("Sigmoid: x -> s; Mul: x, s -> p; Mul: p, half -> y"), "Silu", "Mul");
  }

  @Test
  void constantsMayBeNodesCastsOrIdentities() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 5).output("y")
        .node("Constant", "-> r", "value", OnnxModels.doubles(new int[0], Math.sqrt(2)))
        .node("Cast", "r -> root", "to", 1)
        .node("Constant", "-> i", "value_int", 1).node("Cast", "i -> one", "to", 1)
        .node("Constant", "-> h", "value_float", 0.5).node("Identity", "h -> half")
        .node("Identity", "x -> z").node("Div", "z, root -> d").node("Erf", "d -> e").node("Add", "e, one -> a")
        .node("Dropout", "a -> b").node("Mul", "x, b -> m").node("Mul", "m, half -> y");
    assertEquals(List.of("Cast", "Cast", "Gelu"), Rewritten.operators(model));
    assertEquals(1, Rewritten.graph(model).nodes().stream().filter(node -> node.operator().equals("Gelu")).count());
    assertBecomes(model, "Cast", "Cast", "Gelu");
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "Div: x, near -> d; Erf: d -> e; Add: e, one -> a; Mul: x, a -> m; Mul: m, half -> y", // another constant
      "Div: x, root -> d; Erf: d -> e; Add: e, half -> a; Mul: x, a -> m; Mul: m, half -> y",
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: x, a -> m; Mul: m, two -> y",
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: x, a -> m; Mul: m, deep -> y", // more axes
      "Div: root, x -> d; Erf: d -> e; Add: e, one -> a; Mul: x, a -> m; Mul: m, half -> y",
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: other, a -> m; Mul: m, half -> y", // another value
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: x, a -> m; Mul: m, half -> z; Add: z, d -> y", // a reader
      "Div: x, root -> d; Erf: d -> e; Add: e, one -> a; Mul: x, a -> m; Mul: m, half -> z; Add: z, m -> y",
      "Mul: x, x -> q; Mul: q, x -> c; Mul: c, x -> f; Mul: f, cubic -> k; Add: x, k -> s; Mul: s, slope -> u; "
          + "Tanh: u -> t; Add: t, one -> a; Mul: x, a -> m; Mul: m, half -> y", // to the fourth
      "Sigmoid: x -> s; Mul: other, s -> y", "Sigmoid: x -> s; Mul: x, s -> z; Add: z, s -> y",
      "Mul: x, two -> v; Sigmoid: v -> s; Mul: x, s -> y", "Softplus: other -> s; Tanh: s -> t; Mul: t, x -> y",
      "Exp: x -> e; Add: e, two -> a; Log: a -> y", "Exp: x -> e; Add: e, e -> a; Log: a -> y",
      "Mul: x, x -> y", "Div: x, other -> y", "Mul: x, other -> y", "Sigmoid: x -> s; Mul: s, s -> y"})
  void whatOnlyLooksLikeThemStays(String nodes) {
    assertStays(model(nodes));
  }

  @Test
  void whatIsAskedForStays() {
    OnnxModels model = model("Sigmoid: x -> s; Mul: x, s -> y");
    assertEquals(2, Patterns.rewrite(model.model().graph(), 13, Set.of("y", "s"), true).nodes().size());
    OnnxModels other = OnnxModels.opset(13).input("x", "batch", 5).output("y").node("Identity", "x -> y");
    assertEquals(1, Rewritten.graph(other).nodes().size());
  }

  @Test
  void attributesThatNobodyKnowsAreLeftToBeRefused() {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 5).output("y").node("Sigmoid", "x -> s", "beta", 2.0)
        .node("Mul", "x, s -> y");
    assertStays(model);
    assertStays(OnnxModels.opset(13).input("x", "batch", 5).output("y").node("Sigmoid", "x -> s")
        .node("Mul", "x, s -> y", "axis", 1));
    assertStays(OnnxModels.opset(13).input("x", "batch", 5).output("y").node("Sigmoid", "x -> s")
        .node("somewhere.Mul", "x, s -> y"));
  }

  @Test
  void dropoutIsLeftOutOnlyAtInference() {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 5).output("y").weights("ratio", new int[0], 0.5)
        .initializer("yes", OnnxModels.longs(ElementType.BOOL, new int[0], 1))
        .initializer("no", OnnxModels.longs(ElementType.BOOL, new int[0], 0)).node("Dropout", "x, ratio, no -> a")
        .node("Dropout", "a, ratio, yes -> b").node("Dropout", "b, ratio, x -> c").node("Dropout", "c -> d, mask")
        .node("Add", "d, mask -> y");
    assertEquals(List.of("Dropout", "Dropout", "Dropout", "Add"), Rewritten.operators(model));
  }

  @Test
  void rowsOfNodesWithoutEndTakeNoTime() {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 5).output("y");
    model.node("Mul", "x, x -> v0");
    for (int at = 1; at < 3000; at++) {
      model.node("Mul", "v" + (at - 1) + ", v" + (at - 1) + " -> v" + at);
    }
    model.node("Tanh", "v2999 -> t").node("Mul", "x, t -> y");
    assertStays(model);
  }
}
