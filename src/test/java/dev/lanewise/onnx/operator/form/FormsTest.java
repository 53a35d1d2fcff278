package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertJacobian;
import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Shape;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same elements in another form, and where the batch is in it.
class FormsTest {

  private static double[] numbers(int count) {
    return IntStream.range(0, count).asDoubleStream().toArray();
  }

  @Test
  void axesAreTurnedAroundTheBatch() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2, 3).node("Transpose", "x -> y")
        .node("Transpose", "x -> inner", "perm", new int[] {1, 0, 2})
        .node("Transpose", "x -> no", "perm", new int[] {0, 1, 1})
        .node("Transpose", "x -> few", "perm", new int[] {1, 0}).output("y");
    assertValues(upTo(model, "y"), numbers(12), 0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11);
    assertValues(upTo(model, "inner"), numbers(12), numbers(12));
    assertRefused("perm is [0, 1, 1], expected each axis of [B, 2, 3] once", model, "no");
    assertRefused("perm is [1, 0], expected each axis", model, "few");
    assertJacobian(upTo(model, "y"), numbers(6), 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0,
        0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  @ParameterizedTest
  @CsvSource({"0, '[1, 12]'", "1, '[12]'", "2, '[3, 4]'", "3, '[12, 1]'", "-1, '[3, 4]'", "-3, '[1, 12]'"})
  void flattensBeforeAndBehindAnAxis(int axis, String expected) throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3, 4).node("Flatten", "x -> y", "axis", axis)
        .output("y");
    Network net = upTo(model, "y");
    assertEquals(expected, net.outputShape().toString());
    assertValues(net, numbers(24), numbers(24));
  }

  @Test
  void axesOfLength1ComeAndGoByAttributeOrInput() throws IOException {
    OnnxModels old = OnnxModels.opset(11).input("x", "batch", 1, 3).node("Squeeze", "x -> s", "axes", new int[] {1})
        .node("Unsqueeze", "s -> y", "axes", new int[] {0, -1}).output("y");
    assertEquals(Shape.of(1, 3, 1), upTo(old, "y").outputShape());
    OnnxModels now = OnnxModels.opset(13).input("x", "batch", 1, 3).integers("one", -2).integers("ends", -1, 0)
        .integers("zero", 0).integers("two", 2).integers("twice", 0, -5).node("Squeeze", "x, one -> s")
        .node("Unsqueeze", "s, ends -> y").node("Squeeze", "y -> all").node("Squeeze", "x, zero -> no")
        .node("Squeeze", "x, two -> long").node("Unsqueeze", "x -> none").node("Unsqueeze", "x, twice -> double")
        .node("Squeeze", "y, zero -> batchFirst").node("Squeeze", "all, zero -> no2").output("y");
    assertEquals(Shape.of(1, 3, 1), upTo(now, "y").outputShape());
    assertEquals(Shape.of(3), upTo(now, "all").outputShape());
    assertEquals(Shape.of(3, 1), upTo(now, "batchFirst").outputShape());
    assertValues(upTo(now, "all"), numbers(6), numbers(6));
    assertRefused("removes axis 0 of [B, 1, 3], expected one of length 1 that is not the batch's", now, "no");
    assertRefused("removes axis 0 of [B, 3]", now, "no2");
    assertRefused("removes axis 2 of [B, 1, 3], expected one of length 1", now, "long");
    assertRefused("axes are left out", now, "none");
    assertRefused("axis 0 is added twice", now, "double");
  }

  /// The example of ONNX's documentation.
  @Test
  void blocksOfChannelsBecomeBlocksOfPixelsAndBack() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 8, 1, 2)
        .node("DepthToSpace", "x -> y", "blocksize", 2)
        .node("DepthToSpace", "x -> columns", "blocksize", 2, "mode", "CRD")
        .node("SpaceToDepth", "y -> back", "blocksize", 2).node("DepthToSpace", "x -> no", "blocksize", 3)
        .node("SpaceToDepth", "x -> odd", "blocksize", 2).node("DepthToSpace", "x -> none").output("y");
    Network net = upTo(model, "y");
    assertEquals(Shape.of(2, 2, 4), net.outputShape());
    assertValues(net, numbers(16), 0, 4, 1, 5, 8, 12, 9, 13, 2, 6, 3, 7, 10, 14, 11, 15);
    assertValues(upTo(model, "columns"), numbers(16), 0, 2, 1, 3, 4, 6, 5, 7, 8, 10, 9, 11, 12, 14, 13, 15);
    assertValues(upTo(model, "back"), numbers(32), numbers(32));
    assertRefused("it has 8 channels, expected a multiple of 9", model, "no");
    assertRefused("images are 1 × 2, expected multiples of 2", model, "odd");
    assertRefused("blocksize is 0, expected 1 to 4096", model, "none");
  }

  @Test
  void dropoutIsTheIdentityAfterTraining() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).weights("ratio", new int[0], 0.5)
        .initializer("no", OnnxModels.longs(ElementType.BOOL, new int[0], 0))
        .initializer("yes", OnnxModels.longs(ElementType.BOOL, new int[0], 1))
        .node("Dropout", "x, ratio, no -> d").node("Identity", "d -> y").node("Dropout", "x, ratio, yes -> trained")
        .node("Dropout", "x -> e, mask").node("Identity", "mask -> m").output("y");
    assertValues(upTo(model, "y"), of(3, 4), 3, 4);
    assertValues(upTo(model, "e"), of(3, 4), 3, 4);
    assertRefused("training_mode is true, expected false", model, "trained");
    assertRefused("output 1 is read, expected an output that is supported", model, "m");
    OnnxModels old = OnnxModels.opset(10).input("x", "batch", 2).node("Dropout", "x -> y", "ratio", 0.3).output("y");
    assertValues(upTo(old, "y"), of(3, 4), 3, 4);
  }

  /// `Transpose` is the same in all versions, `Add` told its axes by attributes before 7.
  @Test
  void versionsBeforeTheSixthAreReadWhereNothingHasChanged() throws IOException {
    OnnxModels model = OnnxModels.opset(1).input("x", "batch", 2, 2)
        .node("Transpose", "x -> y", "perm", new int[] {0, 2, 1})
        .node("Add", "y, x -> z").output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3, 4), 1, 3, 2, 4);
    assertRefused("node Add_1: operator Add is of version 1, expected at least 6", model, "z");
  }

  /// A weight in another form is a weight, and the same one in the same form the same parameter.
  @Test
  void aTransposedWeightIsOneParameter() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2, 2).weights("w", new int[] {1, 2, 2}, 1, 2, 3, 4)
        .node("Transpose", "w -> t", "perm", new int[] {0, 2, 1})
        .node("Transpose", "w -> u", "perm", new int[] {0, 2, 1})
        .node("Mul", "x, t -> a").node("Mul", "a, u -> b").node("Mul", "b, w -> y").output("y");
    Network net = upTo(model, "y");
    assertEquals(1, net.parameters().count());
    assertValues(net, of(1, 1, 1, 1), 1, 18, 12, 64);
  }
}
