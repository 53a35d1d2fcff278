package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Shape;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where the batch goes when a value is reshaped.
class ReshapesTest {

  private static final double[] TWO_SAMPLES = DoubleStream.iterate(1, value -> value + 1).limit(24).toArray();

  /// x `[B, 3, 4]` reshaped to y; b is the batch's length, told by `Shape`, and 2b twice that.
  private static OnnxModels model(Object batch, String target) {
    OnnxModels model = OnnxModels.opset(13).input("x", batch, 3, 4).integers("zero", 0).integers("two", 2)
        .node("Shape", "x -> shape").node("Gather", "shape, zero -> b").node("Mul", "b, two -> 2b");
    String[] parts = target.split(" ");
    for (int at = 0; at < parts.length; at++) {
      if (!parts[at].endsWith("b")) {
        model.integers("part" + at, Long.parseLong(parts[at]));
        parts[at] = "part" + at;
      }
    }
    return model.node("Concat", String.join(", ", parts) + " -> target", "axis", 0)
        .node("Reshape", "x, target -> y").output("y");
  }

  @ParameterizedTest
  @CsvSource({"batch, 0 12, '[12]'", "batch, b -1, '[12]'", "batch, -1 12, '[12]'", "batch, b 0 4, '[3, 4]'",
      "batch, -1 4, '[3, 4]'", "batch, -1, '[12]'", "batch, 2b -1, '[2, 6]'", "batch, b 2 -1, '[2, 6]'",
      "batch, 1 12, '[12]'", "batch, 1 -1, '[1, 12]'", "batch, 1 -1 12, '[1, 12]'", "batch, 1 b 12, '[1, 12]'",
      "batch, b 1 -1, '[1, 12]'", "batch, 0 0 -1, '[3, 4]'",
      "1, 1 -1, '[12]'", "1, 1 12, '[12]'", "1, 1 3 -1, '[3, 4]'", "1, -1 12, '[12]'", "1, -1 4, '[3, 4]'",
      "1, 1 1 12, '[1, 12]'", "1, 12 -1, '[12, 1]'", "1, 3 4, '[3, 4]'"})
  void theBatchIsTheAxisThatHoldsIt(String batch, String target, String expected) throws IOException {
    OnnxModels model = model(batch.equals("1") ? (Object) 1 : batch, target);
    Network net = upTo(model, "y");
    assertEquals(expected, net.outputShape().toString());
    assertValues(net, TWO_SAMPLES, TWO_SAMPLES);
  }

  @ParameterizedTest
  @CsvSource({"4 -1, the batch of [B\\, 3\\, 4] would lie across several axes of [4\\, 3]",
      "3 b 4, the batch of [B\\, 3\\, 4] would lie across several axes of [3\\, 1\\, 4]",
      "b 2b -1, the lengths of axes 0 and 1 depend on the length of the batch",
      "b 5, it reshapes [B\\, 3\\, 4] to [1\\, 5]\\, expected 12 elements",
      "b -1 5, it reshapes [B\\, 3\\, 4] to [1\\, -1\\, 5]\\, expected 12 elements",
      "-1 -1, expected lengths\\, and −1 at most once", "-2 6, expected lengths\\, and −1 at most once",
      "1 3 -1 0, expected no 0 at axis 3",
      "1 3 -1, the batch of [B\\, 3\\, 4] would lie across several axes of [1\\, 3\\, 4]"})
  void whatWouldMixSamplesIsRefusedAndWhatIsNoShape(String target, String fault) {
    assertRefused(fault.replace("\\", ""), model("batch", target), "y");
  }

