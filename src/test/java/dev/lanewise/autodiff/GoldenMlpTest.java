package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Every network of `mlp.json`: value, one push, one pull, and the Jacobian by both modes and the Hessian of ⟨u, f⟩,
/// one direction at a time, in chunks that divide nothing, and all at once.
class GoldenMlpTest {

  @TestFactory
  Stream<DynamicTest> networks() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    int index = 0;
    for (JsonNode c : Golden.read("mlp.json")) {
      String name = index++ + " " + c.get("sizes") + " " + c.get("activation").asString() + " "
          + c.get("output_activation").asString();
      for (Precision precision : Precision.values()) {
        tests.add(DynamicTest.dynamicTest(name + " " + precision, () -> check(c, precision)));
      }
    }
    return tests.stream();
  }

  private static void check(JsonNode c, Precision precision) {
    Golden.Mlp mlp = Golden.Mlp.of(c, precision);
    int d = c.get("x").size();
    int m = c.get("y").size();
    Tensor x = Golden.tensor(precision, c.get("x"), 1, d);
    var pushed = Jacobians.valueAndJvp(mlp.network(), mlp.theta(), x, Golden.tensor(precision, c.get("v"), 1, d));
    Golden.assertClose(c.get("y"), pushed.value(), "y");
    Golden.assertClose(c.get("jvp"), pushed.tangent(), "jvp");
    var pulled = Jacobians.valueAndVjp(mlp.network(), mlp.theta(), x, Golden.tensor(precision, c.get("u"), 1, m));
    Golden.assertClose(c.get("y"), pulled.value(), "y");
    Golden.assertClose(c.get("vjp"), pulled.xBar(), "vjp");
    for (Mode mode : Mode.values()) {
      for (int chunk : new int[] {1, 2, 3, 7, Math.max(d, m)}) {
        Tensor jacobian = Jacobians.jacobian(mlp.network(), mlp.theta(), x, mode, chunk);
        Golden.assertClose(c.get("jacobian"), jacobian, "jacobian " + mode + " chunk " + chunk);
      }
    }
    for (int chunk : new int[] {1, 2, 3, 7, Math.max(d, m)}) {
      Tensor hessian = Hessians.hessian(mlp.network(), mlp.theta(), x, Golden.tensor(precision, c.get("u"), 1, m),
          chunk);
      Golden.assertClose(c.get("hessian_of_u_dot_f"), hessian, "hessian chunk " + chunk);
    }
  }
}
