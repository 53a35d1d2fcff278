package dev.lanewise.autodiff.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Activation;
import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.Workspace;
import dev.lanewise.autodiff.Hessians;
import dev.lanewise.autodiff.JacobianOptions;
import dev.lanewise.autodiff.Jacobians;
import dev.lanewise.autodiff.Mode;
import dev.lanewise.autodiff.ParameterJacobians;
import dev.lanewise.autodiff.PreparedGradient;
import dev.lanewise.autodiff.PreparedHessian;
import dev.lanewise.autodiff.PreparedJacobian;
import dev.lanewise.autodiff.PreparedJacobians;
import dev.lanewise.autodiff.PreparedSampleJacobians;
import dev.lanewise.autodiff.SampleHessians;
import dev.lanewise.autodiff.SampleJacobians;
import dev.lanewise.nn.Dense;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A place for a result that overlaps an argument, θ or another place is refused by every operator before anything is
/// written.
class OverlapTest {

  /// 4 → 4 of one sample: all of x, y, u and directions have one shape, as have J and H.
  private static final Layer NET = Sequential.of(new Dense(4, 4, Activation.TANH), new Dense(4, 4));
  private static final Layer SCALAR = Sequential.of(new Dense(4, 4, Activation.TANH), new Dense(4, 1));

  /// An operator with the tensors it is given by name.
  private record Operator(Layer f, Map<String, Shape> arguments, Map<String, Shape> places, Call call) {}

  private interface Call {
    void on(Given given) throws InterruptedException;
  }

  /// Tensors by name; names that begin with `theta` are for parameters.
  private record Given(Layer f, Map<String, Tensor> tensors) {
    Tensor get(String name) {
      return tensors.get(name);
    }

    Parameters parameters(String name) {
      return Parameters.of(f.parameters(), tensors.get(name));
    }
  }

  private static final Shape ROW = Shape.of(1, 4);
  private static final Shape MATRIX = Shape.of(4, 4);
  private static final Shape BLOCK = Shape.of(1, 4, 4);

  private static Shape theta(Layer f) {
    return Shape.of(1, f.parameters().size());
  }

