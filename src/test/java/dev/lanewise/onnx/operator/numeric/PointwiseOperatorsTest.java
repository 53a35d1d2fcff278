package dev.lanewise.onnx.operator.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.UnsupportedOnnxException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Functions and activations against their formulas, slopes against differences, and at kinks against PyTorch's.
class PointwiseOperatorsTest {

  private static final double[] POINTS =
      {-40, -3.5, -3.1, -2.6, -1.2, -0.6, -0.3, -0.02, 0.02, 0.2, 0.4, 0.7, 1.4, 2.7, 3.3, 6.5, 40};

  /// @param kinks the slope at points where differences would not tell it
  record Row(String operator, int opset, Object[] attributes, DoubleUnaryOperator formula, double[] points,
      Map<Double, Double> kinks) {

    Row(String operator, int opset, DoubleUnaryOperator formula, Object... attributes) {
      this(operator, opset, attributes, formula, POINTS, Map.of());
    }

    Row at(double... others) {
      return new Row(operator, opset, attributes, formula, others, kinks);
    }

    Row kinks(Object... pairs) {
      return new Row(operator, opset, attributes, formula, points, pairs.length == 2
          ? Map.of((Double) pairs[0], (Double) pairs[1])
          : Map.of((Double) pairs[0], (Double) pairs[1], (Double) pairs[2], (Double) pairs[3]));
    }

    @Override
    public String toString() {
      return operator + " " + Arrays.toString(attributes) + " " + opset;
    }
  }

  static Stream<Row> functions() {
    return Stream.of(
        new Row("Neg", 13, x -> -x), new Row("Abs", 13, Math::abs).kinks(0.0, 0.0),
        new Row("Sqrt", 13, Math::sqrt).at(0.25, 2, 1e6), new Row("Exp", 13, Math::exp).at(-40, -1, 0, 3),
        new Row("Log", 13, Math::log).at(1e-3, 1, 7), new Row("Reciprocal", 13, x -> 1 / x).at(-4, -0.5, 0.5, 3),
        new Row("Sin", 7, Math::sin), new Row("Cos", 7, Math::cos), new Row("Tan", 7, Math::tan).at(-1, 0, 0.5, 4),
        new Row("Asin", 7, Math::asin).at(-0.9, 0, 0.5), new Row("Acos", 7, Math::acos).at(-0.9, 0, 0.5),
        new Row("Atan", 7, Math::atan), new Row("Sinh", 9, Math::sinh).at(-3, 0, 2),
        new Row("Cosh", 9, Math::cosh).at(-3, 0, 2),
        new Row("Asinh", 9, x -> Math.log(x + Math.sqrt(x * x + 1))).at(-2, 0, 0.5, 3),
        new Row("Acosh", 9, x -> Math.log(x + Math.sqrt(x * x - 1))).at(1.5, 3, 20),
        new Row("Atanh", 9, x -> Math.log((1 + x) / (1 - x)) / 2).at(-0.9, 0, 0.5),
        new Row("Erf", 13, x -> x == 0 ? 0 : x == 0.5 ? 0.5204998778130465 : -0.8427007929497149)
            .at().kinks(0.5, 2 / Math.sqrt(Math.PI) * Math.exp(-0.25), -1.0, 2 / Math.sqrt(Math.PI * Math.E * Math.E)),
        new Row("Sign", 13, Math::signum).kinks(0.0, 0.0),
        new Row("Floor", 13, Math::floor).at(-2.4, 0.3).kinks(-2.0, 0.0),
        new Row("Ceil", 13, Math::ceil).at(-2.4, 0.3).kinks(2.0, 0.0),
        new Row("Round", 11, Math::rint).at(-2.4, 0.7).kinks(2.5, 0.0, -1.5, 0.0));
  }

