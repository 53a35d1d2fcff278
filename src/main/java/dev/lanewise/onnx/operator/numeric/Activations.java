package dev.lanewise.onnx.operator.numeric;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;

import dev.lanewise.Activation;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Broadcast;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Folding;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Nonlinearities of layers. At a kink the derivative is PyTorch's.
final class Activations {

  /// The paper's constants, with the digits that a float attribute cuts off (Klambauer et al., Self-Normalizing Neural
  /// Networks, arXiv 1706.02515, section 2).
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
  private static final double SELU_GAMMA = 1.0507009873554804934193349852946;

  /// Beyond this, where a cube may overflow, the σ of tanh-GELU is exactly 0 or 1.
  private static final double SATURATED = 100;
  private static final double GELU_CUBIC = 0.044715;

  private Activations() {}

  static void addTo(Map<String, Operator> rules) {
    activation(rules, "Relu", Activation.RELU);
    activation(rules, "Sigmoid", Activation.SIGMOID);
    activation(rules, "Tanh", Activation.TANH);
    activation(rules, "Softplus", Activation.SOFTPLUS);
    activation(rules, "Mish", Activation.MISH);
    rules.put("LeakyRelu", call -> leakyRelu(call, call.number("alpha", 0.01)));
    rules.put("PRelu", Activations::prelu);
    rules.put("ThresholdedRelu", call -> thresholdedRelu(call, call.number("alpha", 1)));
    rules.put("Elu", call -> elu(call, call.number("alpha", 1)));
    rules.put("Selu", Activations::selu);
    rules.put("Celu", call -> celu(call, call.number("alpha", 1)));
    rules.put("Gelu", call -> call.choice("approximate", "none", "tanh").equals("none")
        ? Functions.of(call, x -> x.activate(Activation.GELU)) : Functions.of(call, Activations::tanhGelu));
    rules.put("HardSigmoid", Activations::hardSigmoid);
    rules.put("HardSwish", call -> Functions.of(call, x -> x.times(x.times(1.0 / 6).plus(0.5).clamp(0, 1))));
    rules.put("Softsign", call -> Functions.of(call, x -> x.dividedBy(x.abs().plus(1))));
    rules.put("Shrink", Activations::shrink);
    rules.put("Clip", Activations::clip);
  }

  private static void activation(Map<String, Operator> rules, String name, Activation phi) {
    rules.put(name, call -> Functions.of(call, x -> x.activate(phi)));
  }

  private static Traced leakyRelu(Call call, double slope) {
    return Functions.of(call, x -> slope == 0.01 ? x.activate(Activation.LEAKY_RELU) : x.select(x, x.times(slope)));
  }

  private static Value prelu(Call call) {
    if (call.input(1) instanceof Numbers one && one.isSingle() && one.rank() <= call.input(0).rank()) {
      return leakyRelu(call, one.meant());
    }
    boolean ofChannels = call.opset() < 7 && call.input(1).rank() == 1; // along the second axis, not the last
    Value slopes = ofChannels ? Arithmetic.withAxesBehind(call, 1, call.input(0).rank() - 2) : call.input(1);
    return Broadcast.of(call, call.traced(0), call.traced(slopes), (x, slope) -> x.select(x, x.times(slope)));
  }

  private static Traced thresholdedRelu(Call call, double threshold) {
    return Functions.of(call, x -> x.minus(threshold).select(x, x.constant(0)));
  }

  private static Traced elu(Call call, double alpha) {
    return Functions.of(call, alpha == 1
        ? x -> x.activate(Activation.ELU) : x -> x.select(x, belowZero(x).expm1().times(alpha)));
  }

  private static Traced selu(Call call) {
    double alpha = call.number("alpha", SELU_ALPHA);
    double gamma = call.number("gamma", SELU_GAMMA);
    double a = (float) alpha == (float) SELU_ALPHA ? SELU_ALPHA : alpha;
    double c = (float) gamma == (float) SELU_GAMMA ? SELU_GAMMA : gamma;
    return Functions.of(call, x -> x.select(x.times(c), belowZero(x).expm1().times(a * c)));
  }

  private static Traced celu(Call call, double alpha) {
    if (alpha == 0) {
      throw call.refusal("alpha is 0.0, expected another number");
    }
    return Functions.of(call, alpha == 1 ? x -> x.activate(Activation.ELU)
        : x -> x.select(x, belowZero(x).times(1 / alpha).expm1().times(alpha)));
  }

  /// x limited to at most 0, so that no exponential overflows; 0 has the slope from below, as in PyTorch.
  private static Node belowZero(Node x) {
    return x.clamp(NEGATIVE_INFINITY, 0);
  }

  /// ½x·(1 + tanh u) = x·σ(2u) with u = √(2/π)·(x + 0.044715·x³).
  private static Node tanhGelu(Node x) {
    Node near = x.clamp(-SATURATED, SATURATED);
    double twice = 2 * Math.sqrt(2 / Math.PI);
    return near.square().times(twice * GELU_CUBIC).plus(twice).times(near).sigmoid().times(x);
  }

  /// Between 0 and 1. Unlike Clip's, the slope is 0 at both: results that are not below 1 are rounded, to 1 or NaN.
  private static Traced hardSigmoid(Call call) {
    double alpha = call.number("alpha", 0.2);
    double beta = call.number("beta", 0.5);
    return Functions.of(call, x -> {
      Node rectified = x.times(alpha).plus(beta).relu();
      return rectified.negate().plus(1).select(rectified, rectified.clamp(0, 1).floor());
    });
  }

  private static Traced shrink(Call call) {
    double bias = call.number("bias", 0);
    double threshold = call.number("lambd", 0.5);
    return Functions.of(call, x -> x.negate().minus(threshold).select(x.plus(bias),
        x.minus(threshold).select(x.minus(bias), x.constant(0))));
  }

  /// Before version 11 the bounds are attributes. A bound that is left out is none.
  private static Value clip(Call call) {
    if (call.opset() < 11) {
      double low = call.hasAttribute("min") ? call.number("min", 0) : NEGATIVE_INFINITY;
      double high = call.hasAttribute("max") ? call.number("max", 0) : POSITIVE_INFINITY;
      return between(call, low, high);
    }
    if (call.input(0) instanceof Integers integers) {
      return clip(call, integers);
    }
    if (isNumberOrNone(call, 1) && isNumberOrNone(call, 2)) {
      return between(call, call.has(1) ? call.number(1) : NEGATIVE_INFINITY,
          call.has(2) ? call.number(2) : POSITIVE_INFINITY);
    }
    Value result = call.input(0);
    for (int bound = 1; bound <= 2; bound++) {
      if (call.has(bound)) {
        result = Arithmetic.extreme(call, result, call.input(bound), bound == 1);
      }
    }
    return result;
  }

  private static boolean isNumberOrNone(Call call, int input) {
    return !call.has(input) || call.input(input) instanceof Numbers;
  }

  private static Value between(Call call, double low, double high) {
    if (Arithmetic.isConstant(call.input(0))) {
      return Folding.of((Numbers) call.input(0), x -> Math.min(Math.max(x, low), high));
    }
    UnaryOperator<Node> crossed = x -> x.max(x.constant(low)).min(x.constant(high));
    return Functions.of(call, low <= high ? x -> x.clamp(low, high) : crossed);
  }

  private static Value clip(Call call, Integers x) {
    Integers result = x;
    if (call.has(1)) {
      result = Folding.of(call, result, call.integers(1), Math::max);
    }
    return call.has(2) ? Folding.of(call, result, call.integers(2), Math::min) : result;
  }
}
