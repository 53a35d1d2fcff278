package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.operator.Operators;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Activations that are x times a function of x.
///
/// | becomes             | of                                                   |
/// |---------------------|------------------------------------------------------|
/// | Gelu                | ½x·(1 + erf(x/√2))                                   |
/// | Gelu, by tanh       | ½x·(1 + tanh u) or x·σ(2u), u = √(2/π)·(x + 0.044715x³) |
/// | SiLU                | x·σ(x)                                               |
/// | Mish                | x·tanh(softplus(x))                                  |
///
/// Factors may be in any order and grouping, and so may the terms of u.
final class Gates {

  private static final Set<String> FUNCTIONS = Set.of("Erf", "Tanh", "Sigmoid");
  private static final double SLOPE = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  private Gates() {}

  static boolean replace(Wiring wiring, int at) {
    Match match = new Match(wiring, at);
    Factors factors = Factors.of(match);
    return factors != null && factors.values().size() == 2
        && (replace(match.copy(), factors, 0) || replace(match.copy(), factors, 1));
  }

  private static boolean replace(Match match, Factors factors, int first) {
    String x = factors.values().get(first);
    String gate = factors.values().get(1 - first);
    String function = function(match.wiring(), gate);
    double[] affine = function == null ? null : Polynomial.of(match, gate, function);
    if (affine == null || affine[2] != 0 || affine[3] != 0) {
      return false;
    }
    double constant = factors.number() * affine[0];
    double slope = factors.number() * Math.abs(affine[1]);
    double sign = Math.signum(affine[1]); // erf and tanh are odd: 1 − erf(−u) is 1 + erf u
    NodeProto node = match.wiring().node(match.wiring().maker(function));
    String u = node.inputs().getFirst();
    if (!match.take(match.wiring().maker(function))) {
      return false;
    }
    boolean isHalf = Wiring.isNear(constant, 0.5) && Wiring.isNear(slope, 0.5);
    boolean isWhole = constant == 0 && sign > 0 && Wiring.isNear(slope, 1);
    return switch (node.operator()) {
      case "Erf" -> isHalf && Polynomial.isNear(Polynomial.of(match, u, x), 0, sign * Math.sqrt(0.5))
          && gelu(match, x, "none");
      case "Tanh" -> isWhole && isSoftplus(match, u, x) && match.become("", "Mish", List.of(x), Map.of())
          || isHalf && isCubic(match, u, x, sign * SLOPE) && gelu(match, x, "tanh");
      default -> isWhole && u.equals(x) && match.become(Operators.OF_PATTERNS, "Silu", List.of(x), Map.of())
          || isWhole && isCubic(match, u, x, 2 * SLOPE) && gelu(match, x, "tanh");
    };
  }

  /// The value of erf, tanh or σ that a gate is an affine function of, or null.
  private static String function(Wiring wiring, String gate) {
    String value = gate;
    for (int steps = 0; steps < 4; steps++) {
      int at = wiring.maker(value);
      if (at < 0) {
        return null;
      }
      List<String> inputs = wiring.node(at).inputs();
      if (FUNCTIONS.contains(wiring.node(at).operator()) && wiring.isPlain(at, wiring.node(at).operator(), 1)) {
        return value;
      }
      boolean isSecond = inputs.size() == 2 && !Double.isNaN(wiring.number(inputs.get(0)));
      value = inputs.isEmpty() ? "" : inputs.get(isSecond ? 1 : 0);
    }
    return null;
  }

  private static boolean isCubic(Match match, String u, String x, double slope) {
    return Polynomial.isNear(Polynomial.of(match, u, x), 0, slope, 0, slope * CUBIC);
  }

  private static boolean isSoftplus(Match match, String u, String x) {
    NodeProto softplus = match.take(u, "Softplus", 1);
    return softplus != null && softplus.inputs().getFirst().equals(x);
  }

  private static boolean gelu(Match match, String x, String approximate) {
    return match.become("", "Gelu", List.of(x),
        Map.of("approximate", new AttributeProto("approximate", Kind.STRING, approximate)));
  }
}
