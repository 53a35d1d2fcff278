package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.trace.Broadcast;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Folding.DoubleComparison;
import dev.lanewise.onnx.trace.Folding;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;

/// Comparisons of numbers, and logic. Constants are computed when the file is read; computed operands give a
/// [Condition]. A comparison with NaN is false.
final class Comparisons {

  /// Compares two numbers.
  ///
  /// @param nodes above 0 where it is true
  private record Comparison(LongBinaryOperator integers, DoubleComparison numbers, BinaryOperator<Node> nodes) {

    Value of(Call call) {
      Value a = call.input(0);
      Value b = call.input(1);
      if (a instanceof Integers first && b instanceof Integers second) {
        return Folding.of(call, ElementType.BOOL, first, second, integers);
      }
      if (a instanceof Numbers first && b instanceof Numbers second) {
        return Folding.compared(call, first, second, numbers);
      }
      return condition(call, call.traced(0), call.traced(1), nodes);
    }
  }

  /// Combines two conditions.
  ///
  /// @param nodes above 0 where it is true, from both signs
  private record Connective(LongBinaryOperator integers, BinaryOperator<Node> nodes) {

    Value of(Call call) {
      if (call.input(0) instanceof Integers first && call.input(1) instanceof Integers second) {
        return Folding.of(call, first, second, integers);
      }
      return condition(call, sign(call, 0), sign(call, 1), nodes);
    }
  }

  private Comparisons() {}

  static void addTo(Map<String, Operator> rules) {
    rules.put("Greater", new Comparison((a, b) -> a > b ? 1 : 0, (a, b) -> a > b, Node::minus)::of);
    rules.put("Less", new Comparison((a, b) -> a < b ? 1 : 0, (a, b) -> a < b, (a, b) -> b.minus(a))::of);
    rules.put("GreaterOrEqual",
        new Comparison((a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b, Comparisons::isAtLeast)::of);
    rules.put("LessOrEqual",
        new Comparison((a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b, (a, b) -> isAtLeast(b, a))::of);
    rules.put("Equal", new Comparison((a, b) -> a == b ? 1 : 0, (a, b) -> a == b, Comparisons::isEqual)::of);
    rules.put("And", new Connective((a, b) -> a & b, (a, b) -> a.select(b, no(a)))::of);
    rules.put("Or", new Connective((a, b) -> a | b, (a, b) -> a.select(yes(a), b))::of);
    rules.put("Xor", new Connective((a, b) -> a ^ b, (a, b) -> a.select(not(b), b))::of);
    rules.put("Not", Comparisons::not);
    rules.put("IsNaN", Comparisons::isNaN);
    rules.put("IsInf", Comparisons::isInf);
  }

  private static Condition condition(Call call, Traced a, Traced b, BinaryOperator<Node> sign) {
    return new Condition(Broadcast.of(call, a, b, sign));
  }

  /// An input as a number that is above 0 where it is true.
  static Traced sign(Call call, int input) {
    return switch (call.input(input)) {
      case Condition condition -> condition.sign();
      case Integers integers -> mask(call, input, integers);
      default -> throw call.refusal("input " + input + " has numbers, expected true or false");
    };
  }

  private static Traced mask(Call call, int input, Integers integers) {
    if (integers.isOfBatch()) {
      throw call.refusal("input " + input + " depends on the length of the batch, expected one that does not");
    }
    double[] values = Arrays.stream(integers.values()).mapToDouble(each -> each == 0 ? 0 : 1).toArray();
    int[] dims = integers.dims();
    int[] inner = Traced.inner(dims, integers.batch());
    Traced sample = call.traced(Numbers.constant(Tensor.of(values, inner), inner));
    return Traced.of(sample.node(), dims, integers.batch());
  }

  private static Node no(Node any) {
    return any.constant(0);
  }

  private static Node yes(Node any) {
    return any.constant(1);
  }

  private static Node not(Node sign) {
    return sign.select(no(sign), yes(sign));
  }

  /// Above 0 unless one is NaN, for infinities too.
  private static Node areNumbers(Node a, Node b) {
    return a.abs().plus(b.abs()).plus(1);
  }

  /// Whether b is not above a: the difference of equal infinities is NaN, so a − b does not tell.
  private static Node isAtLeast(Node a, Node b) {
    return b.minus(a).select(no(a), areNumbers(a, b));
  }

  private static Node isEqual(Node a, Node b) {
    return a.minus(b).select(no(a), isAtLeast(a, b));
  }

  private static Value not(Call call) {
    if (call.input(0) instanceof Integers integers) {
      return Folding.of(call, integers, a -> a == 0 ? 1 : 0);
    }
    Traced sign = sign(call, 0);
    return new Condition(sign.with(not(sign.node())));
  }

  private static Value isNaN(Call call) {
    if (call.input(0) instanceof Numbers numbers) {
      return Folding.compared(call, numbers, numbers, (a, _) -> Double.isNaN(a));
    }
    Traced x = call.traced(0);
    return new Condition(x.with(not(x.node().abs().plus(1))));
  }

  private static Value isInf(Call call) {
    boolean negative = call.flag("detect_negative", true);
    boolean positive = call.flag("detect_positive", true);
    if (call.input(0) instanceof Numbers numbers) {
      return Folding.compared(call, numbers, numbers, (a, _) -> Double.isInfinite(a) && (a > 0 ? positive : negative));
    }
    Traced x = call.traced(0);
    Node size = x.node().abs();
    Node sign = positive && negative ? size : positive ? x.node() : negative ? x.node().negate() : no(x.node());
    Node isFinite = size.minus(size).plus(1); // ∞ − ∞ is NaN
    return new Condition(x.with(isFinite.select(no(x.node()), sign)));
  }
}
