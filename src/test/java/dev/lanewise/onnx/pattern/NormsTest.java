package dev.lanewise.onnx.pattern;

import static dev.lanewise.onnx.pattern.Rewritten.assertBecomes;
import static dev.lanewise.onnx.pattern.Rewritten.assertStays;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.NodeProto;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Layer norm and root mean square norm as exporters write them, and what only looks like them.
class NormsTest {

  private static OnnxModels model(int opset, Object... sample) {
    return OnnxModels.opset(opset).input("x", sample).output("y").weights("two", new int[0], 2)
        .weights("epsilon", new int[0], 1e-5).weights("one", new int[] {1}, 1).weights("half", new int[0], 0.5)
        .weights("zero", new int[0], 0).weights("gamma", new int[] {3}, 1.5, -2, 0.5)
        .weights("beta", new int[] {3}, 0.25, 0, -1);
  }

  private static final int[] LAST = {-1};

  private static OnnxModels centered(OnnxModels model, int... axes) {
    return model.node("ReduceMean", "x -> m", "axes", axes).node("Sub", "x, m -> d");
  }

  private static OnnxModels squared(OnnxModels model, int... axes) {
    return model.node("Pow", "d, two -> q").node("ReduceMean", "q -> v", "axes", axes)
        .node("Add", "v, epsilon -> e").node("Sqrt", "e -> s");
  }

  private static OnnxModels layerNorm() {
    return squared(centered(model(13, "batch", 2, 3), LAST), LAST).node("Div", "d, s -> n");
  }

  @Test
  void layerNormWithScaleAndShiftWithOneOfThemOrNone() throws IOException {
    assertBecomes(layerNorm().node("Mul", "n, gamma -> w").node("Add", "w, beta -> y"), "LayerNormalization");
    assertBecomes(layerNorm().node("Mul", "gamma, n -> w").node("Add", "beta, w -> y"), "LayerNormalization");
    assertBecomes(layerNorm().node("Mul", "n, gamma -> y"), "LayerNormalization");
    assertBecomes(layerNorm().node("Add", "n, beta -> y"), "LayerNormalization", "Add");
    OnnxModels none = squared(centered(model(13, "batch", 2, 3), LAST), LAST).node("Div", "d, s -> y");
    assertBecomes(none, "LayerNormalization");
    NodeProto node = Rewritten.graph(layerNorm().node("Mul", "n, gamma -> w").node("Add", "w, beta -> y")).nodes()
        .getFirst();
    assertEquals(List.of("x", "gamma", "beta"), node.inputs());
    assertEquals("", node.domain());
  }

  @Test
  void squaresMayBeProductsQuotientsReciprocalsAndDifferencesTwo() throws IOException {
    OnnxModels model = centered(model(13, "batch", 2, 3), LAST).node("Sub", "x, m -> c").node("Mul", "c, c -> q")
        .node("ReduceMean", "q -> v", "axes", LAST).node("Add", "epsilon, v -> e").node("Pow", "e, half -> s")
        .node("Reciprocal", "s -> r").node("Mul", "r, d -> n").node("Mul", "n, gamma -> y");
    assertBecomes(model, "LayerNormalization");
    OnnxModels other = squared(centered(model(13, "batch", 2, 3), LAST), LAST).node("Div", "one, s -> r")
        .node("Mul", "d, r -> y");
    assertBecomes(other, "LayerNormalization");
  }

  @Test
  void axesMayBeSeveralAnInputOrCountedFromTheFirst() throws IOException {
    OnnxModels several = squared(centered(model(13, "batch", 2, 3), -1, -2), -2, -1).node("Div", "d, s -> n")
        .weights("g", new int[] {2, 3}, 1, 2, 3, 4, 5, 6).node("Mul", "n, g -> y");
    assertBecomes(several, "LayerNormalization");
    OnnxModels counted = squared(centered(model(13, "batch", 2, 3), 2), 2).node("Div", "d, s -> y");
    assertStays(counted); // nothing says how many axes q has
    assertBecomes(counted.output("q", ElementType.FLOAT, "batch", 2, 3), "LayerNormalization");
    OnnxModels input = model(18, "batch", 2, 3).integers("axes", -1).node("ReduceMean", "x, axes -> m")
        .node("Sub", "x, m -> d").node("Mul", "d, d -> q").node("ReduceMean", "q, axes -> v")
        .node("Add", "v, epsilon -> e").node("Sqrt", "e -> s").node("Div", "d, s -> y");
    assertBecomes(input, "LayerNormalization");
  }

