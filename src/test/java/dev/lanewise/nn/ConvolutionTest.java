package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.GoldenCase;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.ops.Window;
import dev.lanewise.testkit.GradCheck;
import dev.lanewise.testkit.GradReport;
import dev.lanewise.testkit.LayerContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class ConvolutionTest {

  /// Every convolution of `convolution.json`: value, push, pull, Jacobian by both modes, gradients.
  @TestFactory
  Stream<DynamicTest> reference() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode c : Golden.read("convolution.json")) {
      String kind = c.get("kind").asString();
      if (!kind.equals("conv2d") && !kind.equals("conv1d")) {
        continue;
      }
      for (Precision precision : Precision.values()) {
        tests.add(dynamicTest(tests.size() / 2 + " " + kind + " " + precision, () -> check(c, precision)));
      }
    }
    assertEquals(14, tests.size(), "cases");
    return tests.stream();
  }

  /// Every case of `conv2d.json`: value, Jacobian by both modes, gradients.
  @TestFactory
  Stream<DynamicTest> squares() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode c : Golden.read("conv2d.json")) {
      for (Precision precision : Precision.values()) {
        tests.add(dynamicTest(tests.size() / 2 + " " + precision, () -> checkSquare(c, precision)));
      }
    }
    return tests.stream();
  }

  private static void checkSquare(JsonNode c, Precision precision) {
    int[] dims = dims(c.get("x"));
    int[] kernel = dims(c.get("kernel"));
    Window window = Window.of(kernel[2], kernel[3]).withStride(c.get("stride").asInt())
        .withPadding(c.get("padding").asInt());
    Conv2d layer = new Conv2d(kernel[1], kernel[0], window);
    Parameters theta = Parameters.zeros(layer.parameters(), precision);
    theta.get(0).copyFrom(Golden.tensor(precision, c.get("kernel"), kernel), 0);
    theta.get(1).copyFrom(Golden.tensor(precision, c.get("bias"), kernel[0]), 0);
    Tensor x = Golden.tensor(precision, c.get("x"), 1, dims[0], dims[1], dims[2]);
    int[] output = layer.outputShape(x.shape()).toArray();
    var pulled = Jacobians.valueAndVjp(layer, theta, x, Golden.tensor(precision, c.get("u"), output));
    Golden.assertClose(c.get("y"), pulled.value(), "y");
    Golden.assertClose(c.get("kernel_gradient"), pulled.thetaBar().get("weight"), "gradient by the kernel");
    Golden.assertClose(c.get("bias_gradient"), pulled.thetaBar().get("bias"), "gradient by the bias");
    for (Mode mode : Mode.values()) {
      for (int chunk : new int[] {1, 2, 3, 7, x.size()}) {
        Golden.assertClose(c.get("jacobian_flat"), Jacobians.jacobian(layer, theta, x, mode, chunk),
            mode + " chunk " + chunk);
      }
    }
  }

  private static int[] dims(JsonNode values) {
    List<Integer> dims = new ArrayList<>();
    for (JsonNode node = values; node.isArray(); node = node.get(0)) {
      dims.add(node.size());
    }
    return dims.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void check(JsonNode c, Precision precision) {
    int[] x = dims(c.get("x"));
    int[] weight = dims(c.get("parameters").get("weight"));
    if (x.length == 3) {
      Window window = Window.of(weight[2], weight[3])
          .withStride(c.get("stride").get(0).asInt(), c.get("stride").get(1).asInt())
          .withPadding(c.get("padding").get(0).asInt(), c.get("padding").get(1).asInt())
          .withDilation(c.get("dilation").get(0).asInt(), c.get("dilation").get(1).asInt());
      Layer layer = new Conv2d(x[0], weight[0], window).withGroups(c.get("groups").asInt());
      GoldenCase.of(c, layer, precision, 1, x[0], x[1], x[2]).check();
    } else {
      Window window = Window.line(weight[2]).withStride(c.get("stride").asInt())
          .withPadding(c.get("padding").asInt()).withDilation(c.get("dilation").asInt());
      GoldenCase.of(c, new Conv1d(x[0], weight[0], window), precision, 1, x[0], x[1]).check();
    }
  }

  @TestFactory
  Stream<DynamicTest> laws() {
    List<LayerContract> contracts = new ArrayList<>();
    for (Activation phi : Activation.values()) {
      contracts.add(LayerContract.of(new Conv2d(2, 3, Window.of(3, 2).withPadding(1), phi), Shape.of(2, 4, 3)));
    }
    contracts.add(LayerContract.of(new Conv2d(3, 4, Window.of(1), Activation.TANH), Shape.of(3, 3, 5)));
    contracts.add(
        LayerContract.of(new Conv2d(4, 6, Window.of(2, 3).withStride(2, 1).withPadding(1), Activation.SOFTPLUS)
        .withGroups(2).withoutBias(), Shape.of(4, 4, 5)));
    contracts.add(LayerContract.of(new Conv2d(3, 3, Window.of(3).withDilation(2).withPadding(2)).withGroups(3),
        Shape.of(3, 5, 4)));
    contracts.add(LayerContract.of(new Conv2d(2, 3, Window.of(3, 4), Activation.GELU), Shape.of(2, 3, 4)));
    contracts.add(LayerContract.of(new Conv1d(3, 5, Window.line(3).withStride(2).withPadding(1), Activation.SILU),
        Shape.of(3, 7)));
    contracts.add(LayerContract.of(new Conv1d(2, 2, Window.line(2).withDilation(3)), Shape.of(2, 6)));
    contracts.add(LayerContract.of(Sequential.of(new Conv2d(1, 3, Window.of(3).withPadding(1), Activation.TANH),
        new Conv2d(3, 2, Window.of(2).withStride(2), Activation.SIGMOID)), Shape.of(1, 4, 4)));
    return contracts.stream().flatMap(contract -> contract.laws().stream()
        .map(law -> dynamicTest(law.name() + " of " + contract.layer(), law::check)));
  }

  @Test
  void derivativesOfANetworkAgreeWithEachOtherAndWithDifferences() {
    Layer network = Sequential.of(new Conv2d(2, 4, Window.of(3).withPadding(1), Activation.SILU), AvgPool2d.of(2),
        new Conv2d(4, 4, Window.of(2).withStride(2), Activation.TANH).withGroups(2), new Flatten(), new Dense(16, 3));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.DOUBLE, 3);
    Tensor x = Tensor.zeros(Precision.DOUBLE, 2, 2, 8, 8);
    for (int at = 0; at < x.size(); at++) {
      x.set(at, Math.sin(0.7 * at));
    }
    GradReport report = GradCheck.of(network, theta, x).report();
    assertTrue(report.isKept(), report.toString());
  }

  @Test
  void aPreparedJacobianRefusesImagesOfAnotherSize() {
    Layer network = new Conv2d(1, 2, Window.of(3));
    Parameters theta = Parameters.initialize(network.parameters(), Precision.FLOAT, 1);
    PreparedJacobian prepared = PreparedJacobian.of(network, theta, Shape.of(1, 1, 8, 8), JacobianOptions.defaults());
    assertThrows(IllegalArgumentException.class, () -> prepared.at(
        Tensor.zeros(Precision.FLOAT, 1, 1, 8, 9), Tensor.zeros(Precision.FLOAT, 1, 2, 6, 6),
        Tensor.zeros(Precision.FLOAT, 72, 64)));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused("Conv2d: in=4, out=6 in 4 groups, expected a number that divides both",
        () -> new Conv2d(4, 6, Window.of(3)).withGroups(4));
    assertRefused("Conv2d: in=0, out=6, expected both at least 1", () -> new Conv2d(0, 6, Window.of(3)));
    assertRefused("Window: stride is 0×0, expected both at least 1", () -> Window.of(3).withStride(0));
    assertRefused("Window: size is 0×2, expected both at least 1", () -> Window.of(0, 2));
    assertRefused("Window: padding is -1×-1, expected both at least 0", () -> Window.of(3).withPadding(-1));
    assertRefused("Window: dilation is 1×0, expected both at least 1", () -> Window.of(3).withDilation(1, 0));
    assertRefused("Conv1d: window is 3×3, expected one row without padding above",
        () -> new Conv1d(1, 1, Window.of(3)));
    Conv2d layer = new Conv2d(3, 8, Window.of(5), Activation.RELU);
    assertRefused("Conv2d[in=3, out=8, 5×5, RELU]: input has shape [2, 3, 9], expected [batch, 3, height, width]",
        () -> layer.outputShape(Shape.of(2, 3, 9)));
    assertRefused("Conv2d[in=3, out=8, 5×5, RELU]: input has 4 channels, expected 3",
        () -> layer.outputShape(Shape.of(2, 4, 9, 9)));
    assertRefused("Conv2d[in=3, out=8, 5×5, RELU]: input has 4 padded rows, expected at least 5, as its window spans",
        () -> layer.outputShape(Shape.of(2, 3, 4, 9)));
    assertRefused(
        "Conv2d[in=1, out=1, 3×3, stride 9×9, padding 2000000000×2000000000]: input has 4000000005 padded rows, "
        + "expected at most 2147483639",
        () -> new Conv2d(1, 1, Window.of(3).withStride(9).withPadding(2_000_000_000))
        .outputShape(Shape.of(1, 1, 5, 5)));
    assertRefused(
        "Conv1d[in=3, out=8, 1×5, padding 0×1]: input has 4 padded columns, expected at least 5, as its window spans",
        () -> new Conv1d(3, 8, Window.line(5).withPadding(1)).outputShape(Shape.of(1, 3, 2)));
  }

  private static void assertRefused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
