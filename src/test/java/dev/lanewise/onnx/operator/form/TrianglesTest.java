package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertJacobian;
import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;

import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One side of a diagonal, and running sums.
class TrianglesTest {

  @ParameterizedTest
  @CsvSource({"1, 0, 1 2 3 0 5 6", "1, 1, 0 2 3 0 0 6", "0, 0, 1 0 0 4 5 0", "0, -1, 0 0 0 4 0 0", "1, -9, 1 2 3 4 5 6",
      "0, -9223372036854775808, 0 0 0 0 0 0"})
  void oneSideOfADiagonalIsKept(int upper, long k, String expected) throws IOException {
    double[] numbers = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    OnnxModels model = OnnxModels.opset(14).input("x", "batch", 2, 3).integer("k", k)
        .node("Trilu", "x, k -> y", "upper", upper).output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3, 4, 5, 6), numbers);
    Constant.assertIs(OnnxModels.opset(14).integer("k", k)
        .initializer("i", OnnxModels.longs(ElementType.INT64, new int[] {2, 3}, 1, 2, 3, 4, 5, 6))
        .node("Trilu", "i, k -> t", "upper", upper), "t", numbers);
    Constant.assertIs(OnnxModels.opset(14).integer("k", k)
        .node("Constant", "-> c", "value", OnnxModels.floats(new int[] {2, 3}, 1, 2, 3, 4, 5, 6))
        .node("Trilu", "c, k -> t", "upper", upper), "t", numbers);
  }

  @Test
  void whatIsLeftOutMayBeInfiniteAndHasNoSlope() throws IOException {
    OnnxModels model = OnnxModels.opset(14).input("x", "batch", 2, 2).node("Log", "x -> log").node("Trilu", "log -> y")
        .weights("w", new int[] {2, 2}, 1, 2, 3, 4).node("Trilu", "w -> t", "upper", 0).node("Add", "x, t -> z")
        .node("Trilu", "row -> no").node("Squeeze", "x, one -> row").integers("one", 1).output("y");
    double inf = Double.NEGATIVE_INFINITY;
    assertValues(upTo(model, "log"), of(1, 1, 0, 1), 0, 0, inf, 0);
    assertValues(upTo(model, "y"), of(1, 1, 0, 1), 0, 0, 0, 0);
    assertValues(upTo(model, "z"), of(0, 0, 0, 0), 1, 0, 3, 4);
    assertJacobian(upTo(model, "y"), of(1, 2, 3, 4), 1, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.25);
    assertRefused("axis 0 of [B, 3] is the batch's", OnnxModels.opset(14).input("x", "batch", 3).node("Trilu", "x -> y")
        .output("y"), "y");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 1 3 6 10 15", "1, 0, 0 1 3 6 10", "0, 1, 15 14 12 9 5", "1, 1, 14 12 9 5 0"})
  void sumsRunForwardsOrBack(int exclusive, int reverse, String expected) throws IOException {
    double[] numbers = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    OnnxModels model = OnnxModels.opset(14).input("x", "batch", 5).integer("axis", -1)
        .node("CumSum", "x, axis -> y", "exclusive", exclusive, "reverse", reverse).output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3, 4, 5), numbers);
    Constant.assertIs(OnnxModels.opset(14).integer("axis", 0).integers("i", 1, 2, 3, 4, 5)
        .node("CumSum", "i, axis -> s", "exclusive", exclusive, "reverse", reverse), "s", numbers);
  }

  @Test
  void sumsRunAlongAnyAxisButTheBatchs() throws IOException {
    OnnxModels model = OnnxModels.opset(14).input("x", "batch", 2, 2).integer("one", 1).integer("zero", 0)
        .integers("both", 1, 2).node("CumSum", "x, one -> y").node("CumSum", "x, zero -> no")
        .node("CumSum", "x, both -> two").output("y");
    assertJacobian(upTo(model, "y"), of(1, 2, 3, 4), 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1);
    assertRefused("axis 0 of [B, 2, 2] is the batch's", model, "no");
    assertRefused("axis is [1, 2], expected one", model, "two");
    Constant.assertIs(OnnxModels.opset(14).integer("axis", 0)
        .initializer("i", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 1, 2, 3, 4))
        .node("CumSum", "i, axis -> s"), "s", 1, 2, 4, 6);
  }
}