  @Test
  void aLengthThatDoesNotGrowWithTheBatchIsNoLength() {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 12).integers("zero", 0).integers("one", 1)
        .node("Shape", "x -> shape").node("Gather", "shape, zero -> b").node("Add", "b, one -> more")
        .integers("rest", -1).node("Concat", "more, rest -> target", "axis", 0).node("Reshape", "x, target -> y")
        .output("y");
    assertRefused("the length of axis 0 is 2 for one sample and 212 for 211, expected one that grows", model, "y");
  }

  /// As PyTorch's attention does it: time in front, heads merged with the batch, and all of it with time.
  @Test
  void theBatchMayLieInsideOfAnAxis() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2, 6).integers("zero", 0).integers("two", 2)
        .integers("three", 3).integers("rest", -1).integers("six", 6)
        .node("Shape", "x -> shape").node("Gather", "shape, zero -> b").node("Mul", "b, two -> 2b")
        .node("Transpose", "x -> front", "perm", new int[] {1, 0, 2})
        .node("Concat", "two, 2b, three -> byHead", "axis", 0).node("Reshape", "front, byHead -> heads")
        .node("Concat", "rest, six -> rows", "axis", 0).node("Reshape", "heads, rows -> all")
        .node("Neg", "all -> negative").node("Add", "all, negative -> none").node("Sub", "all, none -> same")
        .node("Concat", "two, b, rest -> apart", "axis", 0).node("Reshape", "same, apart -> again")
        .node("Transpose", "again -> y", "perm", new int[] {1, 0, 2})
        .node("Softmax", "all -> mixed", "axis", 0).node("Transpose", "all -> turned")
        .node("Reshape", "turned, rest -> flat").node("Add", "heads, front -> no").output("y");
    Network net = upTo(model, "y");
    assertEquals(Shape.of(2, 6), net.outputShape());
    double[] x = Arrays.copyOf(TWO_SAMPLES, 24);
    assertValues(net, x, x);
    assertValues(upTo(model, "all"), x, x);
    assertValues(upTo(model, "turned"), Arrays.copyOf(x, 12), 1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12);
    assertValues(upTo(model, "flat"), Arrays.copyOf(x, 12), 1, 7, 2, 8, 3, 9, 4, 10, 5, 11, 6, 12);
    assertRefused("axis 0 of [2·B, 6] is the batch's", model, "mixed");
    assertRefused("operands [[2, B·2, 3], [2, B, 6]]", model, "no");
  }

  /// What a file does with the axis of its one sample is right for each sample.
  @Test
  void aFileOfOneSampleMayDoAnythingWithItsBatch() throws IOException {
    OnnxModels one = OnnxModels.opset(13).input("x", 1, 2).node("Softmax", "x -> s", "axis", 0).integers("rows", 2, 1)
        .node("Reshape", "x, rows -> r").node("Transpose", "r -> t").node("MatMul", "s, r -> z")
        .node("Mul", "z, t -> y")
        .output("y");
    Network net = upTo(one, "y");
    assertEquals(Shape.of(2), net.inputShape());
    assertEquals(Shape.of(2), net.outputShape());
    assertValues(net, new double[] {1, 2, 3, 5}, 3, 6, 24, 40);
    assertEquals(Shape.of(2, 1), upTo(one, "r").outputShape());
    OnnxModels open = OnnxModels.opset(13).input("x", "batch", 2).node("Softmax", "x -> y", "axis", 0).output("y");
    assertRefused("the batch's", open, "y");
  }

  @Test
  void aZeroIsALengthIfThatIsAsked() {
    OnnxModels model = OnnxModels.opset(14).input("x", "batch", 12).integers("target", 0, 12)
        .node("Reshape", "x, target -> y", "allowzero", 1).output("y");
    assertRefused("expected 12 elements", model, "y");
  }

  @Test
  void constantsKeepWhatFollowsFromTheBatch() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2, 3).integers("column", 3, 1).integers("row", 3)
        .node("Shape", "x -> shape").node("Reshape", "shape, column -> turned").node("Reshape", "turned, row -> back")
        .node("Reshape", "x, back -> y").output("y");
    assertValues(upTo(model, "y"), TWO_SAMPLES, TWO_SAMPLES);
    Constant.assertIs(OnnxModels.opset(13).integers("i", 1, 2, 3, 4).integers("square", 2, -1)
        .node("Reshape", "i, square -> s").node("Transpose", "s -> t"), "t", 1, 3, 2, 4);
  }
}