  private static OnnxModels rms() {
    return model(13, "batch", 2, 3).node("Pow", "x, two -> q").node("ReduceMean", "q -> v", "axes", LAST)
        .node("Add", "v, epsilon -> e").node("Sqrt", "e -> s");
  }

  @Test
  void rootMeanSquareNormWithScaleOrWithout() throws IOException {
    assertBecomes(rms().node("Reciprocal", "s -> r").node("Mul", "x, r -> n").node("Mul", "gamma, n -> y"),
        "RmsNormalization");
    assertBecomes(rms().node("Div", "one, s -> r").node("Mul", "x, r -> n").node("Mul", "n, gamma -> y"),
        "RmsNormalization");
    assertBecomes(rms().node("Div", "x, s -> y"), "RmsNormalization");
    assertBecomes(rms().node("Div", "x, s -> n").node("Mul", "n, one -> y"), "RmsNormalization");
  }

  @Test
  void whatOnlyLooksLikeThemStays() {
    OnnxModels otherAxis = squared(centered(model(13, "batch", 2, 3), -2), -2).node("Div", "d, s -> y");
    assertStays(otherAxis);
    assertStays(squared(centered(model(13, "batch", 2, 3), LAST), -2).node("Div", "d, s -> y"));
    assertStays(layerNorm().node("Add", "n, s -> y"));
    assertStays(rms().node("Div", "two, s -> y"));
    assertStays(model(13, "batch", 2, 3).node("Pow", "x, half -> q").node("ReduceMean", "q -> v", "axes", LAST)
        .node("Add", "v, epsilon -> e").node("Sqrt", "e -> s").node("Div", "x, s -> y"));
    assertStays(model(13, "batch", 2, 3).node("Pow", "x, two -> q").node("ReduceMean", "q -> v", "axes", LAST)
        .node("Add", "v, zero -> e").node("Sqrt", "e -> s").node("Div", "x, s -> y"));
    assertStays(model(13, "batch", 2, 3).node("Pow", "x, two -> q").node("ReduceMean", "q -> v", "axes", LAST)
        .node("Add", "v, v -> e").node("Sqrt", "e -> s").node("Div", "x, s -> y"));
    assertStays(model(13, "batch", 3).node("Pow", "x, two -> q")
        .node("ReduceMean", "q -> v", "axes", LAST, "keepdims", 0).node("Add", "v, epsilon -> e")
        .node("Sqrt", "e -> s").node("Div", "x, s -> y"));
    assertStays(model(13, "batch", 3).node("Pow", "x, two -> q").node("ReduceMean", "q -> v")
        .node("Add", "v, epsilon -> e").node("Sqrt", "e -> s").node("Div", "x, s -> y"));
  }

  @Test
  void aScaleThatSomebodyElseSeesOrThatHasOtherAxesStaysApart() throws IOException {
    OnnxModels read = layerNorm().node("Mul", "n, gamma -> w").node("Add", "w, n -> y");
    assertBecomes(read, "LayerNormalization", "Mul", "Add");
    OnnxModels matrix = layerNorm().weights("g", new int[] {2, 3}, 1, 2, 3, 4, 5, 6).node("Mul", "n, g -> y");
    assertBecomes(matrix, "LayerNormalization", "Mul");
    OnnxModels kept = layerNorm().node("Mul", "n, gamma -> y");
    List<String> found = Patterns.rewrite(kept.model().graph(), 13, Set.of("y", "n"), true).nodes().stream()
        .map(NodeProto::operator).toList();
    assertEquals(List.of("LayerNormalization", "Mul"), found);
    OnnxModels mean = layerNorm().node("Mul", "n, gamma -> w").node("Add", "w, m -> y");
    assertBecomes(mean, "ReduceMean", "Sub", "RmsNormalization", "Add");
  }
}
