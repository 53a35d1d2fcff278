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

/// Cutting along axes, of what is computed and of constants.
class PartsTest {

  private static final double[] FIVE = {0, 1, 2, 3, 4};

  @ParameterizedTest
  @CsvSource({"1, 3, 1, 1 2", "-2, 9223372036854775807, 1, 3 4", "0, 5, 2, 0 2 4", "1, 9, 3, 1 4", "-9, 2, 1, 0 1",
      "4, -9223372036854775808, -1, 4 3 2 1 0", "9, 0, -2, 4 2", "-1, -4, -1, 4 3 2", "3, 1, -1, 3 2",
      "0, 5, 9223372036854775807, 0", "4, -9, -9223372036854775808, 4", "3, 3, 1, ''", "2, 4, -1, ''", "4, 1, 1, ''"})
  void aSliceIsThatOfNumPy(long start, long end, long step, String expected) throws IOException {
    double[] places = expected.isEmpty() ? new double[0]
        : Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 5).integers("start", start).integers("end", end)
        .integers("axis", 1).integers("step", step).node("Slice", "x, start, end, axis, step -> y").output("y");
    Constant.assertIs(OnnxModels.opset(13).integers("i", 0, 1, 2, 3, 4).integers("start", start).integers("end", end)
        .integers("axis", -1).integers("step", step).integers("more", 7)
        .node("Slice", "i, start, end, axis, step -> part").node("Concat", "part, more -> c", "axis", 0), "c",
        Arrays.copyOf(withSeven(places), places.length + 1));
    if (places.length == 0) {
      assertRefused("output y is constant", model, "y");
    } else {
      assertValues(upTo(model, "y"), FIVE, places);
    }
  }

  private static double[] withSeven(double[] values) {
    double[] more = Arrays.copyOf(values, values.length + 1);
    more[values.length] = 7;
    return more;
  }

  @Test
  void aSliceLeavesTheBatchWhole() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3).integers("zeros", 0, 0).integers("one", 1)
        .integers("all", Long.MAX_VALUE, 2).integers("zero", 0).integers("first", 0).integers("minus", -1)
        .node("Slice", "x, zeros, all -> y").node("Shape", "x -> shape").node("Slice", "shape, zero, one -> b")
        .node("Slice", "x, zero, b, first -> same").node("Slice", "x, zero, one, first -> cut")
        .node("Slice", "x, one, all -> uneven").node("Slice", "x, zero, b, one -> ofBatch")
        .node("Slice", "x, one, b, first -> late").node("Slice", "x, zero, all, first, zero -> still").output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3, 4, 5, 6), 1, 2, 4, 5);
    assertValues(upTo(model, "same"), of(1, 2, 3, 4, 5, 6), 1, 2, 3, 4, 5, 6);
    assertRefused("it cuts axis 0 of [B, 3] from 0 to 1, expected all of the batch", model, "cut");
    assertRefused("it cuts axis 0 of [B, 3] from 1 to 1, expected all of the batch", model, "late");
    assertRefused("starts are [1], ends [9223372036854775807, 2], axes [0], steps null, expected as many", model,
        "uneven");
    assertRefused("its bounds depend on the length of the batch", model, "ofBatch");
    assertRefused("expected as many of each", model, "still");
    OnnxModels old = OnnxModels.opset(9).input("x", "batch", 3).node("Slice", "x -> y", "starts", new int[] {1},
        "ends", new int[] {3}, "axes", new int[] {1}).node("Slice", "x -> no", "starts", new int[] {1}).output("y");
    assertValues(upTo(old, "y"), of(1, 2, 3), 2, 3);
    assertRefused("attribute ends is left out", old, "no");
  }

  @Test
  void splitsIntoLengthsOrEqualParts() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 6).integers("lengths", 1, 0, 5).integers("few", 1, 4)
        .node("Split", "x, lengths -> a, b, c", "axis", -1).node("Split", "x -> d, e", "axis", 1)
        .node("Split", "x -> f, g, h, i", "axis", 1).node("Split", "x, few -> j, k", "axis", 1)
        .node("Split", "x -> l, m").node("Concat", "b, c -> n", "axis", 1).output("c");
    assertValues(upTo(model, "c"), of(1, 2, 3, 4, 5, 6), 2, 3, 4, 5, 6);
    assertValues(upTo(model, "n"), of(1, 2, 3, 4, 5, 6), 2, 3, 4, 5, 6);
    assertValues(upTo(model, "a"), of(1, 2, 3, 4, 5, 6), 1);
    assertValues(upTo(model, "e"), of(1, 2, 3, 4, 5, 6), 4, 5, 6);
    assertRefused("it splits a length of 6 into 4 parts for 4 outputs", model, "f");
    assertRefused("into [1, 4], expected 2 lengths that sum to 6", model, "j");
    assertRefused("axis 0 of [B, 6]", model, "l");
    OnnxModels old = OnnxModels.opset(11).input("x", "batch", 3)
        .node("Split", "x -> a, y", "axis", 1, "split", new int[] {2, 1}).output("y");
    assertValues(upTo(old, "y"), of(1, 2, 3), 3);
    OnnxModels now = OnnxModels.opset(18).input("x", "batch", 5)
        .node("Split", "x -> a, b, y", "axis", 1, "num_outputs", 3)
        .node("Split", "x -> c, d", "axis", 1, "num_outputs", 3).output("y");
    assertValues(upTo(now, "b"), of(1, 2, 3, 4, 5), 3, 4);
    assertValues(upTo(now, "y"), of(1, 2, 3, 4, 5), 5);
    assertRefused("it splits a length of 5 into 3 parts for 2 outputs, expected as many parts as outputs", now, "c");
    assertJacobian(upTo(now, "b"), of(1, 2, 3, 4, 5), 0, 0, 1, 0, 0, 0, 0, 0, 1, 0);
  }

  @Test
  void takesWhatAConditionSays() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3)
        .initializer("c", OnnxModels.longs(ElementType.BOOL, new int[] {3}, 1, 0, 1))
        .initializer("many", OnnxModels.longs(ElementType.BOOL, new int[] {4}, 1, 0, 1, 1))
        .initializer("i", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 5, 6, 7, 8))
        .node("Compress", "x, c -> y", "axis", 1).node("Compress", "x, c -> all")
        .node("Compress", "x, many -> long", "axis", 1)
        .node("Compress", "x, c -> batch", "axis", 0).output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3), 1, 3);
    assertRefused("it takes elements of all samples, [B, 3], expected an axis", model, "all");
    assertRefused("condition has 4 elements, expected at most 3", model, "long");
    assertRefused("is the batch's", model, "batch");
    Constant.assertIs(OnnxModels.opset(13)
        .initializer("i", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 5, 6, 7, 8))
        .initializer("c", OnnxModels.longs(ElementType.BOOL, new int[] {3}, 1, 0, 1))
        .node("Compress", "i, c -> y"), "y", 5, 7);
  }

  /// What is made of a constant is bounded, but not below what the file has.
  @Test
  void aLargeWeightIsCut() throws IOException {
    int length = (1 << 21) + 9;
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 1)
        .initializer("w", OnnxModels.floats(new int[] {1, length}, new double[length]))
        .integers("lengths", 5, length - 5)
        .node("Split", "w, lengths -> a, b", "axis", 1).node("Mul", "x, b -> y").output("y");
    assertEquals(Shape.of(length - 5), upTo(model, "y").outputShape());
  }

  @Test
  void partsOfAWeightAreParameters() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 1).weights("w", new int[] {1, 4}, 1, 2, 3, 4)
        .node("Split", "w -> a, b", "axis", 1).node("Mul", "x, a -> c").node("Mul", "c, b -> y").output("y");
    assertEquals(2, upTo(model, "y").parameters().count());
    assertEquals(Shape.of(2), upTo(model, "y").outputShape());
    assertValues(upTo(model, "y"), of(2), 6, 16);
  }
}
