package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertSlopes;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Tensor;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.TensorProto;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Elements of another type.
class CastsTest {

  private static void assertCast(TensorProto from, ElementType to, double... expected) throws IOException {
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value", from)
        .node("Cast", "c -> d", "to", to.number()), "d", expected);
    Constant.assertIs(OnnxModels.opset(15).node("Constant", "-> c", "value", from)
        .initializer("like", like(to)).node("CastLike", "c, like -> d"), "d", expected);
  }

  private static TensorProto like(ElementType type) {
    return type.isInteger() ? OnnxModels.longs(type, new int[] {1}, 0)
        : type == ElementType.FLOAT ? OnnxModels.floats(new int[] {1}, 0) : OnnxModels.doubles(new int[] {1}, 0);
  }

  @Test
  void constantsAreRoundedCutOffAndWrapped() throws IOException {
    assertCast(OnnxModels.doubles(new int[] {2}, 0.1, 1), ElementType.FLOAT, 0.1f, 1);
    assertCast(OnnxModels.doubles(new int[] {3}, -2.7, 2.7, 0), ElementType.INT32, -2, 2, 0);
    assertCast(OnnxModels.doubles(new int[] {3}, -0.5, 0, 4), ElementType.BOOL, 1, 0, 1);
    assertCast(OnnxModels.longs(ElementType.INT64, new int[] {3}, 300, -1, 127), ElementType.INT8, 44, -1, 127);
    assertCast(OnnxModels.longs(ElementType.INT64, new int[] {2}, 300, -1), ElementType.UINT8, 44, 255);
    assertCast(OnnxModels.longs(ElementType.INT64, new int[] {2}, (1L << 32) + 5, -1), ElementType.INT32, 5, -1);
    assertCast(OnnxModels.longs(ElementType.UINT64, new int[] {1}, -1), ElementType.DOUBLE, 0x1p64);
    assertCast(OnnxModels.doubles(new int[] {1}, 0x1.8p63), ElementType.UINT64, 0x1.8p63);
    assertCast(OnnxModels.longs(ElementType.INT64, new int[] {1}, (1L << 24) + 1), ElementType.FLOAT, 1 << 24);
  }

  /// One is halfway between two halves as a float, but not as the double that it was.
  @ParameterizedTest
  @CsvSource({"FLOAT16, 1.00048828125, 1", "FLOAT16, 1.0004882812500002, 1.0009765625", "FLOAT16, 70000, Infinity",
      "FLOAT16, 0.1, 0.0999755859375", "FLOAT16, NaN, NaN", "BFLOAT16, 1.00390625, 1",
      "BFLOAT16, 1.0039062500000002, 1.0078125",
      "BFLOAT16, -3.14159, -3.140625", "BFLOAT16, NaN, NaN", "BFLOAT16, 3.4e38, Infinity",
      "BFLOAT16, -Infinity, -Infinity"})
  void halvesAreTheNearest(ElementType type, double from, double expected) throws IOException {
    Constant.assertIs(OnnxModels.opset(13).node("Constant", "-> c", "value", OnnxModels.doubles(new int[] {1}, from))
        .node("Cast", "c -> d", "to", type.number()), "d", expected);
  }

  @Test
  void whatIsComputedKeepsTheNetworksPrecision() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).node("Cast", "x -> d", "to", 11)
        .node("Cast", "d -> y", "to", 1).node("Cast", "x -> half", "to", 10).node("Cast", "x -> brain", "to", 16)
        .node("Cast", "x -> whole", "to", 7).node("Cast", "x -> text", "to", 8).node("Cast", "x -> none").output("y");
    assertValues(upTo(model, "y"), of(0.1, 1e300), 0.1, 1e300);
    assertRefused("it casts a computed value to FLOAT16, which rounds it, expected FLOAT or DOUBLE", model, "half");
    assertRefused("it casts a computed value to BFLOAT16", model, "brain");
    assertRefused("it casts a computed value to INT64", model, "whole");
    assertRefused("it casts to STRING, expected floating numbers, integers or BOOL", model, "text");
    assertRefused("it casts to UNDEFINED", model, "none");
    OnnxModels like = OnnxModels.opset(15).input("x", "batch", 2)
        .initializer("half", new TensorProto("", ElementType.FLOAT16, new int[] {1}, Tensor.of(new float[1], 1)))
        .node("CastLike", "x, half -> no").node("CastLike", "x, x -> y").output("y");
    assertValues(upTo(like, "y"), of(0.1, 1e300), 0.1, 1e300);
    assertRefused("it casts a computed value to FLOAT16", like, "no");
  }

  /// A condition is 0 or 1, and has no slope.
  @Test
  void numbersAndConditionsBecomeEachOther() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 4).node("Cast", "x -> c", "to", 9)
        .node("Cast", "c -> same", "to", 9).node("Cast", "same -> y", "to", 1).node("Cast", "c -> no", "to", 7)
        .output("y");
    assertValues(upTo(model, "y"), of(0, -2, 0.5, Double.NaN), 1 - 1, 1, 1, 1);
    assertSlopes(upTo(model, "y"), of(0, 1, 2, 3), new double[16]);
    assertRefused("it casts a computed value to INT64", model, "no");
  }

  @Test
  void aCastWeightIsAWeight() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2)
        .initializer("w", OnnxModels.doubles(new int[] {2}, 3, 4))
        .node("Cast", "w -> f", "to", 1).node("Mul", "x, f -> y").output("y");
    assertEquals("w", upTo(model, "y").layer().parameters().entries().getFirst().name());
    assertValues(upTo(model, "y"), of(1, 2), 3, 8);
  }

  @Test
  void smallIntegersAreNumbersAgain() throws IOException {
    TensorProto bytes = OnnxModels.longs(ElementType.INT8, new int[] {2, 2}, 1, -2, 3, -4);
    Constant.assertIs(OnnxModels.opset(13).initializer("q", bytes).weights("s", new int[] {2}, 0.5, 2)
        .initializer("z", OnnxModels.longs(ElementType.INT8, new int[] {2}, 1, 0))
        .node("DequantizeLinear", "q, s, z -> y"), "y", 0, -4, 1, -8);
    Constant.assertIs(OnnxModels.opset(13).initializer("q", bytes).weights("s", new int[] {2}, 0.5, 2)
        .node("DequantizeLinear", "q, s -> y", "axis", 0), "y", 0.5, -1, 6, -8);
    Constant.assertIs(OnnxModels.opset(10).initializer("q", bytes).weights("s", new int[0], 0.5)
        .node("DequantizeLinear", "q, s -> y"), "y", 0.5, -1, 1.5, -2);
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).initializer("q", bytes)
        .weights("s", new int[] {3}, 1, 1, 1)
        .node("DequantizeLinear", "q, s -> d").node("Mul", "x, d -> y").node("DequantizeLinear", "x, s -> z")
        .output("y");
    assertRefused("it has 3 scales and 3 zero points for [2, 2], expected one of both", model, "y");
    assertRefused("has no constant integers", model, "z");
  }
}
