package dev.lanewise.onnx.operator.form;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Writing into values at constant places.
class ScattersTest {

  private static void assertWritten(OnnxModels model, String value, double... expected) throws IOException {
    Network net = model.network(OnnxOptions.defaults().precision(Precision.DOUBLE).wholeSamples().output(value));
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
    assertArrayEquals(expected, net.forward(x).toDoubles(), 1e-12);
    GradCheck.of(net.layer(), net.parameters(), x).check();
  }

  private static OnnxModels model(long opset) {
    return OnnxModels.opset(opset).input("x", 2, 3)
        .initializer("at", OnnxModels.longs(ElementType.INT64, new int[] {2, 2}, 1, 0, -1, 1))
        .initializer("new", OnnxModels.floats(new int[] {2, 2}, 10, 20, 30, 40))
        .initializer("rows", OnnxModels.longs(ElementType.INT64, new int[] {1, 1}, 1))
        .initializer("row", OnnxModels.floats(new int[] {1, 3}, 7, 8, 9));
  }

  @Test
  void elementsAlongAnAxis() throws IOException {
    OnnxModels model = model(16).node("ScatterElements", "x, at, new -> y", "axis", 1)
        .node("ScatterElements", "new, at, x -> no").node("ScatterElements", "x, at, new -> sum", "reduction", "add")
        .node("Mul", "x, x -> square").integers("axes", 0, 1).integers("from", 0, 0).integers("to", 1, 1)
        .node("Slice", "square, from, to, axes -> product").node("ScatterElements", "x, rows, product -> computed")
        .output("y");
    assertWritten(model, "y", 20, 10, 3, 4, 40, 30);
    assertWritten(model, "computed", 1, 2, 3, 1, 5, 6);
    assertRefused("indices have dims [2, 2] and updates [2, 3], expected the same", model, "no");
    assertRefused("attribute reduction is \"add\", expected one of [none]", model, "sum");
    assertWritten(model(10).node("Scatter", "x, at, new -> y", "axis", 1).output("y"), "y", 20, 10, 3, 4, 40, 30);
  }

  @Test
  void partsByTheirFirstCoordinates() throws IOException {
    OnnxModels model = model(16).node("ScatterND", "x, rows, row -> y").node("ScatterND", "x, at, few -> z")
        .initializer("few", OnnxModels.floats(new int[] {2}, 10, 20)).node("ScatterND", "x, at, row -> no").output("y");
    assertWritten(model, "y", 1, 2, 3, 7, 8, 9);
    assertWritten(model, "z", 1, 2, 3, 10, 20, 6);
    assertRefused("indices have dims [2, 2] and updates [1, 3], expected tuples along the last axis", model,
        "no");
    assertRefused("input 0 is [B, 3], expected one without a batch", OnnxModels.opset(16).input("x", "batch", 3)
        .initializer("rows", OnnxModels.longs(ElementType.INT64, new int[] {1, 1}, 0))
        .initializer("row", OnnxModels.floats(new int[] {1, 3}, 7, 8, 9)).node("ScatterND", "x, rows, row -> y")
        .output("y"),
        "y");
  }

  @Test
  void constantsAreWrittenWhenTheFileIsRead() throws IOException {
    Constant.assertIs(OnnxModels.opset(16).integers("i", 1, 2, 3).integers("at", 2, 0, 2).integers("new", 7, 8, 9)
        .node("ScatterElements", "i, at, new -> y"), "y", 8, 2, 9);
  }
}
