package dev.lanewise.nn;

import dev.lanewise.Activation;
import dev.lanewise.Parameters;
import dev.lanewise.PointwiseOps;
import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.autodiff.Golden;
import dev.lanewise.autodiff.Jacobians;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Every activation of `activation.json`: value, kept slope, slope from the residual, and both modes through a dense
/// layer.
class GoldenActivationTest {

  @TestFactory
  Stream<DynamicTest> activations() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode c : Golden.read("activation.json")) {
      for (Precision precision : Precision.values()) {
        tests.add(DynamicTest.dynamicTest(c.get("activation").asString() + " " + precision, () -> check(c, precision)));
      }
    }
    return tests.stream();
  }

  private static void check(JsonNode c, Precision precision) {
    Activation phi = Golden.activation(c.get("activation").asString());
    int n = c.get("x").size();
    Tensor z = Golden.tensor(precision, c.get("x"), n, 1);
    Tensor y = Tensor.zeros(precision, n, 1);
    Tensor slope = Tensor.zeros(precision, n, 1);
    PointwiseOps.activate(phi, z, y, slope);
    assertPointwise(c, "y", y);
    assertPointwise(c, "derivative", slope);

    Tensor ones = Tensor.zeros(precision, n, 1);
    ones.fill(1);
    Tensor scaled = Tensor.zeros(precision, n, 1);
    PointwiseOps.scaleBySlope(phi, phi.slopeFromOutput() ? y : slope, ones, scaled);
    assertPointwise(c, "derivative", scaled);

    Dense layer = new Dense(1, 1, false, phi);
    Parameters one = Parameters.of(layer.parameters(), Tensor.zeros(precision, 1, 1));
    one.flat().fill(1);
    var pushed = Jacobians.valueAndJvp(layer, one, z, ones);
    assertPointwise(c, "y", pushed.value());
    assertPointwise(c, "derivative", pushed.tangent());
    assertPointwise(c, "derivative", Jacobians.valueAndVjp(layer, one, z, ones).xBar());
  }

  private static void assertPointwise(JsonNode c, String what, Tensor actual) {
    double[] expected = Golden.flat(c.get(what));
    double tolerance = actual.precision() == Precision.DOUBLE ? 1e-9 : 1e-5;
    for (int i = 0; i < expected.length; i++) {
      String where = what + " of " + c.get("activation").asString() + " at " + c.get("x").get(i);
      Assertions.assertEquals(expected[i], actual.get(i), tolerance * (1 + Math.abs(expected[i])), where);
    }
  }
}
