package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertJacobian;
import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.format.ElementType;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Looking up at constant places, and rows of a table at places that are an input.
class GathersTest {

  private static final OnnxOptions WHOLE = OnnxOptions.defaults().precision(Precision.DOUBLE).wholeSamples();

  @Test
  void aNumberDropsTheAxisAndAMatrixAddsOne() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3).integer("last", -1).integer("no", 3)
        .initializer("places", OnnxModels.longs(ElementType.INT32, new int[] {2, 2}, 2, 0, 0, -2))
        .integers("even", 0, 2).integer("zero", 0).node("Gather", "x, last -> one", "axis", 1)
        .node("Gather", "x, places -> y", "axis", -1).node("Gather", "x, no -> beyond", "axis", 1)
        .node("Gather", "x, zero -> sample").node("Gather", "x, even -> some", "axis", 1)
        .node("Shape", "x -> shape").node("Gather", "shape, zero -> b").node("Gather", "x, b -> ofBatch", "axis", 1)
        .output("y");
    assertEquals(Shape.of(1), upTo(model, "one").outputShape());
    assertValues(upTo(model, "one"), of(1, 2, 3, 4, 5, 6), 3, 6);
    assertEquals(Shape.of(2, 2), upTo(model, "y").outputShape());
    assertValues(upTo(model, "y"), of(1, 2, 3), 3, 1, 1, 2);
    assertValues(upTo(model, "some"), of(1, 2, 3), 1, 3);
    assertJacobian(upTo(model, "y"), of(1, 2, 3), 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 0);
    assertRefused("it takes element 3, expected from -3 to 2", model, "beyond");
    assertRefused("axis 0 of [B, 3] is the batch's", model, "sample");
    assertRefused("indices depend on the length of the batch", model, "ofBatch");
  }

  /// Its elements must not become two parameters.
  @Test
  void aWeightAtRepeatedPlacesIsOneParameterStill() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3).weights("w", new int[] {2}, 5, 7)
        .integers("places", 0, 1, 0).node("Gather", "w, places -> g").node("Mul", "x, g -> y").output("y");
    Network net = upTo(model, "y");
    assertEquals(2, net.parameters().flat().size());
    assertValues(net, of(1, 2, 3), 5, 14, 15);
  }

  @Test
  void rowsOfATableAreAnEmbedding() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", ElementType.INT64, "batch", 2)
        .weights("words.weight", new int[] {3, 2}, 1, 2, 3, 4, 5, 6).node("Gather", "words.weight, x -> y").output("y");
    Network net = upTo(model, "y");
    assertEquals(Shape.of(2, 2), net.outputShape());
    assertEquals("words.weight", net.layer().parameters().entries().getFirst().name());
    assertValues(net, of(2, 0, 1, 1), 5, 6, 1, 2, 3, 4, 3, 4);
    OnnxModels other = OnnxModels.opset(13).input("x", ElementType.INT64, "batch", 2)
        .weights("w", new int[] {3, 2}, 1, 2, 3, 4, 5, 6).node("Gather", "w, x -> y", "axis", 1).output("y");
    assertRefused("it looks [B, 2] up along axis 1 of [3, 2], expected constant indices, or rows of a table", other,
        "y");
  }

  /// As positions are looked up that are repeated for each sample.
  @Test
  void placesThatAreTheSameForEachSampleAreConstant() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2, 1).weights("w", new int[] {3, 1}, 10, 20, 30)
        .initializer("ids", OnnxModels.longs(ElementType.INT64, new int[] {1, 2}, 2, 0)).integers("first", 0)
        .integers("rest", -1).node("Shape", "x -> shape").node("Gather", "shape, first -> b").integers("two", 2)
        .node("Concat", "b, two -> to", "axis", 0).node("Expand", "ids, to -> many").node("Gather", "w, many -> g")
        .node("Add", "x, g -> y").node("ReduceSum", "g, first -> mixed", "keepdims", 0).node("Add", "x, mixed -> no")
        .node("ReduceSum", "many, first -> mixed2").node("Gather", "w, mixed2 -> z").node("Add", "x, z -> no2")
        .node("Reshape", "many, rest -> flat").node("Gather", "w, flat -> f").node("Add", "x, f -> no3").output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3, 4), 31, 12, 33, 14);
    assertRefused("is the batch's", model, "no");
    assertRefused("axis 0 has an integer for each sample, expected another: samples would mix", model, "no2");
    assertRefused("integers of which there is one for each sample would be cut or merged", model, "no3");
  }

  @Test
  void elementsAndTuplesAsInOnnxsExamples() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", 2, 2)
        .initializer("e", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 0, 0, 1, -2))
        .initializer("n", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 0, 0, 1, 1))
        .initializer("rows", OnnxModels.longs(ElementType.INT64, new int[] {2, 1}, 1, 0))
        .initializer("wide", OnnxModels.longs(ElementType.INT64, new int[] {3, 2}, 0, 0, 1, 0, 0, 0))
        .node("GatherElements", "x, e -> y", "axis", 1).node("GatherND", "x, n -> nd")
        .node("GatherND", "x, rows -> parts")
        .node("GatherND", "x, rows -> shared", "batch_dims", 1).node("GatherElements", "x, wide -> down")
        .node("GatherElements", "x, wide -> no", "axis", 1).output("y");
    assertArrayEquals(new double[] {1, 1, 4, 3}, values(model, "y"));
    assertArrayEquals(new double[] {1, 4}, values(model, "nd"));
    assertArrayEquals(new double[] {3, 4, 1, 2}, values(model, "parts"));
    assertArrayEquals(new double[] {2, 3}, values(model, "shared"));
    assertArrayEquals(new double[] {1, 2, 3, 2, 1, 2}, values(model, "down"));
    assertRefused("indices have dims [3, 2], expected 2 axes no longer than those of [2, 2], except axis 1", model,
        "no");
    OnnxModels batched = OnnxModels.opset(13).input("x", "batch", 2)
        .initializer("e", OnnxModels.longs(ElementType.INT64, new int[] {1, 2}, 0, 0))
        .node("GatherElements", "x, e -> y", "axis", 1).node("GatherND", "x, e -> z").output("y");
    assertRefused("input 0 is [B, 2], expected one without a batch", batched, "y");
    assertRefused("input 0 is [B, 2], expected one without a batch", batched, "z");
  }

  private static double[] values(OnnxModels model, String value) throws IOException {
    return model.network(WHOLE.output(value)).forward(Tensor.of(new double[] {1, 2, 3, 4}, 1, 2, 2)).toDoubles();
  }

  @Test
  void constantsAreLookedUpWhenTheFileIsRead() throws IOException {
    OnnxModels integers = OnnxModels.opset(13)
        .initializer("i", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 5, 6, 7, 8)).integer("second", 1);
    Constant.assertIs(integers.node("Gather", "i, second -> y", "axis", 1), "y", 6, 8);
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value_floats", new float[] {4, 5, 6})
        .initializer("e", OnnxModels.longs(ElementType.INT64, new int[] {2}, 2, 0)).node("GatherElements", "c, e -> y"),
        "y", 6, 4);
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value_floats", new float[] {4, 5, 6})
        .initializer("e", OnnxModels.longs(ElementType.INT64, new int[] {1, 1}, 2))
        .node("GatherND", "c, e -> y"), "y", 6);
  }
}
