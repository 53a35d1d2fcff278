package dev.lanewise.onnx.operator.numeric;

import dev.lanewise.graph.Axes;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Folding;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Operator;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;

/// Reductions along axes.
final class Reductions {

  private interface AlongAxes {

    Node of(Node x, Axes axes);
  }

  /// @param axesAsInput the first version with the axes as an input
  /// @param ofIntegers adds one more integer to a result; null where integers are not supported
  /// @param isIdentity whether it leaves a single element as it is
  private record Reduction(
      int axesAsInput, AlongAxes ofNodes, LongBinaryOperator ofIntegers, boolean isIdentity) {}

  private Reductions() {}

  static void addTo(Map<String, Operator> rules) {
    put(rules, "ReduceSum", new Reduction(13, Node::sum, Long::sum, true));
    put(rules, "ReduceMean", new Reduction(18, Node::mean, null, true));
    put(rules, "ReduceMax", new Reduction(18, Node::max, Math::max, true));
    put(rules, "ReduceMin", new Reduction(18, Node::min, Math::min, true));
    put(rules, "ReduceProd", new Reduction(18, Node::prod, (a, b) -> a * b, true));
    put(rules, "ReduceL1", new Reduction(18, (x, axes) -> x.abs().sum(axes), null, false));
    put(rules, "ReduceL2", new Reduction(18, Reductions::norm, null, false));
    put(rules, "ReduceSumSquare", new Reduction(18, Node::squaredNorm, null, false));
    put(rules, "ReduceLogSum", new Reduction(18, (x, axes) -> x.sum(axes).log(), null, false));
    put(rules, "ReduceLogSumExp", new Reduction(18, Node::logSumExp, null, false));
  }

  private static void put(Map<String, Operator> rules, String name, Reduction reduction) {
    rules.put(name, call -> of(call, reduction));
  }

  /// √Σa². At 0, where the root has no slope, the derivative is 0, as in PyTorch: there the sum itself is chosen, and
  /// the root is that of 1.
  private static Node norm(Node x, Axes axes) {
    Node sum = x.squaredNorm(axes);
    return sum.select(sum.select(sum, sum.constant(1)).sqrt(), sum);
  }

  private static Value of(Call call, Reduction reduction) {
    boolean kept = call.flag("keepdims", true);
    long[] asked = axes(call, reduction);
    Value x = call.input(0) instanceof Integers integers ? integers : call.traced(0);
    boolean none = reduction.axesAsInput <= call.opset() && call.flag("noop_with_empty_axes", false);
    if (asked.length == 0 && none) {
      if (!reduction.isIdentity) {
        throw call.refusal("noop_with_empty_axes is 1 and there are no axes, expected axes: versions differ in what"
            + " that computes");
      }
      return x;
    }
    boolean[] chosen = new boolean[x.rank()];
    Arrays.fill(chosen, asked.length == 0);
    for (long axis : asked) {
      int at = call.axis(axis, x.rank());
      if (chosen[at]) {
        throw call.refusal("axes are " + Arrays.toString(asked) + ", expected each once");
      }
      chosen[at] = true;
    }
    return x instanceof Integers integers
        ? ofIntegers(call, reduction, integers, chosen, kept) : ofTraced(call, reduction, (Traced) x, chosen, kept);
  }

  private static long[] axes(Call call, Reduction reduction) {
    if (call.opset() >= reduction.axesAsInput) {
      return call.has(1) ? call.fixed(1) : new long[0];
    }
    long[] axes = call.integerList("axes");
    return axes == null ? new long[0] : axes;
  }

  private static Traced ofTraced(Call call, Reduction reduction, Traced x, boolean[] chosen, boolean kept) {
    int[] left = left(x.dims(), chosen, kept);
    int[] axes = IntStream.range(0, chosen.length).filter(axis -> chosen[axis])
        .map(axis -> call.inner(x, axis)).toArray();
    if (axes.length == 0) { // of a single number
      Node each = x.node().unsqueeze(-1);
      return x.with(reduction.ofNodes.of(each, Axes.of(-1)));
    }
    Node node = reduction.ofNodes.of(x.node(), kept ? Axes.kept(axes) : Axes.of(axes));
    return Traced.like(x, node, left, batch(x, chosen, kept));
  }

  private static int[] left(int[] dims, boolean[] chosen, boolean kept) {
    return IntStream.range(0, dims.length).filter(axis -> kept || !chosen[axis])
        .map(axis -> chosen[axis] ? 1 : dims[axis]).toArray();
  }

  private static Integers ofIntegers(Call call, Reduction reduction, Integers x, boolean[] chosen, boolean kept) {
    if (reduction.ofIntegers == null) {
      throw call.refusal("operand has integers, expected floating numbers");
    }
    if (x.batch() >= 0 && chosen[x.batch()]) {
      throw call.refusal("axis " + x.batch() + " has an integer for each sample, expected another: samples would mix");
    }
    if (x.values().length == 0) {
      throw call.refusal("operand has no element, expected some");
    }
    return x.map(left(x.dims(), chosen, kept), batch(x, chosen, kept), all -> reduced(reduction, x, all, chosen));
  }

  /// The batch's axis after the reduction.
  private static int batch(Value x, boolean[] chosen, boolean kept) {
    long gone = kept ? 0 : IntStream.range(0, Math.max(0, x.batch())).filter(axis -> chosen[axis]).count();
    return x.batch() - (int) gone;
  }

  private static long[] reduced(Reduction reduction, Integers x, long[] all, boolean[] chosen) {
    int[] dims = x.dims();
    int[] result = left(dims, chosen, true);
    int size = IntStream.of(result).reduce(1, (a, b) -> a * b);
    long[] values = new long[size];
    boolean[] begun = new boolean[size];
    for (int from = 0; from < all.length; from++) {
      int to = 0;
      for (int axis = chosen.length - 1, rest = from, stride = 1; axis >= 0; rest /= dims[axis--]) {
        to += chosen[axis] ? 0 : rest % dims[axis] * stride;
        stride *= result[axis];
      }
      values[to] = begun[to] ? reduction.ofIntegers.applyAsLong(values[to], all[from]) : all[from];
      begun[to] = true;
    }
    for (int at = 0; at < size; at++) {
      values[at] = Folding.wrapped(x.type(), values[at]);
    }
    return values;
  }
}
