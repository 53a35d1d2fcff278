package dev.lanewise.onnx.operator.numeric;

import static dev.lanewise.onnx.operator.numeric.Networks.assertRefused;
import static dev.lanewise.onnx.operator.numeric.Networks.assertSlopes;
import static dev.lanewise.onnx.operator.numeric.Networks.assertValues;
import static dev.lanewise.onnx.operator.numeric.Networks.of;
import static dev.lanewise.onnx.operator.numeric.Networks.upTo;

import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Shares of 1 along one axis, and before version 13 along all from one on.
class SoftmaxesTest {

  private static final double[] X = {0, Math.log(3), Math.log(2), Math.log(2)};

  private static OnnxModels model(int opset, String operator, Object... attributes) {
    return OnnxModels.opset(opset).input("x", "batch", 2, 2).node(operator, "x -> y", attributes).output("y");
  }

  @Test
  void goesAlongOneAxis() throws IOException {
    assertValues(upTo(model(13, "Softmax"), "y"), X, 0.25, 0.75, 0.5, 0.5);
    assertValues(upTo(model(13, "Softmax", "axis", 1), "y"), X, 1.0 / 3, 0.6, 2.0 / 3, 0.4);
    assertValues(upTo(model(13, "LogSoftmax", "axis", -2), "y"), X,
        Math.log(1.0 / 3), Math.log(0.6), Math.log(2.0 / 3), Math.log(0.4));
    assertValues(upTo(model(11, "Softmax", "axis", 2), "y"), X, 0.25, 0.75, 0.5, 0.5);
    assertValues(upTo(model(13, "Hardmax"), "y"), X, 0, 1, 1, 0);
    assertValues(upTo(model(13, "Hardmax", "axis", 1), "y"), X, 0, 1, 1, 0);
  }

  @Test
  void beforeVersionThirteenAxesFromOneOnAreOne() throws IOException {
    assertValues(upTo(model(11, "Softmax"), "y"), X, 0.125, 0.375, 0.25, 0.25);
    assertValues(upTo(model(9, "LogSoftmax", "axis", 1), "y"), X,
        Math.log(0.125), Math.log(0.375), Math.log(0.25), Math.log(0.25));
    assertValues(upTo(model(11, "Hardmax", "axis", -2), "y"), of(1, 2, 0, 2), 0, 1, 0, 0);
    Network net = upTo(model(11, "Softmax"), "y");
    GradCheck.of(net.layer(), net.parameters(), Networks.batch(net, X)).check();
  }

  @Test
  void theFirstOfEqualsIsTheLargestAndHasNoSlope() throws IOException {
    Network net = upTo(model(13, "Hardmax"), "y");
    double least = Double.NEGATIVE_INFINITY;
    assertValues(net, of(2, 2, least, least), 1, 0, 1, 0);
    assertSlopes(net, of(2, 1, 0, 3), new double[16]);
  }

  @Test
  void refusesToMixSamples() {
    assertRefused("axis 0 of [B, 2, 2] is the batch's", model(13, "Softmax", "axis", 0), "y");
    assertRefused("axis 0 of [B, 2, 2] is the batch's", model(11, "Softmax", "axis", 0), "y");
    assertRefused("axis is 3, expected from -3 to 2", model(13, "Softmax", "axis", 3), "y");
  }
}
