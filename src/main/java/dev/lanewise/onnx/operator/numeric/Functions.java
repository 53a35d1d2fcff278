package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Folding;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Traced;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;

/// Functions of single elements. Constants are computed when the file is read.
final class Functions {

  private Functions() {}

  static void addTo(Map<String, Operator> rules) {
    rules.put("Neg", function(Node::negate, a -> -a, a -> -a));
    rules.put("Abs", function(Node::abs, Math::abs, Math::abs));
    rules.put("Sqrt", function(Node::sqrt, Math::sqrt, null));
    rules.put("Exp", function(Node::exp, Math::exp, null));
    rules.put("Log", function(Node::log, Math::log, null));
    rules.put("Reciprocal", function(Node::reciprocal, a -> 1 / a, null));
    rules.put("Sin", function(Node::sin, Math::sin, null));
    rules.put("Cos", function(Node::cos, Math::cos, null));
    rules.put("Tan", function(Node::tan, Math::tan, null));
    rules.put("Asin", function(Node::asin, Math::asin, null));
    rules.put("Acos", function(Node::acos, Math::acos, null));
    rules.put("Atan", function(Node::atan, Math::atan, null));
    rules.put("Sinh", function(Node::sinh, Math::sinh, null));
    rules.put("Cosh", function(Node::cosh, Math::cosh, null));
    rules.put("Asinh", function(Node::asinh, null, null));
    rules.put("Acosh", function(Node::acosh, null, null));
    rules.put("Atanh", function(Node::atanh, null, null));
    rules.put("Erf", function(Node::erf, null, null));
    rules.put("Sign", function(Node::sign, Math::signum, Long::signum));
    rules.put("Floor", function(Node::floor, Math::floor, null));
    rules.put("Ceil", function(Node::ceil, Math::ceil, null));
    rules.put("Round", function(Node::round, Math::rint, null));
  }

  /// @param ofNumbers the function of a constant; null where constants are computed by nodes
  /// @param ofIntegers the function of integers; null where these are not supported
  private static Operator function(
      UnaryOperator<Node> ofNodes, DoubleUnaryOperator ofNumbers, LongUnaryOperator ofIntegers) {
    return call -> {
      if (ofIntegers != null && call.input(0) instanceof Integers integers) {
        return Folding.of(call, integers, ofIntegers);
      }
      if (ofNumbers != null && Arithmetic.isConstant(call.input(0))) {
        return Folding.of((Numbers) call.input(0), ofNumbers);
      }
      return of(call, ofNodes);
    };
  }

  /// {@return a function of the first input, whose shape it keeps}
  static Traced of(Call call, UnaryOperator<Node> function) {
    Traced x = call.traced(0);
    return x.with(function.apply(x.node()));
  }
}
