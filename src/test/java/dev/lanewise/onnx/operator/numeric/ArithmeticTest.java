package dev.lanewise.onnx.operator.numeric;

import static dev.lanewise.onnx.operator.numeric.Networks.assertJacobian;
import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertSlopes;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Operators of several operands: which of them are constants, shapes that broadcast, what is computed when the file is
/// read.
class ArithmeticTest {

  private static OnnxModels model() {
    return OnnxModels.opset(13).input("x", "batch", 2).weights("c", new int[0], 4).weights("one", new int[] {1, 1}, 1)
        .weights("w", new int[] {2}, 2, 8);
  }

  @ParameterizedTest
  @CsvSource({
      "Add, 'x, c', 7, 3", "Add, 'c, x', 7, 3", "Add, 'x, w', 5, 7", "Sub, 'x, c', -1, -5", "Sub, 'c, x', 1, 5",
      "Sub, 'w, x', -1, 9", "Mul, 'x, c', 12, -4", "Mul, 'w, x', 6, -8", "Div, 'x, c', 0.75, -0.25",
      "Div, 'c, x', 1.3333333333333333, -4", "Div, 'one, x', 0.3333333333333333, -1", "Div, 'x, w', 1.5, -0.125",
      "Min, 'x, c', 3, -1", "Max, 'c, x', 4, 4", "Max, 'x, w, c', 4, 8", "Min, 'x', 3, -1", "Sum, 'x, w, c', 9, 11",
      "Sum, 'c, c, x', 11, 7", "Mean, 'x, w, c, x', 3, 2.5", "Mean, 'c, c, x', 3.6666666666666665, 2.3333333333333335",
      "Pow, 'x, c', 81, 1", "Pow, 'x, one', 3, -1", "Pow, 'c, x', 64, 0.25"})
  void takesConstantsOnEitherSide(String operator, String operands, double first, double second) throws IOException {
    Network net = upTo(model().node(operator, operands + " -> y").output("y"), "y");
    assertValues(net, of(3, -1), first, second);
    assertEquals(Shape.of(2), net.outputShape());
    GradCheck.of(net.layer(), net.parameters(), Tensor.row(3.0, -1.0)).check();
  }

  @ParameterizedTest
  @CsvSource({"1, 3, 1", "2, 9, 6", "3, 27, 27", "4, 81, 108", "-1, 0.3333333333333333, -0.1111111111111111",
      "0.5, 1.7320508075688772, 0.28867513459481287", "0, 1, 0", "5, 243, 405", "-2, 0.1111111111111111, "
      + "-0.07407407407407407"})
  void powersBySmallExponentsAreProducts(float exponent, double value, double slope) throws IOException {
    OnnxModels model = OnnxModels.opset(15).input("x", "batch", 1).weights("p", new int[] {1}, exponent)
        .node("Pow", "x, p -> y").output("y");
    assertValues(upTo(model, "y"), of(3), value);
    assertJacobian(upTo(model, "y"), of(3), slope);
  }

  @Test
  void severalExponentsAreEachTakenWhereTheyStand() throws IOException {
    OnnxModels model = OnnxModels.opset(15).input("x", "batch", 1).weights("raw", new int[] {4}, 3, 0.5, 2, 3)
        .node("Neg", "raw -> n").node("Constant", "-> p", "value", OnnxModels.floats(new int[] {4}, 3, 0.5, 2, 3))
        .node("Pow", "x, p -> y").integers("i", 2, 2).node("Pow", "x, i -> z").node("Pow", "x, raw -> w").output("y");
    assertValues(upTo(model, "y"), of(4), 64, 2, 16, 64);
    assertJacobian(upTo(model, "y"), of(4), 48, 0.25, 8, 48);
    assertSlopes(upTo(model, "y"), of(0), 0, Double.POSITIVE_INFINITY, 0, 0);
    assertValues(upTo(model, "z"), of(4), 16, 16);
    assertRefused("both operands are computed, expected constants as exponents", model, "w");
  }

  @Test
  void beforeVersionSevenShapesBroadcastWhereTheyAreAskedTo() throws IOException {
    OnnxModels model = OnnxModels.opset(6).input("x", "batch", 2, 2).weights("w", new int[] {2}, 10, 20)
        .node("Add", "x, w -> rows", "broadcast", 1).node("Add", "x, w -> columns", "broadcast", 1, "axis", 1)
        .node("PRelu", "x, w -> slopes").output("rows");
    assertValues(upTo(model, "rows"), of(1, 2, 3, 4), 11, 22, 13, 24);
    assertValues(upTo(model, "columns"), of(1, 2, 3, 4), 11, 12, 23, 24);
    assertValues(upTo(model, "slopes"), of(-1, -2, -3, -4), -10, -20, -60, -80);
  }