  private static Map<String, Operator> operators() {
    Map<String, Operator> all = new LinkedHashMap<>();
    Shape theta = theta(NET);
    Workspace ws = new Workspace();
    Map<String, Shape> y = Map.of("y", ROW, "jacobian", MATRIX);
    all.put("jvp", new Operator(NET, Map.of("x", ROW, "xDot", ROW, "theta", theta, "thetaDot", theta), Map.of("y", ROW,
        "yDot", ROW),
        g -> Jacobians.valueAndJvp(NET, g.parameters("theta"), g.get("x"), g.get("xDot"), g.parameters("thetaDot"), ws,
        g.get("y"), g.get("yDot"))));
    all.put("vjp", new Operator(NET, Map.of("x", ROW, "yBar", ROW, "theta", theta), Map.of("y", ROW, "xBar", ROW,
        "thetaBar", theta),
        g -> Jacobians.valueAndVjp(NET, g.parameters("theta"), g.get("x"), g.get("yBar"), ws, g.get("y"),
        g.get("xBar"), g.parameters("thetaBar"))));
    for (Mode mode : Mode.values()) {
      all.put("jacobian " + mode, new Operator(NET, Map.of("x", ROW, "theta", theta), y,
          g -> Jacobians.valueAndJacobian(NET, g.parameters("theta"), g.get("x"), mode, 3, ws, g.get("y"),
          g.get("jacobian"))));
      JacobianOptions options = JacobianOptions.defaults().withMode(mode);
      all.put("prepared " + mode, new Operator(NET, Map.of("x", ROW, "theta", theta), y,
          g -> PreparedJacobian.of(NET, g.parameters("theta"), ROW, options).at(g.get("x"), g.get("y"),
          g.get("jacobian"))));
      all.put("prepared samples " + mode, new Operator(NET, Map.of("x", ROW, "theta", theta), Map.of("y", ROW,
          "jacobians", BLOCK),
          g -> PreparedSampleJacobians.of(NET, g.parameters("theta"), ROW, options).at(g.get("x"), g.get("y"),
          g.get("jacobians"))));
    }
    all.put("prepared, own workspace", new Operator(NET, Map.of("x", ROW, "theta", theta), y,
        g -> PreparedJacobian.of(NET, g.parameters("theta"), ROW).at(g.get("x"), ws, g.get("y"), g.get("jacobian"))));
    all.put("pool", new Operator(NET, Map.of("x", ROW, "theta", theta), y,
        g -> PreparedJacobians.of(NET, g.parameters("theta"), ROW, 1).at(g.get("x"), g.get("y"), g.get("jacobian"))));
    all.put("samples", new Operator(NET, Map.of("x", ROW, "theta", theta), Map.of("y", ROW, "jacobians", BLOCK),
        g -> SampleJacobians.valueAndPerSampleJacobians(NET, g.parameters("theta"), g.get("x"), Mode.REVERSE, 2, ws,
        g.get("y"), g.get("jacobians"))));
    all.put("parameters", new Operator(NET, Map.of("x", ROW, "theta", theta), Map.of("y", ROW, "jacobian", Shape.of(4,
        theta.size())),
        g -> ParameterJacobians.valueAndParameterJacobian(NET, g.parameters("theta"), g.get("x"), 2, ws, g.get("y"),
        g.get("jacobian"))));
    all.put("sample gradients", new Operator(NET, Map.of("x", ROW, "theta", theta, "yBar", ROW), Map.of("y", ROW,
        "gradients", theta),
        g -> ParameterJacobians.valueAndPerSampleGradients(NET, g.parameters("theta"), g.get("x"), g.get("yBar"), ws,
        g.get("y"), g.get("gradients"))));
    all.put("hvp", new Operator(NET, Map.of("x", ROW, "u", ROW, "xDot", ROW, "theta", theta, "thetaDot", theta),
        Map.of("y", ROW, "xBar", ROW, "thetaBar", theta, "xBarDot", ROW, "thetaBarDot", theta),
        g -> Hessians.valueGradientAndHvp(NET, g.parameters("theta"), g.get("x"), g.get("u"), g.get("xDot"),
        g.parameters("thetaDot"), ws,
            g.get("y"), g.get("xBar"), g.parameters("thetaBar"), g.get("xBarDot"), g.parameters("thetaBarDot"))));
    Map<String, Shape> ofHessian = Map.of("x", ROW, "u", ROW, "theta", theta);
    all.put("hessian", new Operator(NET, ofHessian, Map.of("y", ROW, "xBar", ROW, "hessian", MATRIX),
        g -> Hessians.valueGradientAndHessian(NET, g.parameters("theta"), g.get("x"), g.get("u"), 3, ws, g.get("y"),
        g.get("xBar"), g.get("hessian"))));
    all.put("prepared hessian", new Operator(NET, ofHessian, Map.of("y", ROW, "xBar", ROW, "hessian", MATRIX),
        g -> PreparedHessian.of(NET, g.parameters("theta"), ROW).at(g.get("x"), g.get("u"), g.get("y"), g.get("xBar"),
        g.get("hessian"))));
    all.put("hessians of outputs", new Operator(NET, Map.of("x", ROW, "theta", theta),
        Map.of("y", ROW, "jacobian", MATRIX, "hessians", Shape.of(4, 4, 4)),
        g -> PreparedHessian.of(NET, g.parameters("theta"), ROW).ofOutputs(g.get("x"), g.get("y"), g.get("jacobian"),
        g.get("hessians"))));
    all.put("sample hessians", new Operator(NET, ofHessian, Map.of("y", ROW, "xBar", ROW, "hessians", BLOCK),
        g -> SampleHessians.valueGradientsAndHessians(NET, g.parameters("theta"), g.get("x"), g.get("u"), 3, ws,
        g.get("y"), g.get("xBar"), g.get("hessians"))));
    all.put("gaussNewton", new Operator(NET, Map.of("x", ROW, "xDot", ROW, "theta", theta, "thetaDot", theta),
        Map.of("xProduct", ROW, "thetaProduct", theta),
        g -> Hessians.gaussNewton(NET, g.parameters("theta"), g.get("x"), UnaryOperator.identity(), g.get("xDot"),
        g.parameters("thetaDot"), ws,
            g.get("xProduct"), g.parameters("thetaProduct"))));
    all.put("gradient", new Operator(SCALAR, Map.of("x", ROW, "theta", theta(SCALAR)), Map.of("y", Shape.of(1, 1),
        "gradient", ROW),
        g -> PreparedGradient.of(SCALAR, g.parameters("theta"), ROW).at(g.get("x"), g.get("y"), g.get("gradient"))));
    all.put("gradients of a batch", new Operator(SCALAR, Map.of("x", Shape.of(3, 4), "theta", theta(SCALAR)),
        Map.of("y", Shape.of(3, 1), "gradient", Shape.of(3, 4)),
        g -> PreparedGradient.of(SCALAR, g.parameters("theta"), Shape.of(3, 4)).at(g.get("x"), g.get("y"),
        g.get("gradient"))));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> isRefusedByEveryOperator() {
    return operators().entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(),
        () -> check(entry.getValue())));
  }

  private static void check(Operator operator) {
    List<String> others = new ArrayList<>(operator.arguments().keySet());
    others.addAll(operator.places().keySet());
    assertDoesNotThrow(() -> operator.call().on(given(operator, "", "")), "all apart");
    for (String place : operator.places().keySet()) {
      for (String other : others) {
        if (place.equals(other)) {
          continue;
        }
        Given given = given(operator, place, other);
        Map<String, double[]> before = new LinkedHashMap<>();
        given.tensors().forEach((name, tensor) -> before.put(name, tensor.toDoubles()));
        String message = assertThrows(IllegalArgumentException.class, () -> operator.call().on(given),
            place + " over " + other).getMessage();
        // Prepared ones have names of their own for what they hand on.
        String expected = message.replaceAll(".*: (\\w+) overlaps (\\w+), .*", "$1 $2");
        assertTrue(expected.equals(place + " " + other) || expected.equals(other + " " + place), message);
        before.forEach((name, numbers) -> assertArrayEquals(numbers, given.get(name).toDoubles(),
            name + " was written"));
      }
    }
  }

  /// All in arrays of their own, but the last element of one is the first of the other.
  private static Given given(Operator operator, String one, String other) {
    Map<String, Shape> shapes = new LinkedHashMap<>(operator.arguments());
    shapes.putAll(operator.places());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> tensors.put(name, Tensor.zeros(Precision.FLOAT, shape)));
    if (!one.isEmpty()) {
      Tensor both = Tensor.zeros(Precision.FLOAT, 1, shapes.get(one).size() + shapes.get(other).size() - 1);
      tensors.put(one, both.view(0, shapes.get(one)));
      tensors.put(other, both.view(shapes.get(one).size() - 1, shapes.get(other)));
    }
    int seed = 0;
    for (Tensor tensor : tensors.values()) {
      for (int i = 0; i < tensor.size(); i++) {
        tensor.set(i, Math.sin(++seed));
      }
    }
    return new Given(operator.f(), tensors);
  }

  /// One array for everything is fine, as long as the parts do not overlap; an empty place is nowhere.
  @Test
  void neighboursInOneArrayAreTaken() {
    int p = NET.parameters().size();
    Tensor all = Tensor.zeros(Precision.DOUBLE, 1, p + 8 + 16);
    for (int i = 0; i < all.size(); i++) {
      all.set(i, Math.sin(i));
    }
    Parameters theta = Parameters.of(NET.parameters(), all.view(0, Shape.of(1, p)));
    Tensor x = all.view(p, ROW);
    Tensor expected = Jacobians.jacobian(NET, theta, x);
    Tensor jacobian = all.view(p + 8, MATRIX);
    PreparedJacobian.of(NET, theta, ROW).at(x, all.view(p + 4, ROW), jacobian);
    assertArrayEquals(expected.toDoubles(), jacobian.toDoubles());
  }

  /// Of a larger set of parameters a network's own part alone is what its θ̄ may not overlap.
  @Test
  void partsOfOneSetAreApart() {
    Layer two = Sequential.of(NET, NET);
    Parameters theta = Parameters.initialize(NET.parameters(), Precision.FLOAT, 1);
    Parameters both = Parameters.zeros(two.parameters(), Precision.FLOAT);
    Tensor x = Tensor.row(1f, 2f, 3f, 4f);
    Tensor y = Tensor.zeros(Precision.FLOAT, 1, 4);
    Tensor product = Tensor.zeros(Precision.FLOAT, 1, 4);
    Hessians.valueGradientAndHvp(NET, theta, x, x, x, Parameters.none(), new Workspace(), y, Tensor.none(),
        both.part(0), product, both.part(1));
    assertTrue(both.part(0).get(0).get(0) != 0 && both.part(1).get(0).get(0) != 0);
    String message = assertThrows(IllegalArgumentException.class, () -> Hessians.valueGradientAndHvp(NET, theta, x, x,
        x, Parameters.none(),
        new Workspace(), y, Tensor.none(), both.part(0), product, both.part(0))).getMessage();
    assertEquals(NET + ": thetaBarDot overlaps thetaBar, expected memory of its own", message);
  }
}
