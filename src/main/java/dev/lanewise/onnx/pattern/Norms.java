package dev.lanewise.onnx.pattern;

import dev.lanewise.onnx.format.AttributeProto;
import dev.lanewise.onnx.format.AttributeProto.Kind;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.format.NodeProto;
import dev.lanewise.onnx.format.TensorProto;
import dev.lanewise.onnx.operator.Operators;
import dev.lanewise.onnx.trace.Meant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Layer norm and root mean square norm over the last axes.
///
/// | becomes              | of                                                       |
/// |----------------------|----------------------------------------------------------|
/// | LayerNormalization   | d/√(mean d² + ε) with d = x − mean x, then ·γ, then + β  |
/// | RmsNormalization     | x/√(mean x² + ε), then ·γ                                |
///
/// The quotient may be a product with the reciprocal, the square a power or a product; γ and β may be missing.
final class Norms {

  private Norms() {}

  static boolean replace(Wiring wiring, int at) {
    if (wiring.isPlain(at, "Div", 2)) {
      List<String> inputs = wiring.node(at).inputs();
      return replace(new Match(wiring, at), inputs.get(0), inputs.get(1));
    }
    if (wiring.isPlain(at, "Mul", 2)) {
      List<String> inputs = wiring.node(at).inputs();
      return byReciprocal(new Match(wiring, at), inputs.get(0), inputs.get(1))
          || byReciprocal(new Match(wiring, at), inputs.get(1), inputs.get(0));
    }
    return false;
  }

  private static boolean byReciprocal(Match match, String numerator, String factor) {
    int quotient = match.wiring().maker(factor, "Div", 2);
    if (quotient >= 0 && match.wiring().is(match.wiring().node(quotient).inputs().getFirst(), 1)) {
      match.take(quotient);
      return replace(match, numerator, match.wiring().node(quotient).inputs().get(1));
    }
    NodeProto reciprocal = match.take(factor, "Reciprocal", 1);
    return reciprocal != null && replace(match, numerator, reciprocal.inputs().getFirst());
  }

  /// Replaces a numerator over a root.
  private static boolean replace(Match match, String numerator, String divisor) {
    String radicand = radicand(match, divisor);
    NodeProto sum = radicand == null ? null : match.take(radicand, "Add", 2);
    if (sum == null) {
      return false;
    }
    int epsilon = Double.isNaN(match.wiring().number(sum.inputs().get(0))) ? 1 : 0;
    Mean mean = Mean.of(match, sum.inputs().get(1 - epsilon));
    String squared = mean == null ? null : squared(match, mean.of());
    AttributeProto told = squared == null ? null : epsilon(match.wiring().constant(sum.inputs().get(epsilon)));
    if (told == null) {
      return false;
    }
    Match whole = match.copy();
    String x = centered(whole, numerator, squared, mean.axes());
    return x != null && becomeLayerNorm(whole, x, mean.axes(), told)
        || numerator.equals(squared) && becomeRmsNorm(match, numerator, mean.axes(), told);
  }

  private static String radicand(Match match, String root) {
    NodeProto power = match.take(root, "Pow", 2);
    if (power != null) {
      return match.wiring().is(power.inputs().get(1), 0.5) ? power.inputs().getFirst() : null;
    }
    NodeProto sqrt = match.take(root, "Sqrt", 1);
    return sqrt == null ? null : sqrt.inputs().getFirst();
  }

  private static String squared(Match match, String square) {
    NodeProto power = match.take(square, "Pow", 2);
    if (power != null) {
      return match.wiring().is(power.inputs().get(1), 2) ? power.inputs().getFirst() : null;
    }
    NodeProto product = match.take(square, "Mul", 2);
    boolean isSquare = product != null && product.inputs().get(0).equals(product.inputs().get(1));
    return isSquare ? product.inputs().getFirst() : null;
  }

  /// ε as an attribute, null if it is none or would be rounded.
  private static AttributeProto epsilon(TensorProto constant) {
    boolean isNumber = constant != null && constant.dims().length <= 1 && constant.type().isFloating()
        && constant.numbers().size() == 1;
    if (!isNumber) {
      return null;
    }
    double epsilon = constant.numbers().get(0);
    boolean isExact = constant.type() != ElementType.DOUBLE || Meant.of((float) epsilon) == epsilon;
    return epsilon > 0 && isExact ? new AttributeProto("epsilon", Kind.FLOAT, (float) epsilon) : null;
  }

  /// The value x of which numerator and squared are x − mean x, or null.
  private static String centered(Match match, String numerator, String squared, int axes) {
    NodeProto difference = match.take(numerator, "Sub", 2);
    NodeProto other = numerator.equals(squared) ? difference : match.take(squared, "Sub", 2);
    if (difference == null || other == null || !difference.inputs().equals(other.inputs())) {
      return null;
    }
    Mean mean = Mean.of(match, difference.inputs().get(1));
    String x = difference.inputs().getFirst();
    return mean != null && mean.axes() == axes && mean.of().equals(x) ? x : null;
  }

  private static boolean becomeLayerNorm(Match match, String x, int axes, AttributeProto epsilon) {
    Match scaled = match.copy();
    String scale = parameter(scaled, "Mul", axes, null);
    if (scale == null) {
      return match.become(Operators.OF_PATTERNS, "LayerNormalization", List.of(x), told(axes, epsilon));
    }
    Match shifted = scaled.copy();
    String shift = parameter(shifted, "Add", axes, scaled.wiring().constant(scale).dims());
    return shift != null && shifted.become("", "LayerNormalization", List.of(x, scale, shift), told(axes, epsilon))
        || scaled.become("", "LayerNormalization", List.of(x, scale), told(axes, epsilon));
  }

  private static boolean becomeRmsNorm(Match match, String x, int axes, AttributeProto epsilon) {
    Match scaled = match.copy();
    String scale = parameter(scaled, "Mul", axes, null);
    return scale != null && scaled.become(
        Operators.OF_PATTERNS, "RmsNormalization", List.of(x, scale), told(axes, epsilon))
        || match.become(Operators.OF_PATTERNS, "RmsNormalization", List.of(x), told(axes, epsilon));
  }

  private static Map<String, AttributeProto> told(int axes, AttributeProto epsilon) {
    return Map.of("axis", new AttributeProto("axis", Kind.INT, (long) -axes), "epsilon", epsilon);
  }

  /// The constant with this number of axes that the output is combined with next, or null.
  private static String parameter(Match match, String operator, int axes, int[] dims) {
    List<String> operands = new ArrayList<>();
    String before = match.output();
    NodeProto node = match.extend(operator);
    if (node != null) {
      operands.addAll(node.inputs());
      operands.remove(before);
    }
    TensorProto constant = operands.size() == 1 ? match.wiring().constant(operands.getFirst()) : null;
    boolean fits = constant != null && constant.type().isFloating() && constant.dims().length == axes
        && (dims == null || Arrays.equals(dims, constant.dims()));
    return fits ? operands.getFirst() : null;
  }
}