  private static double expm1(double x) {
    return Math.expm1(x);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  private static double selu(double x, double alpha, double gamma) {
    return gamma * (x > 0 ? x : alpha * expm1(x));
  }

  private static double tanhGelu(double x) {
    return x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x));
  }

  static Stream<Row> activations() {
    return Stream.of(
        new Row("Relu", 14, x -> Math.max(x, 0)).kinks(0.0, 0.0),
        new Row("Sigmoid", 13, x -> sigmoid(x)), new Row("Tanh", 13, Math::tanh),
        new Row("Softplus", 9, x -> softplus(x)), new Row("Mish", 18, x -> x * Math.tanh(softplus(x))),
        new Row("Softsign", 9, x -> x / (1 + Math.abs(x))).kinks(0.0, 1.0),
        new Row("LeakyRelu", 6, x -> x > 0 ? x : 0.01 * x).kinks(0.0, 0.01),
        new Row("LeakyRelu", 16, x -> x > 0 ? x : 0.3 * x, "alpha", 0.3).kinks(0.0, 0.3),
        new Row("LeakyRelu", 16, x -> x > 0 ? x : -1.5 * x, "alpha", -1.5).kinks(0.0, -1.5),
        new Row("ThresholdedRelu", 10, x -> x > 1 ? x : 0).kinks(1.0, 0.0),
        new Row("ThresholdedRelu", 10, x -> x > -2 ? x : 0, "alpha", -2.0).kinks(-2.0, 0.0),
        new Row("Elu", 6, x -> x > 0 ? x : expm1(x)).kinks(0.0, 1.0),
        new Row("Elu", 6, x -> x > 0 ? x : 0.4 * expm1(x), "alpha", 0.4).kinks(0.0, 0.4),
        new Row("Selu", 6, x -> selu(x, 1.6732632423543772, 1.0507009873554805)).kinks(0.0, 1.7580993408473766),
        new Row("Selu", 6, x -> selu(x, 2, 3), "alpha", 2.0, "gamma", 3.0).kinks(0.0, 6.0),
        new Row("Celu", 12, x -> x > 0 ? x : expm1(x)).kinks(0.0, 1.0),
        new Row("Celu", 12, x -> x > 0 ? x : 2 * expm1(x / 2), "alpha", 2.0).kinks(0.0, 1.0),
        new Row("Celu", 12, x -> x > 0 ? x : -8 * expm1(x / -8), "alpha", -8.0).kinks(0.0, 1.0),
        new Row("Gelu", 20, x -> tanhGelu(x), "approximate", "tanh").kinks(0.0, 0.5, -1e200, 0.0),
        new Row("HardSigmoid", 6, x -> Math.clamp(0.2 * x + 0.5, 0, 1)).kinks(-2.5, 0.0, 2.5, 0.0),
        new Row("HardSigmoid", 6, x -> Math.clamp(x / 6 + 0.5, 0, 1), "alpha", 1.0 / 6).kinks(-3.0, 0.0, 3.0, 0.0),
        new Row("HardSwish", 14, x -> x * Math.clamp(x / 6 + 0.5, 0, 1)).kinks(-3.0, -0.5, 3.0, 1.5),
        new Row("Shrink", 9, x -> x < -0.5 ? x : x > 0.5 ? x : 0).kinks(-0.5, 0.0, 0.5, 0.0),
        new Row("Shrink", 9, x -> x < -1 ? x + 0.25 : x > 1 ? x - 0.25 : 0, "lambd", 1.0, "bias", 0.25)
            .kinks(-1.0, 0.0, 1.0, 0.0),
        new Row("Clip", 6, x -> Math.clamp(x, -1, 3), "min", -1.0, "max", 3.0).kinks(-1.0, 1.0, 3.0, 1.0),
        new Row("Clip", 6, x -> Math.max(x, 0.5), "min", 0.5).kinks(0.5, 1.0),
        new Row("Clip", 6, x -> Math.min(x, 0.5), "max", 0.5).kinks(0.5, 1.0),
        new Row("Clip", 6, x -> 1, "min", 3.0, "max", 1.0));
  }

  @ParameterizedTest
  @MethodSource({"functions", "activations"})
  void isItsFormulaAndItsSlope(Row row) throws IOException {
    double[] points = Stream.concat(Arrays.stream(row.points).boxed(), row.kinks.keySet().stream())
        .mapToDouble(x -> x).toArray();
    Network net = OnnxModels.opset(row.opset).input("x", "batch", points.length)
        .node(row.operator, "x -> y", row.attributes).output("y").network();
    Tensor x = Tensor.row(points);
    Tensor y = net.forward(x);
    double[] pushed = Jacobians.valueAndJvp(net.layer(), net.parameters(), x, ones(points)).tangent().toDoubles();
    double[] pulled = Jacobians.valueAndVjp(net.layer(), net.parameters(), x, ones(points)).xBar().toDoubles();
    for (int at = 0; at < points.length; at++) {
      double p = points[at];
      double value = row.formula.applyAsDouble(p);
      assertEquals(value, y.get(at), 2e-14 * Math.max(1e-9, Math.abs(value)), row + " at " + p);
      double h = p == 0 ? 1e-6 : 1e-5 * Math.min(1, Math.abs(p));
      double slope = row.kinks.containsKey(p) ? row.kinks.get(p)
          : (row.formula.applyAsDouble(p + h) - row.formula.applyAsDouble(p - h)) / (2 * h);
      double tolerance = row.kinks.containsKey(p) ? 1e-12 : 1e-8;
      assertEquals(slope, pushed[at], tolerance * Math.max(1, Math.abs(slope)), row + " slope at " + p);
      assertEquals(pushed[at], pulled[at], 1e-14 * Math.max(1, Math.abs(slope)), row + " pull at " + p);
    }
  }

  private static Tensor ones(double[] like) {
    Tensor ones = Tensor.row(like.clone());
    ones.fill(1);
    return ones;
  }

  @Test
  void whatIsNoNumberStaysNone() throws IOException {
    for (Row row : activations().toList()) {
      if (!row.operator.equals("ThresholdedRelu") && !row.operator.equals("Shrink")) { // false, and so 0, as in ONNX
        Network net = OnnxModels.opset(row.opset).input("x", "batch", 1)
            .node(row.operator, "x -> y", row.attributes).output("y").network();
        assertTrue(Double.isNaN(net.forward(Tensor.row(Double.NaN)).get(0)), row.toString());
      }
    }
  }

  @Test
  void exactGeluIsTheFusedOne() throws IOException {
    Network net = OnnxModels.opset(20).input("x", "batch", 2).node("Gelu", "x -> y").output("y").network();
    Tensor y = net.forward(Tensor.row(1.0, -0.5));
    assertEquals(0.8413447460685429, y.get(0), 1e-15);
    assertEquals(-0.15426876936299344, y.get(1), 1e-15);
    refused("approximate is \"exact\", expected one of [none, tanh]",
        OnnxModels.opset(20).input("x", "batch", 2).node("Gelu", "x -> y", "approximate", "exact").output("y"));
  }

  @Test
  void preluTakesASlopeForEachChannelOrOne() throws IOException {
    Network each = OnnxModels.opset(16).input("x", "batch", 2, 2).weights("slope", new int[] {2, 1}, 0.5, -2)
        .node("PRelu", "x, slope -> y").output("y").network();
    Tensor x = Tensor.of(new double[] {-1, 3, -4, 0}, 1, 2, 2);
    assertEquals(1, each.parameters().count());
    Tensor y = each.forward(x);
    assertEquals("[-0.5, 3.0, 8.0, 0.0]", Arrays.toString(y.toDoubles()).replace("-0.0", "0.0"));
    Tensor jacobian = Jacobians.jacobian(each.layer(), each.parameters(), x);
    assertEquals(-2, jacobian.get(15), "at 0 the slope from below");
    Network one = OnnxModels.opset(16).input("x", "batch", 2, 2).weights("slope", new int[] {1}, 0.25)
        .node("PRelu", "x, slope -> y").output("y").network();
    assertEquals(-1, one.forward(x).get(2));
  }

  @Test
  void boundsAreInputsSinceVersionEleven() throws IOException {
    Tensor x = Tensor.row(-2.0, 0.5, 7.0);
    OnnxModels model = OnnxModels.opset(13).input("x", "batch", 3).weights("low", new int[0], -1)
        .weights("high", new int[0], 5);
    Network both = model.node("Clip", "x, low, high -> y").node("Clip", "x, , high -> top")
        .node("Clip", "x, low -> bottom").node("Clip", "x -> none").node("Neg", "high -> lower")
        .node("Clip", "x, high, low -> crossed").node("Concatenated", "x -> unused").output("y").network();
    assertEquals("[-1.0, 0.5, 5.0]", Arrays.toString(both.forward(x).toDoubles()));
    assertEquals("[-2.0, 0.5, 5.0]", Arrays.toString(read(model, "top").forward(x).toDoubles()));
    assertEquals("[-1.0, 0.5, 7.0]", Arrays.toString(read(model, "bottom").forward(x).toDoubles()));
    assertEquals("[-2.0, 0.5, 7.0]", Arrays.toString(read(model, "none").forward(x).toDoubles()));
    assertEquals("[-1.0, -1.0, -1.0]", Arrays.toString(read(model, "crossed").forward(x).toDoubles()));
    OnnxModels asInput = OnnxModels.opset(13).input("x", "batch", 3).input("high", "batch", 1)
        .node("Clip", "x, , high -> y").output("y");
    String message = assertThrows(UnsupportedOnnxException.class,
        () -> asInput.network(OnnxOptions.defaults().inputs("x"))).getMessage();
    assertTrue(message.contains("neither a part of x nor fixed, expected one of both"), message);
    Network computed = asInput.network();
    assertEquals("[-2.0, 0.5, 3.0]", Arrays.toString(computed.forward(Tensor.row(-2.0, 0.5, 7.0, 3.0)).toDoubles()));
  }

  private static Network read(OnnxModels model, String output) throws IOException {
    return model.network(OnnxOptions.defaults().precision(Precision.DOUBLE)
        .output(output));
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    refused("alpha is 0.0, expected another number",
        OnnxModels.opset(12).input("x", "batch", 1).node("Celu", "x -> y", "alpha", 0.0).output("y"));
    refused("attribute beta is not supported",
        OnnxModels.opset(12).input("x", "batch", 1).node("Elu", "x -> y", "beta", 0.0).output("y"));
    refused("attribute alpha is of kind INT, expected FLOAT",
        OnnxModels.opset(12).input("x", "batch", 1).node("Elu", "x -> y", "alpha", 1).output("y"));
    refused("input bounds has shape [2], expected one number", OnnxModels.opset(12).input("x", "batch", 1)
        .weights("bounds", new int[] {2}, 0, 1).node("Clip", "x, bounds -> y").output("y"));
  }

  private static void refused(String fault, OnnxModels model) {
    String message = assertThrows(UnsupportedOnnxException.class, model::network).getMessage();
    assertTrue(message.contains(fault), message);
  }
}
