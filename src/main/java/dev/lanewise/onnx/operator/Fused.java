package dev.lanewise.onnx.operator;

import dev.lanewise.Activation;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.nn.block.LayerNorm;
import dev.lanewise.nn.block.RmsNorm;
import dev.lanewise.onnx.trace.Broadcast;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.Map;

/// Operators that no file has: patterns of nodes become them.
final class Fused {

  private Fused() {}

  /// The rules by the operators' names.
  static Map<String, Operator> byName() {
    return Map.of("Linear", Products::linear, "Silu", Fused::silu, "LayerNormalization", Fused::layerNorm,
        "RmsNormalization", Fused::rmsNorm);
  }

  private static Value silu(Call call) {
    Traced x = call.traced(0);
    return x.with(x.node().activate(Activation.SILU));
  }

  /// Without scale and shift, which ONNX's own has.
  private static Value layerNorm(Call call) {
    Traced x = call.traced(0);
    LayerNorm layer = new LayerNorm(normalized(call, x), call.number("epsilon", 0), false, false);
    return x.with(call.trace().apply(call.layerName(0), layer, x.node(), Map.of()));
  }

  private static Value rmsNorm(Call call) {
    Traced x = call.traced(0);
    Shape normalized = normalized(call, x);
    double epsilon = call.number("epsilon", 0);
    if (call.has(1) && call.input(1) instanceof Numbers scale && Arrays.equals(scale.dims(), normalized.toArray())) {
      Map<String, Tensor> own = Map.of("weight", scale.tensor());
      return x.with(call.trace().apply(call.layerName(1), new RmsNorm(normalized, epsilon, true), x.node(), own));
    }
    Traced scaled = x.with(
        call.trace().apply(call.layerName(0), new RmsNorm(normalized, epsilon, false), x.node(), Map.of()));
    return !call.has(1) ? scaled : Broadcast.of(call, scaled, call.traced(1), Node::times);
  }

  /// The last axes, from one on.
  private static Shape normalized(Call call, Traced x) {
    int first = call.axis(call.integer("axis", -1), x.rank());
    for (int axis = first; axis < x.rank(); axis++) {
      call.inner(x, axis);
    }
    return Shape.of(Arrays.copyOfRange(x.dims(), first, x.rank()));
  }
}
