package dev.lanewise.onnx.operator.form;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `Concat`: values along an axis that is not the batch's. Constants are concatenated at once; weights become one
/// parameter, under the name of the output.
final class Joins {

  private Joins() {}

  static Value concat(Call call) {
    if (!call.hasAttribute("axis")) {
      throw call.refusal("attribute axis is left out, expected one");
    }
    return concat(call, call.all(), call.axis(call.integer("axis", 0), call.input(0).rank()));
  }

  /// {@return values concatenated along an axis}
  static Value concat(Call call, List<Value> all, int axis) {
    int[] dims = all.getFirst().dims();
    dims[axis] = 0;
    int batch = -1;
    for (Value value : all) {
      batch = value.batch() >= 0 ? value.batch() : batch;
      dims[axis] = Math.addExact(dims[axis], value.rank() == dims.length ? value.dims()[axis] : 0);
    }
    for (Value value : all) {
      requireSame(call, all, value, axis, dims, batch);
    }
    return concat(call, all, axis, dims, batch);
  }

  private static void requireSame(Call call, List<Value> all, Value value, int axis, int[] dims, int batch) {
    int[] own = value.dims();
    boolean same = own.length == dims.length && (value.batch() < 0 || value.batch() == batch);
    if (same) {
      own[axis] = dims[axis];
      same = Arrays.equals(own, dims);
    }
    if (!same) {
      throw call.refusal("operands have shapes " + all.stream().map(Lengths::text).toList()
          + ", expected the same except for axis " + axis);
    }
  }

  private static Value concat(Call call, List<Value> all, int axis, int[] dims, int batch) {
    if (all.stream().allMatch(Integers.class::isInstance)) {
      return integers(call, all, axis, dims, batch);
    }
    if (all.stream().allMatch(Numbers.class::isInstance)) {
      return numbers(call, all, axis, dims);
    }
    List<Traced> traced = new ArrayList<>();
    for (Value value : all) {
      if (value.dims()[axis] > 0) {
        traced.add(call.traced(value));
      }
    }
    Traced one = traced.stream().filter(Traced::isBatched).findFirst().orElse(traced.getFirst());
    int inner = call.inner(one, axis);
    Node[] nodes = traced.stream().map(value -> aligned(call, value, one)).toArray(Node[]::new);
    return Traced.like(one, nodes.length == 1 ? nodes[0] : Node.concat(inner, nodes), dims, batch);
  }

  /// An operand's node, without the axis that holds the batch in another operand.
  private static Node aligned(Call call, Traced value, Traced one) {
    if (!one.isBatched()) {
      return value.node();
    }
    if (value.isBatched() ? !value.isMergedAs(one) : one.isMerged()) {
      throw call.refusal("operands " + value + " and " + one + " have the batch in different places, expected one");
    }
    return value.isBatched() ? value.node() : value.node().reshape(Traced.inner(value.dims(), one.batch()));
  }

  private static Integers integers(Call call, List<Value> all, int axis, int[] dims, int batch) {
    if (axis == batch) {
      throw Lengths.integersForEach(call);
    }
    long[] values = new long[call.constantSize(dims)];
    long[] ofMany = new long[values.length];
    int row = row(dims, axis);
    int to = 0;
    for (Value value : all) {
      Integers part = (Integers) value;
      int length = row / Math.max(1, dims[axis]) * part.dims()[axis];
      for (int i = 0; i < part.values().length; i++) {
        int at = i / length * row + to + i % length;
        values[at] = part.values()[i];
        ofMany[at] = part.ofMany()[i];
      }
      to += length;
    }
    return new Integers(values, dims, ofMany, batch, ((Integers) all.getFirst()).type());
  }

  /// The number of elements at each position of the axes before this one.
  private static int row(int[] dims, int axis) {
    return (int) (Arranged.product(dims, dims.length) / Math.max(1, Arranged.product(dims, axis)));
  }

  private static Numbers numbers(Call call, List<Value> all, int axis, int[] dims) {
    call.constantSize(dims);
    Precision precision = ((Numbers) all.getFirst()).tensor().precision();
    Tensor values = Tensor.zeros(precision, dims);
    int row = row(dims, axis);
    int to = 0;
    boolean weight = false;
    for (Value value : all) {
      Numbers part = (Numbers) value;
      weight |= part.isParameter();
      int length = row / Math.max(1, dims[axis]) * part.dims()[axis];
      for (int i = 0; i < part.tensor().size(); i++) {
        values.set(i / length * row + to + i % length, part.tensor().get(i));
      }
      to += length;
    }
    return new Numbers(values, dims, weight ? call.node().outputs().getFirst() : "");
  }
}
