package dev.lanewise.onnx.operator.numeric;

import static dev.lanewise.onnx.operator.numeric.Networks.assertJacobian;
import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertSlopes;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums and their like along axes, and what becomes of the batch's.
class ReductionsTest {

  /// Of 1, −2, 3.
  @ParameterizedTest
  @CsvSource({"ReduceSum, 2", "ReduceMean, 0.6666666666666666", "ReduceMax, 3", "ReduceMin, -2", "ReduceProd, -6",
      "ReduceL1, 6", "ReduceL2, 3.7416573867739413", "ReduceSumSquare, 14", "ReduceLogSum, 0.6931471805599453",
      "ReduceLogSumExp, 3.1328452337275756"})
  void isItsFormulaWithAxesAsAttributeOrInput(String operator, double expected) throws IOException {
    OnnxModels old = OnnxModels.opset(11).input("x", "batch", 3, 1).node(operator, "x -> y", "axes", new int[] {1})
        .output("y");
    OnnxModels now = OnnxModels.opset(18).input("x", "batch", 3, 1).integers("axes", -2)
        .node(operator, "x, axes -> y", "keepdims", 0).output("y");
    assertValues(upTo(old, "y"), of(1, -2, 3), expected);
    assertValues(upTo(now, "y"), of(1, -2, 3), expected);
    assertEquals(Shape.of(1, 1), upTo(old, "y").outputShape());
    assertEquals(Shape.of(1), upTo(now, "y").outputShape());
    Network net = upTo(now, "y");
    GradCheck.of(net.layer(), net.parameters(), Tensor.of(new double[] {1, -2, 3}, 1, 3, 1)).check();
  }

  @Test
  void theBatchKeepsItsPlaceAmongTheAxesThatAreLeft() throws IOException {
    OnnxOptions options = OnnxOptions.defaults().precision(Precision.DOUBLE);
    OnnxModels over = OnnxModels.opset(13).input("x", "batch", 3).node("ReduceSum", "x -> y").output("y");
    assertRefused("the batch's", over, "y");
    Network a = OnnxModels.opset(13).input("x", "batch", 2, 3).integers("axes", 1, 2)
        .node("ReduceMax", "x -> y", "axes", new int[] {-1, -2}, "keepdims", 0).output("y").network(options);
    assertEquals(Shape.of(1), a.outputShape());
    assertValues(a, of(1, 2, 3, 4, 5, 6, 9, 8, 7, 6, 5, 4), 6, 9);
  }

  @Test
  void withoutAxesItGoesOverAllUnlessAskedToDoNothing() throws IOException {
    OnnxModels model = OnnxModels.opset(18).input("x", 2, 2).integers("none")
        .node("ReduceSum", "x -> all").node("ReduceMean", "x, none -> same", "noop_with_empty_axes", 1)
        .node("ReduceMean", "x, none -> mean", "keepdims", 0).node("ReduceSum", "mean -> number")
        .node("ReduceL1", "mean -> size").node("ReduceL2", "x -> norm", "noop_with_empty_axes", 1).output("all");
    OnnxOptions whole = OnnxOptions.defaults().precision(Precision.DOUBLE).wholeSamples();
    Network all = model.network(whole);
    assertEquals(Shape.of(1, 1), all.outputShape());
    assertValues(all, of(1, 2, 3, 4), 10);
    assertValues(model.network(whole.output("same")), of(1, 2, 3, 4), 1, 2, 3, 4);
    assertValues(model.network(whole.output("number")), of(1, 2, 3, 4), 2.5);
    assertValues(model.network(whole.output("size")), of(1, -2, -3, -4), 2);
    assertRefused("noop_with_empty_axes is 1 and there are no axes, expected axes", model, "norm");
  }

  @Test
  void theNormOfZeroHasNoSlopeAndSquaresOfNothingDoNotSpoilIt() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2).node("ReduceL2", "x -> y", "axes", new int[] {1})
        .output("y");
    assertValues(upTo(model, "y"), of(0, 0, 3, 4), 0, 5);
    assertSlopes(upTo(model, "y"), of(0, 0), 0, 0);
    assertJacobian(upTo(model, "y"), of(3, 4), 0.6, 0.8);
    assertEquals(Double.NaN, upTo(model, "y").forward(Tensor.row(Double.NaN, 1.0)).get(0));
  }

  @Test
  void equalElementsShareTheSlope() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3).node("ReduceMax", "x -> y", "axes", new int[] {1})
        .output("y");
    assertSlopes(upTo(model, "y"), of(5, 1, 5), 0.5, 0, 0.5);
  }

  @Test
  void integersAreReducedWhenTheFileIsRead() throws IOException {
    OnnxModels model = OnnxModels.opset(18).input("x", "batch", 1)
        .initializer("i", OnnxModels.longs(ElementType.INT64, new int[] {2, 3}, 1, 2, 3, 4, 5, 6))
        .integers("rows", 0).integers("columns", 1).integers("none").node("ReduceSum", "i, columns -> sums")
        .node("ReduceProd", "sums -> product", "keepdims", 0).node("ReduceMin", "i, rows -> least", "keepdims", 0)
        .node("ReduceMax", "least, rows -> three", "keepdims", 0).node("Mul", "x, x -> z")
        .node("Pow", "x, three -> y").node("Pow", "x, product -> big").node("ReduceMean", "i -> mean")
        .node("Pow", "x, mean -> no").node("ReduceSum", "i, twice -> bad").integers("twice", 1, -1)
        .node("Pow", "x, bad -> bad1").output("y");
    assertValues(upTo(model, "y"), of(2), 8);
    assertValues(upTo(model, "big"), of(2), 0x1p90);
    assertRefused("ReduceMean, opset 18): operand has integers", model, "no");
    assertRefused("axes are [1, -1], expected each once", model, "bad1");
  }
}
