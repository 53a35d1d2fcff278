package dev.lanewise.onnx.operator.numeric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.onnx.Network;
import dev.lanewise.onnx.OnnxModels;
import dev.lanewise.onnx.OnnxOptions;
import dev.lanewise.onnx.UnsupportedOnnxException;
import dev.lanewise.testkit.GradCheck;
import java.io.IOException;

/// What tests of operators ask of small networks.
public final class Networks {

  private Networks() {}

  /// The network up to one of the values, in double.
  public static Network upTo(OnnxModels model, String value) throws IOException {
    return model.network(OnnxOptions.defaults().precision(Precision.DOUBLE).output(value));
  }

  /// A batch of samples.
  public static Tensor batch(Network net, double... values) {
    int samples = values.length / net.inputShape().size();
    return Tensor.of(values, net.inputShape().prepend(samples).toArray());
  }

  /// What comes out of one sample or several.
  public static void assertValues(Network net, double[] x, double... y) {
    assertArrayEquals(y, net.forward(batch(net, x)).toDoubles(), 1e-12);
  }

  /// The Jacobian at one sample, also against differences.
  public static void assertJacobian(Network net, double[] x, double... jacobian) {
    assertSlopes(net, x, jacobian);
    GradCheck.of(net.layer(), net.parameters(), batch(net, x)).check();
  }

  /// The Jacobian at one sample, which may be a kink.
  public static void assertSlopes(Network net, double[] x, double... jacobian) {
    Tensor found = Jacobians.jacobian(net.layer(), net.parameters(), batch(net, x));
    assertArrayEquals(jacobian, found.toDoubles(), 1e-12);
  }

  public static void assertRefused(String fault, OnnxModels model, String value) {
    String message = assertThrows(UnsupportedOnnxException.class, () -> upTo(model, value)).getMessage();
    assertTrue(message.contains(fault), message);
  }

  public static double[] of(double... values) {
    return values;
  }
}
