package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Broadcast;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Folding;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;

/// Operators of two or more operands, element by element, with shapes broadcast. Constants are computed when the file
/// is read.
final class Arithmetic {

  /// An operation with one constant number.
  private interface WithNumber {

    Node of(Node a, double c);
  }

  /// An operator of two operands.
  ///
  /// @param right a and the number c
  /// @param left the number c and a
  private record Binary(
      LongBinaryOperator integers, DoubleBinaryOperator numbers, BinaryOperator<Node> nodes, WithNumber right,
      WithNumber left) {

    Value of(Call call) {
      return of(call, call.input(0), second(call));
    }

    Value of(Call call, Value a, Value b) {
      if (a instanceof Integers first && b instanceof Integers second) {
        return Folding.of(call, first, second, integers);
      }
      if (isConstant(a) && isConstant(b)) {
        return Folding.of(call, (Numbers) a, (Numbers) b, numbers);
      }
      if (isSingle(b) && b.rank() <= a.rank()) {
        return call.traced(a).with(right.of(call.traced(a).node(), single(b)));
      }
      if (isSingle(a) && a.rank() <= b.rank()) {
        return call.traced(b).with(left.of(call.traced(b).node(), single(a)));
      }
      return Broadcast.of(call, call.traced(a), call.traced(b), nodes);
    }
  }

  private static final Binary ADD = new Binary(Long::sum, Double::sum, Node::plus, Node::plus, Node::plus);
  private static final Binary SUB = new Binary(
      (a, b) -> a - b, (a, b) -> a - b, Node::minus, Node::minus, (a, c) -> a.negate().plus(c));
  private static final Binary MUL = new Binary(
      (a, b) -> a * b, (a, b) -> a * b, Node::times, Node::times, Node::times);
  private static final Binary DIV = new Binary(
      (a, b) -> a / b, (a, b) -> a / b, Node::dividedBy, Arithmetic::dividedBy,
      (a, c) -> c == 1 ? a.reciprocal() : a.constant(c).dividedBy(a));
  private static final Binary MIN = new Binary(
      Math::min, Math::min, Node::min, (a, c) -> a.min(a.constant(c)), (a, c) -> a.min(a.constant(c)));
  private static final Binary MAX = new Binary(
      Math::max, Math::max, Node::max, (a, c) -> a.max(a.constant(c)), (a, c) -> a.max(a.constant(c)));

  /// Beyond this, and below its reciprocal, the reciprocals of numbers lose digits in float.
  private static final double LARGEST_FACTOR = 0x1p120;

  private static final int BROADCASTS_UNASKED = 7;
  private static final int MOST_EXPONENTS = 8;

  private Arithmetic() {}

  static void addTo(Map<String, Operator> rules) {
    rules.put("Add", ADD::of);
    rules.put("Sub", SUB::of);
    rules.put("Mul", MUL::of);
    rules.put("Div", DIV::of);
    rules.put("Mod", Arithmetic::mod);
    rules.put("Pow", Arithmetic::pow);
    rules.put("Min", call -> over(call, MIN));
    rules.put("Max", call -> over(call, MAX));
    rules.put("Sum", call -> over(call, ADD));
    rules.put("Mean", call -> DIV.of(call, over(call, ADD), Numbers.constant(Tensor.of(
        new double[] {call.inputs()}, 1))));
  }

  /// All operands, from the first on.
  private static Value over(Call call, Binary operator) {
    List<Value> all = call.all();
    Value result = all.getFirst() instanceof Integers || isConstant(all.getFirst())
        ? all.getFirst() : call.traced(all.getFirst());
    for (Value other : all.subList(1, all.size())) {
      result = operator.of(call, result, other);
    }
    return result;
  }

  /// The smaller of both where `largest` is not asked for.
  static Value extreme(Call call, Value a, Value b, boolean largest) {
    return (largest ? MAX : MIN).of(call, a, b);
  }

  /// The second operand. Before version 7 its axes may be aligned with other axes of the first than the last.
  private static Value second(Call call) {
    if (call.opset() >= BROADCASTS_UNASKED || !call.flag("broadcast", false)) {
      return call.input(1);
    }
    int rank = call.input(0).rank();
    int own = call.input(1).rank();
    return withAxesBehind(call, 1, rank - own - call.axis(call.integer("axis", Math.max(0, rank - own)), rank + 1));
  }

  /// An input with more axes of length 1 at the end.
  static Value withAxesBehind(Call call, int input, int more) {
    Value value = call.input(input);
    if (more <= 0) {
      return value;
    }
    int[] dims = Arrays.copyOf(value.dims(), value.rank() + more);
    Arrays.fill(dims, value.rank(), dims.length, 1);
    return switch (value) {
      case Numbers numbers -> numbers.reshape(dims);
      case Integers integers -> integers.reshape(dims, integers.batch());
      default -> {
        Traced traced = call.traced(value);
        boolean own = traced.isBatched() && !traced.isMerged();
        yield Traced.like(traced, traced.node().reshape(Traced.inner(dims, own ? traced.batch() : -1)), dims,
            traced.batch());
      }
    };
  }

