package dev.lanewise.onnx.operator.numeric;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertSlopes;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.format.ElementType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is true of constants and of what is computed, and what is chosen by it.
class ConditionsTest {

  private static final double[] NUMBERS = {-1, 0, 2, POSITIVE_INFINITY, NEGATIVE_INFINITY, NaN, 2, 5e-324};

  /// As Java compares.
  private static boolean isTrue(String operator, double a, double b) {
    return Map.of("Greater", a > b, "Less", a < b, "GreaterOrEqual", a >= b, "LessOrEqual", a <= b, "Equal", a == b)
        .get(operator);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Greater", "Less", "GreaterOrEqual", "LessOrEqual", "Equal"})
  void comparesAsJavaDoes(String operator) throws IOException {
    int n = NUMBERS.length;
    Network net = OnnxModels.opset(16).input("a", "batch", n, 1).input("b", "batch", 1, n)
        .node(operator, "a, b -> y").output("y", ElementType.BOOL).network();
    double[] both = new double[2 * n];
    System.arraycopy(NUMBERS, 0, both, 0, n);
    System.arraycopy(NUMBERS, 0, both, n, n);
    Tensor y = net.forward(Tensor.row(both));
    assertEquals(Shape.of(n, n), net.outputShape());
    for (int at = 0; at < n * n; at++) {
      double expected = isTrue(operator, NUMBERS[at / n], NUMBERS[at % n]) ? 1 : 0;
      assertEquals(expected, y.get(at), NUMBERS[at / n] + " " + operator + " " + NUMBERS[at % n]);
    }
  }

  @ParameterizedTest
  @CsvSource({"And, 1 0 0 0", "Or, 1 1 1 0", "Xor, 0 1 1 0"})
  void joinsConditions(String operator, String table) throws IOException {
    double[] expected = Arrays.stream(table.split(" ")).mapToDouble(Double::parseDouble).toArray();
    OnnxModels model = OnnxModels.opset(13).input("a", "batch", 4).input("b", "batch", 4).weights("zero", new int[0], 0)
        .initializer("known", OnnxModels.longs(ElementType.BOOL, new int[] {4}, 1, 1, 0, 0))
        .initializer("other", OnnxModels.longs(ElementType.BOOL, new int[] {4}, 1, 0, 1, 0))
        .node("Greater", "a, zero -> p").node("Greater", "b, zero -> q").node(operator, "p, q -> y")
        .node(operator, "known, q -> z").node(operator, "known, other -> c").node("Where", "c, a, zero -> w")
        .output("y");
    double[] ab = {1, 1, -1, -1, 1, NaN, 1, -2};
    assertValues(upTo(model, "y"), ab, expected);
    assertValues(upTo(model, "z"), of(1, NaN, 1, -2), expected);
    assertValues(upTo(model, "w"), of(1, 1, 1, 1), expected);
  }

  @Test
  void whatIsChosenHasTheSlopeAndWhatIsNotMayBeInfinite() throws IOException {
    OnnxModels model = OnnxModels.opset(16).input("x", "batch", 2)
        .initializer("mask", OnnxModels.longs(ElementType.BOOL, new int[] {1, 2}, 1, 0))
        .weights("far", new int[0], NEGATIVE_INFINITY).weights("w", new int[] {2}, 3, 4).weights("zero", new int[0], 0)
        .node("Where", "mask, x, far -> y").node("Mul", "x, w -> xw").node("Where", "mask, xw, x -> z")
        .node("Softmax", "y -> share").node("Less", "x, zero -> below").node("Not", "below -> above")
        .node("Where", "below, xw, x -> leaky").node("Where", "above, xw, x -> other")
        .node("Where", "mask, w, zero -> constant").node("Mul", "x, constant -> u").output("y");
    assertValues(upTo(model, "y"), of(5, 6), 5, NEGATIVE_INFINITY);
    assertSlopes(upTo(model, "y"), of(5, 6), 1, 0, 0, 0);
    assertSlopes(upTo(model, "share"), of(5, 6), 0, 0, 0, 0);
    assertSlopes(upTo(model, "z"), of(5, 6), 3, 0, 0, 1);
    assertSlopes(upTo(model, "leaky"), of(-5, 6), 3, 0, 0, 1);
    assertSlopes(upTo(model, "leaky"), of(0, 6), 1, 0, 0, 1);
    assertSlopes(upTo(model, "other"), of(0, -6), 3, 0, 0, 1);
    assertValues(upTo(model, "u"), of(5, 6), 15, 0);
    assertEquals(1, upTo(model, "u").parameters().count());
  }

  @Test
  void integersAreComparedAndChosenWhenTheFileIsRead() throws IOException {
    OnnxModels model = OnnxModels.opset(16).input("x", "batch", 3).integers("a", -1, 5, 2).integers("minus", -1)
        .integers("ones", 1, 1, 1).node("Equal", "a, minus -> open").node("Not", "open -> told")
        .node("Where", "open, ones, a -> shape").integers("last", 0).node("ReduceMax", "shape -> most", "keepdims", 0)
        .node("Pow", "x, most -> y").node("LessOrEqual", "a, ones -> few").node("Where", "few, x, zero -> z")
        .weights("zero", new int[0], 0).node("Where", "told, x, zero -> u").output("y");
    assertValues(upTo(model, "y"), of(1, 2, 3), 1, 32, 243);
    assertValues(upTo(model, "z"), of(1, 2, 3), 1, 0, 0);
    assertValues(upTo(model, "u"), of(1, 2, 3), 0, 2, 3);
  }

  @Test
  void numbersOfTheFileAreComparedEvenWhereTheyAreWeights() throws IOException {
    OnnxModels model = OnnxModels.opset(16).input("x", "batch", 3).weights("mask", new int[] {3}, 1, 0, NaN)
        .weights("zero", new int[0], 0).node("Equal", "mask, zero -> hidden").node("Where", "hidden, zero, x -> y")
        .node("IsNaN", "mask -> none").node("Where", "none, zero, x -> z").node("IsInf", "inf -> far")
        .weights("inf", new int[] {3}, POSITIVE_INFINITY, NEGATIVE_INFINITY, 1).node("Where", "far, zero, x -> u")
        .node("IsInf", "inf -> up", "detect_negative", 0).node("Where", "up, zero, x -> v")
        .node("IsNaN", "x -> w").output("y");
    assertValues(upTo(model, "y"), of(4, 5, 6), 4, 0, 6);
    assertValues(upTo(model, "z"), of(4, 5, 6), 4, 5, 0);
    assertValues(upTo(model, "u"), of(4, 5, 6), 0, 0, 6);
    assertValues(upTo(model, "v"), of(4, 5, 6), 0, 5, 6);
    double[] x = {4, NaN, POSITIVE_INFINITY};
    assertValues(upTo(model, "w"), x, 0, 1, 0);
    OnnxModels far = OnnxModels.opset(16).input("x", "batch", 4).node("IsInf", "x -> both")
        .node("IsInf", "x -> up", "detect_negative", 0).node("IsInf", "x -> down", "detect_positive", 0)
        .node("IsInf", "x -> none", "detect_positive", 0, "detect_negative", 0).output("both");
    double[] z = {4, NaN, POSITIVE_INFINITY, NEGATIVE_INFINITY};
    assertValues(upTo(far, "both"), z, 0, 0, 1, 1);
    assertValues(upTo(far, "up"), z, 0, 0, 1, 0);
    assertValues(upTo(far, "down"), z, 0, 0, 0, 1);
    assertValues(upTo(far, "none"), z, 0, 0, 0, 0);
  }

  @Test
  void refusesWhatIsNotSupported() {
    OnnxModels model = OnnxModels.opset(16).input("x", "batch", 2).weights("zero", new int[0], 0)
        .node("Greater", "x, zero -> c").node("Add", "c, x -> a").node("Where", "x, x, x -> b")
        .node("Where", "long, x, zero -> e")
        .initializer("long", OnnxModels.longs(ElementType.BOOL, new int[] {3, 1}, 1, 0, 1))
        .output("a");
    assertRefused("an operand is a condition on what is computed, expected numbers", model, "a");
    assertRefused("input 0 has numbers, expected true or false", model, "b");
    assertRefused("has one value for each sample of a batch of 3", model, "e");
  }
}
