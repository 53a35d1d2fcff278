package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Layer;
import dev.lanewise.Parameters;
import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A case of a golden file that says of a layer at one sample `x`, of any rank: `y`, `jvp` along `v`, `vjp` of `u`, the
/// `jacobian` over flattened y and x; and where it has them `hessian_of_u_dot_f` over flattened x and
/// `parameter_gradients_of_u_dot_f` by name.
///
/// @param values the case
/// @param layer what is to be checked
/// @param theta its parameters, whose precision is the one that is checked
/// @param names from the case's names of parameters to the layer's, where they differ
/// @param input what the layer takes: one sample, so that axis 0 has length 1
public record GoldenCase(JsonNode values, Layer layer, Parameters theta, Map<String, String> names, Shape input) {

  /// A case of a layer whose parameters, if it has any, have the case's names.
  public static GoldenCase of(JsonNode values, Layer layer, Precision precision, int... input) {
    return of(values, layer, precision, Map.of(), input);
  }

  /// A case of a layer whose parameters have the names that `names` gives for the case's, or the case's.
  public static GoldenCase of(JsonNode values, Layer layer, Precision precision, Map<String, String> names,
      int... input) {
    return new GoldenCase(values, layer, parameters(values, layer, precision, names), names, Shape.of(input));
  }

  /// The layer's parameters with the case's `parameters` in them; those that the case does not have are 0.
  public static Parameters parameters(JsonNode values, Layer layer, Precision precision, Map<String, String> names) {
    Parameters theta = Parameters.zeros(layer.parameters(), precision);
    if (values.has("parameters")) {
      values.get("parameters").properties()
          .forEach(entry -> Golden.fill(named(theta, entry.getKey(), names), entry.getValue()));
    }
    return theta;
  }

  private static Tensor named(Parameters theta, String name, Map<String, String> names) {
    return theta.get(names.getOrDefault(name, name));
  }

  /// A push, a pull with the parameters' gradients, the Jacobian in every mode and the Hessian: one direction at a
  /// time, in chunks that divide little, and all at once.
  public void check() {
    Tensor x = filled("x", input);
    var pushed = Jacobians.valueAndJvp(layer, theta, x, filled("v", input));
    Golden.assertClose(values.get("y"), pushed.value(), "y");
    Golden.assertClose(values.get("jvp"), pushed.tangent(), "jvp");
    Shape output = pushed.value().shape();
    assertEquals(layer.outputShape(input), output, "shape of y");
    Tensor u = filled("u", output);
    var pulled = Jacobians.valueAndVjp(layer, theta, x, u);
    Golden.assertClose(values.get("y"), pulled.value(), "y");
    Golden.assertClose(values.get("vjp"), pulled.xBar(), "vjp");
    if (values.has("parameter_gradients_of_u_dot_f")) {
      values.get("parameter_gradients_of_u_dot_f").properties().forEach(entry -> Golden.assertClose(
          entry.getValue(), named(pulled.thetaBar(), entry.getKey(), names), "gradient by " + entry.getKey()));
    }
    for (int chunk : new int[] {1, 2, 3, 7, Math.max(x.size(), u.size())}) {
      for (Mode mode : Mode.values()) {
        Tensor jacobian = Jacobians.jacobian(layer, theta, x, mode, chunk);
        Golden.assertClose(values.get("jacobian"), jacobian, "jacobian " + mode + " chunk " + chunk);
      }
      if (values.has("hessian_of_u_dot_f")) {
        Tensor hessian = Hessians.hessian(layer, theta, x, u, chunk);
        Golden.assertClose(values.get("hessian_of_u_dot_f"), hessian, "hessian chunk " + chunk);
      }
    }
  }

  private Tensor filled(String name, Shape shape) {
    Tensor tensor = Tensor.zeros(theta.precision(), shape);
    Golden.fill(tensor, values.get(name));
    return tensor;
  }
}