  private static Node dividedBy(Node a, double c) {
    double size = Math.abs(c);
    boolean isFactor = size <= LARGEST_FACTOR && size >= 1 / LARGEST_FACTOR;
    return isFactor ? a.dividedBy(c) : a.dividedBy(a.constant(c));
  }

  private static Value mod(Call call) {
    boolean truncates = call.flag("fmod", false);
    Value a = call.input(0);
    Value b = call.input(1);
    if (a instanceof Integers first && b instanceof Integers second) {
      return Folding.of(call, first, second, truncates ? (x, y) -> x % y : Math::floorMod);
    }
    if (isConstant(a) && isConstant(b) && truncates) {
      return Folding.of(call, (Numbers) a, (Numbers) b, (x, y) -> x % y);
    }
    throw call.refusal("operands are computed, expected integers that are known when the file is read, or numbers under"
        + " fmod=1");
  }

  private static Value pow(Call call) {
    Value base = call.input(0);
    Value exponent = second(call);
    if (base instanceof Integers integers) {
      Numbers result = Folding.of(call, real(call, integers), real(call, exponent), Math::pow);
      return whole(call, integers, result);
    }
    if (exponent instanceof Integers) {
      exponent = real(call, exponent);
    }
    if (isConstant(base) && isConstant(exponent)) {
      return Folding.of(call, (Numbers) base, (Numbers) exponent, Math::pow);
    }
    if (isSingle(exponent) && exponent.rank() <= base.rank()) {
      Traced x = call.traced(base);
      return x.with(power(x.node(), single(exponent)));
    }
    if (isSingle(base) && single(base) > 0 && base.rank() <= exponent.rank()) {
      Traced x = call.traced(exponent);
      return x.with(x.node().times(Math.log(single(base))).exp());
    }
    if (isConstant(exponent)) {
      return powers(call, call.traced(base), (Numbers) exponent);
    }
    throw call.refusal("both operands are computed, expected constants as exponents, or one number above 0 as the"
        + " base");
  }

  /// Powers by several exponents, each at its positions. Elsewhere each is a power of 1, whose slope is finite.
  private static Traced powers(Call call, Traced base, Numbers exponents) {
    double[] different = Arrays.stream(exponents.tensor().toDoubles()).distinct().toArray();
    if (different.length > MOST_EXPONENTS) {
      throw call.refusal("there are " + different.length + " different exponents, expected at most " + MOST_EXPONENTS);
    }
    Broadcast operands = Broadcast.of(call, List.of(base, call.traced(exponents)));
    Node x = operands.nodes().get(0);
    Node places = operands.nodes().get(1);
    Node result = null;
    for (double exponent : different) {
      Node others = places.minus(exponent).abs();
      Node own = power(others.select(x.constant(1), x), exponent);
      result = result == null ? own : others.select(result, own);
    }
    return operands.result(result);
  }

  /// Small whole powers as products, which are as accurate and much faster.
  private static Node power(Node x, double exponent) {
    if (exponent == 1) {
      return x;
    } else if (exponent == 2) {
      return x.square();
    } else if (exponent == 3) {
      return x.square().times(x);
    } else if (exponent == 4) {
      return x.square().square();
    } else if (exponent == 0.5) {
      return x.sqrt();
    } else if (exponent == -1) {
      return x.reciprocal();
    }
    return x.pow(exponent);
  }

  private static Numbers real(Call call, Value value) {
    if (value instanceof Integers integers && !integers.isOfBatch() && integers.batch() < 0) {
      double[] values = Arrays.stream(integers.values()).asDoubleStream().toArray();
      int[] dims = integers.dims();
      return Numbers.constant(Tensor.of(values, Traced.inner(dims, -1)), dims);
    }
    if (value instanceof Numbers numbers && isConstant(numbers)) {
      return numbers;
    }
    throw call.refusal("an operand depends on the length of the batch or is computed, expected constants");
  }

  /// Powers of integers, as far as a double is exact.
  private static Integers whole(Call call, Integers base, Numbers result) {
    long[] values = new long[result.tensor().size()];
    for (int at = 0; at < values.length; at++) {
      double value = result.tensor().get(at);
      if (!(Math.abs(value) <= 0x1p53)) {
        throw call.refusal("a power of integers is " + value + ", expected at most 2⁵³");
      }
      values[at] = Folding.wrapped(base.type(), (long) value);
    }
    return Integers.of(base.type(), values, result.dims());
  }

  static boolean isConstant(Value value) {
    return value instanceof Numbers numbers && !numbers.isParameter();
  }

  private static boolean isSingle(Value value) {
    return value instanceof Numbers numbers && numbers.isSingle();
  }

  private static double single(Value value) {
    return ((Numbers) value).meant();
  }
}