  @Test
  void shapesBroadcastAroundTheBatch() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 2, 1).weights("row", new int[] {3}, 1, 2, 3)
        .weights("deep", new int[] {1, 1, 2, 1}, 10, 20).weights("each", new int[] {2, 1, 1}, 0, 0)
        .node("Add", "x, row -> wide").node("Mul", "wide, wide -> y").node("Add", "x, deep -> deeper")
        .node("Add", "x, each -> mixed").output("y");
    Network net = upTo(model, "y");
    assertValues(net, of(1, 2, 3, 4), 4, 9, 16, 9, 16, 25, 16, 25, 36, 25, 36, 49);
    assertEquals(Shape.of(2, 3), net.outputShape());
    Network deeper = upTo(model, "deeper");
    assertValues(deeper, of(1, 2), 11, 22);
    assertEquals(Shape.of(1, 2, 1), deeper.outputShape());
    assertRefused("an operand of shape [2, 1, 1] has one value for each sample of a batch of 2 along axis 0", model,
        "mixed");
  }

  @Test
  void quotientsByNumbersNearTheEdgesAreQuotients() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 1)
        .initializer("small", OnnxModels.doubles(new int[0], 1e-310)).node("Div", "x, small -> y").output("y");
    assertValues(upTo(model, "y"), of(3e-310), 3e-310 / 1e-310);
  }

  @Test
  void equalOperandsShareTheSlope() throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("a", "batch", 1).input("b", "batch", 1).node("Max", "a, b -> y")
        .output("y");
    assertSlopes(upTo(model, "y"), of(2, 2), 0.5, 0.5);
  }

  /// Exponents of 2, so that what they are is seen.
  private static double folded(String operator, long a, long b, ElementType type, Object... attributes)
      throws IOException {
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 1)
        .initializer("a", OnnxModels.longs(type, new int[0], a))
        .initializer("b", OnnxModels.longs(type, new int[0], b)).node(operator, "a, b -> c", attributes)
        .node("Pow", "x, c -> y").output("y");
    Network net = upTo(model, "y");
    return Math.log(net.forward(Tensor.row(2.0)).get(0)) / Math.log(2);
  }

  @Test
  void integersAreComputedWhenTheFileIsReadAndRoundedToTheirType() throws IOException {
    ElementType wide = ElementType.INT64;
    assertEquals(5, folded("Add", 2, 3, wide), 1e-12);
    assertEquals(-3, folded("Div", -7, 2, wide), 1e-12);
    assertEquals(1, folded("Mod", -7, 2, wide), 1e-12);
    assertEquals(-1, folded("Mod", -7, 2, wide, "fmod", 1), 1e-12);
    assertEquals(9, folded("Pow", 3, 2, wide), 1e-12);
    assertEquals(-7, folded("Min", -7, 2, wide), 1e-12);
    assertEquals(6, folded("Sum", 3, 3, wide), 1e-12);
    assertEquals(-56, folded("Mul", 100, 2, ElementType.INT8), 1e-12);
    assertEquals(44, folded("Add", 200, 100, ElementType.UINT8), 1e-12);
    assertEquals(-1, folded("Sub", 2, 3, wide), 1e-12);
  }

  @Test
  void numbersAreComputedWhenTheFileIsRead() throws IOException {
    OnnxModels model = model().node("Sqrt", "c -> root").node("Div", "one, root -> half").node("Mul", "half, half -> p")
        .node("Pow", "p, root -> q").node("Sub", "q, half -> r").node("Pow", "x, r -> y").output("y");
    assertValues(upTo(model, "y"), of(2, 4), Math.pow(2, 0.0625 - 0.5), Math.pow(4, 0.0625 - 0.5));
  }

  @Test
  void refusesWhatIsNotSupported() {
    OnnxModels model = model().node("Pow", "x, x -> a").node("Pow", "x, w -> b").node("Mod", "x, c -> c1")
        .integer("i", 3).integer("zero", 0).node("Add", "x, i -> d").node("Div", "i, zero -> e")
        .node("Pow", "x, e -> f").node("Add", "x, c -> g", "broadcast", 1).node("Pow", "i, i -> h")
        .node("Sum", "x, h, -> k").output("a");
    assertRefused("Pow, opset 13): both operands are computed", model, "a");
    assertRefused("expected constants as exponents, or one number above 0 as the base", model, "b");
    assertRefused("Mod, opset 13): operands are computed", model, "c1");
    assertRefused("an operand has integers, expected floating numbers", model, "d");
    assertRefused("Div, opset 13): / by zero", model, "f");
    assertRefused("attribute broadcast is not supported", model, "g");
    assertRefused("input 2 is left out, expected one", model, "k");
  }
}
