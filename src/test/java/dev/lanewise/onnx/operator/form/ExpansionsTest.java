package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertJacobian;
import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Shape;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// More elements than before: expanded, repeated, padded; and joined.
class ExpansionsTest {

  @Test
  void expandsWhereAnAxisIs1Long() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 1, 2).integers("to", 3, 1).integers("no", 3, 3)
        .integers("four", 1, 4, 1, 1).integers("batch", 5, 1, 1).node("Expand", "x, to -> y")
        .node("Expand", "x, no -> n")
        .node("Expand", "x, four -> f").node("Expand", "x, batch -> b").output("y");
    assertValues(upTo(model, "y"), of(1, 2), 1, 2, 1, 2, 1, 2);
    assertRefused("it expands [B, 1, 2] to [3, 3], expected axes as long as each other's, or 1 long", model, "n");
    assertRefused("axis 1 of [1, B, 1, 2] is the batch's", OnnxModels.opset(13).input("x", "batch", 1, 2)
        .integers("four", 1, 4, 1, 1).node("Expand", "x, four -> f").output("f"), "f");
    assertRefused("axis 0 of [B, 1, 2] is the batch's", model, "b");
    assertJacobian(upTo(model, "y"), of(1, 2), 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1);
  }

  @Test
  void expandsAWeightForEachSampleAndNothingGoesOverThem() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2, 2).weights("w", new int[] {1, 1, 2}, 5, 7)
        .node("Shape", "x -> shape").integers("first", 0).integers("one", 1).integers("minus", -1, -1)
        .node("Gather", "shape, first -> b").node("Concat", "b, minus -> to", "axis", 0).integers("open", -1)
        .node("Equal", "to, open -> isOpen").integers("ones", 1, 1, 1).node("Where", "isOpen, ones, to -> dims")
        .node("Expand", "w, dims -> e").node("Concat", "e, x -> y", "axis", 1).node("Softmax", "e -> s", "axis", 0)
        .node("Add", "x, s -> no").node("Tile", "w, dims -> t").node("Add", "t, x -> z")
        .node("Tile", "x, dims -> twice")
        .output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3, 4), 5, 7, 1, 2, 3, 4);
    assertEquals(2, upTo(model, "y").parameters().flat().size());
    assertValues(upTo(model, "z"), of(1, 2, 3, 4), 6, 9, 8, 11);
    assertRefused("is the batch's", model, "no");
    assertRefused("it repeats the batch of [B, 2, 2], expected another axis", model, "twice");
  }

  @Test
  void repeatsTheWhole() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).integers("times", 1, 2).integers("two", 2, 1)
        .integers("one", 1).node("Tile", "x, times -> y").node("Tile", "x, two -> b").node("Tile", "x, one -> no")
        .output("y");
    assertValues(upTo(model, "y"), of(1, 2), 1, 2, 1, 2);
    assertRefused("axis 0 of [B, 2] is the batch's", model, "b");
    assertRefused("repeats are [1], expected one for each axis of [B, 2]", model, "no");
    Constant.assertIs(OnnxModels.opset(13).integers("i", 1, 2).integers("times", 3).node("Tile", "i, times -> y"), "y",
        1, 2, 1, 2, 1, 2);
    Constant.assertIs(OnnxModels.opset(13).integers("i", 1, 2).integers("to", 2, 2).node("Expand", "i, to -> y"), "y",
        1, 2, 1, 2);
  }

  @ParameterizedTest
  @CsvSource({"constant, 2, 1, 0 0 1 2 3 0", "reflect, 2, 1, 3 2 1 2 3 2", "edge, 2, 1, 1 1 1 2 3 3",
      "wrap, 2, 1, 2 3 1 2 3 1", "reflect, 5, 0, 2 1 2 3 2 1 2 3", "wrap, 0, 4, 1 2 3 1 2 3 1",
      "constant, -1, 1, 2 3 0",
      "edge, -2, 2, 3 3 3", "constant, 4, -5, 0 0", "reflect, -1, 1, 2 3 2", "constant, -2, -1, ''"})
  void padsByModeAndCutsByLessThanNothing(String mode, int before, int after, String expected) throws IOException {
    OnnxModels model = OnnxModels.opset(19).input("x", "batch", 3).integers("pads", 0, before, 0, after)
        .node("Pad", "x, pads -> y", "mode", mode).output("y");
    OnnxModels integers = OnnxModels.opset(19).integers("i", 1, 2, 3).integers("pads", before, after).integers("end", 9)
        .node("Pad", "i, pads -> p", "mode", mode).node("Concat", "p, end -> y", "axis", 0);
    double[] all = numbers((expected + " 9").strip());
    Constant.assertIs(integers, "y", all);
    if (expected.isEmpty()) {
      assertRefused("output y is constant", model, "y");
    } else {
      assertValues(upTo(model, "y"), of(1, 2, 3), numbers(expected));
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void padsWithAnyNumberAlongAnyAxisButTheBatchs() throws IOException {
    OnnxModels model = OnnxModels.opset(18).input("x", "batch", 2).weights("fill", new int[0], -5).integers("axis", -1)
        .integers("pads", 1, 1).integers("zero", 0).integers("far", 1L << 40, 0).integers("cut", -3, 0)
        .node("Pad", "x, pads, fill, axis -> y").node("Pad", "x, pads, , zero -> b").node("Pad", "x, far, , axis -> f")
        .node("Pad", "x, cut, , axis -> c").node("Pad", "x, pads -> few").node("Pad", "x, pads, x, axis -> computed")
        .node("Relu", "x -> positive").output("y");
    assertValues(upTo(model, "y"), of(1, 2), -5, 1, 2, -5);
    assertJacobian(upTo(model, "y"), of(1, 2), 0, 0, 1, 0, 0, 1, 0, 0);
    assertRefused("axis 0 of [B, 2] is the batch's", model, "b");
    assertRefused("is 1099511627776, expected an int", model, "f");
    assertRefused("it pads axis 1 of [B, 2] by -3 and 0, expected an axis that is long enough", model, "c");
    assertRefused("pads are [1, 1], expected 4 lengths", model, "few");
    assertRefused("is computed, expected constant numbers", model, "computed");
    OnnxModels old = OnnxModels.opset(10).input("x", "batch", 1)
        .node("Pad", "x -> y", "pads", new int[] {0, 0, 0, 1}, "value", 4.0).output("y");
    assertValues(upTo(old, "y"), of(1), 1, 4);
  }

  /// Constants are made while the file is read, and bounded; images are not.
  @Test
  void imagesMayBeLargeAndConstantsMayNot() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 64, 200, 200)
        .integers("pads", 0, 0, 1, 1, 0, 0, 1, 1).node("Pad", "x, pads -> y").integers("wide", 1, 1 << 30)
        .integers("i", 1).node("Expand", "i, wide -> e").node("Gather", "x, e -> no", "axis", 1)
        .integers("huge", 0, 0, 0, 0, 0, 0, 0, 1 << 30).node("Pad", "x, huge -> long", "mode", "edge").output("y");
    assertEquals(Shape.of(64, 202, 202), upTo(model, "y").outputShape());
    assertRefused("a constant has dims [1, 1073741824]", model, "no");
    assertRefused("a constant has dims [1073742024]", model, "long");
  }

  @Test
  void whatIsPaddedWithAWeightIsNoParameter() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3).weights("w", new int[] {2}, 5, 7)
        .integers("pads", 1, 0)
        .node("Pad", "w, pads -> p").node("Add", "x, p -> y").output("y");
    assertEquals(2, upTo(model, "y").parameters().flat().size());
    assertValues(upTo(model, "y"), of(1, 2, 3), 1, 7, 10);
  }

  @Test
  void joinsAlongAnyAxisButTheBatchs() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).weights("w", new int[] {1, 1}, 9)
        .weights("v", new int[] {1, 2}, 8, 7).weights("many", new int[] {2, 2}, 1, 2, 3, 4)
        .initializer("none", OnnxModels.floats(new int[] {1, 0})).node("Concat", "w, x, none, v, x -> y", "axis", 1)
        .node("Concat", "x, v -> b", "axis", 0).node("Concat", "x, many -> m", "axis", 1).node("Concat", "x -> no")
        .node("Transpose", "x -> t").node("Concat", "x, t -> turned", "axis", 1).node("Concat", "w, v -> wv", "axis", 1)
        .node("Mul", "x, x -> xx").node("Concat", "wv, x -> z", "axis", -1).output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3, 4), 9, 1, 2, 8, 7, 1, 2, 9, 3, 4, 8, 7, 3, 4);
    assertValues(upTo(model, "z"), of(1, 2), 9, 8, 7, 1, 2);
    assertEquals(3, upTo(model, "z").parameters().flat().size());
    assertRefused("axis 0 of [B, 2] is the batch's", model, "b");
    assertRefused("operands have shapes [[B, 2], [2, 2]], expected the same except for axis 1", model, "m");
    assertRefused("attribute axis is left out", model, "no");
    assertRefused("operands have shapes [[B, 2], [2, B]]", model, "turned");
    Constant.assertIs(OnnxModels.opset(13).initializer("a", OnnxModels.longs(ElementType.INT64, new int[] {2, 1}, 1, 2))
        .initializer("b", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 3, 4, 5, 6))
        .node("Concat", "a, b -> y", "axis", 1), "y", 1, 3, 4, 2, 5, 6);
  }
}
