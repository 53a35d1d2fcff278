package dev.lanewise.onnx.operator.form;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.function.IntPredicate;

/// Products with a triangle of ones: `Trilu` keeps one side of a diagonal, `CumSum` sums up along an axis. Elements
/// that are left out may be infinite.
final class Triangles {

  private Triangles() {}

  static Value part(Call call) {
    Value x = call.input(0);
    boolean upper = call.flag("upper", true);
    long[] k = call.has(1) ? call.fixed(1) : new long[1];
    if (x.rank() < 2 || k.length != 1) {
      throw call.refusal("input is " + Lengths.text(x) + " and k " + Arrays.toString(k)
          + ", expected at least two axes, and one number");
    }
    int rows = x.dims()[x.rank() - 2];
    int columns = x.dims()[x.rank() - 1];
    Lengths.requireApart(call, x, x.rank() - 2);
    Lengths.requireApart(call, x, x.rank() - 1);
    IntPredicate kept = i -> {
      int diagonal = i % columns - i / columns % rows;
      return upper ? diagonal >= k[0] : diagonal <= k[0];
    };
    if (x instanceof Integers integers) {
      return integers.map(x.dims(), x.batch(), values -> kept(values, kept));
    }
    if (x instanceof Numbers numbers && !numbers.isParameter()) {
      Tensor part = numbers.tensor().copy();
      for (int i = 0; i < part.size(); i++) {
        part.set(i, kept.test(i) ? part.get(i) : 0);
      }
      return numbers.with(part, numbers.dims());
    }
    Tensor mask = Tensor.zeros(Precision.DOUBLE, rows, columns);
    for (int i = 0; i < mask.size(); i++) {
      mask.set(i, kept.test(i) ? 1 : 0);
    }
    Traced traced = Arranged.computed(call, x);
    Node sign = call.traced(Numbers.constant(mask, rows, columns)).node();
    return Arranged.as(x, traced.with(sign.select(traced.node(), call.constant(0))));
  }

  private static long[] kept(long[] values, IntPredicate kept) {
    long[] part = values.clone();
    for (int i = 0; i < part.length; i++) {
      part[i] = kept.test(i) ? part[i] : 0;
    }
    return part;
  }

  static Value sums(Call call) {
    Value x = call.input(0);
    long[] told = call.fixed(1);
    if (told.length != 1) {
      throw call.refusal("axis is " + Arrays.toString(told) + ", expected one");
    }
    int axis = call.axis(told[0], x.rank());
    Lengths.requireApart(call, x, axis);
    boolean before = call.flag("exclusive", false);
    boolean back = call.flag("reverse", false);
    if (x instanceof Integers integers) {
      int[] dims = x.dims();
      return integers.map(dims, x.batch(), values -> summed(values, dims, axis, before, back));
    }
    Traced traced = call.traced(x);
    return traced.with(summed(traced.node(), call.inner(traced, axis), before, back));
  }

  private static long[] summed(long[] values, int[] dims, int axis, boolean before, boolean back) {
    int stride = Arranged.strides(dims)[axis];
    long[] sums = new long[values.length];
    for (int each = 0; each < values.length; each++) {
      int i = back ? values.length - 1 - each : each;
      int last = back ? i + stride : i - stride;
      boolean first = i / stride % dims[axis] == (back ? dims[axis] - 1 : 0);
      sums[i] = (first ? 0 : sums[last]) + (before ? first ? 0 : values[last] : values[i]);
    }
    return sums;
  }

  /// Running sums by doubling: of 2, of 4, of 8 neighbours, and so on.
  private static Node summed(Node x, int axis, boolean before, boolean back) {
    int length = x.shape().dim(axis);
    Node sums = before ? shifted(x, axis, 1, back) : x;
    for (int distance = 1; distance < length; distance *= 2) {
      sums = sums.plus(shifted(sums, axis, distance, back));
    }
    return sums;
  }

  /// The element at this distance before each element, or after it; 0 where there is none.
  private static Node shifted(Node x, int axis, int distance, boolean back) {
    int length = x.shape().dim(axis);
    return back ? x.slice(axis, distance, length, 1).pad(axis, 0, distance)
        : x.slice(axis, 0, length - distance, 1).pad(axis, distance, 0);
  }
}
