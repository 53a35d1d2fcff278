package dev.lanewise.onnx.operator.form;

import dev.lanewise.Tensor;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.List;
import java.util.stream.IntStream;

/// A value while it is padded along one axis after the other. Negative padding cuts elements off.
final class Padding {

  private final Call call;
  private final String mode;
  private final Value fill;
  private Value value;

  /// A padded weight is no longer a parameter as a whole.
  Padding(Call call, String mode, Value value) {
    this.call = call;
    this.mode = mode;
    this.fill = fill(call, value);
    this.value = Arranged.isWeight(value) ? call.traced(value) : value;
  }

  private static Value fill(Call call, Value value) {
    if (call.opset() < 11) {
      return Numbers.constant(Tensor.of(new double[] {call.number("value", 0)}, 1), 1);
    }
    if (!call.has(2)) {
      return value instanceof Integers integers ? Integers.of(integers.type(), new long[1], 1)
          : Numbers.constant(Tensor.of(new double[1], 1), 1);
    }
    return value instanceof Integers ? call.integers(2)
        : Numbers.constant(Tensor.of(new double[] {call.number(2)}, 1), 1);
  }

  Value value() {
    return value;
  }

  void pad(int axis, long before, long after) {
    if (before == 0 && after == 0) {
      return;
    }
    Lengths.requireApart(call, value, axis);
    int length = value.dims()[axis];
    int front = call.small(before, "padding before axis " + axis);
    int[] dims = value.dims();
    dims[axis] = call.small(length + before + after, "the length of padded axis " + axis);
    if (dims[axis] < 0 || length == 0 && !mode.equals("constant")) {
      throw call.refusal("it pads axis " + axis + " of " + Lengths.text(value) + " by " + before + " and " + after
          + ", expected an axis that is long enough");
    }
    call.constantSize(dims[axis]);
    if (!mode.equals("constant")) {
      int[] places = IntStream.range(0, dims[axis]).map(i -> source(i - front, length)).toArray();
      value = Arranged.along(call, value, axis, places);
      return;
    }
    int from = Math.clamp(-(long) front, 0, length);
    int to = Math.clamp(length + after, from, length);
    Value kept = Arranged.along(call, value, axis, IntStream.range(from, to).toArray());
    int lead = Math.min(Math.max(0, front), dims[axis]);
    int rest = dims[axis] - lead - (to - from);
    value = Joins.concat(call, List.of(filled(axis, lead), kept, filled(axis, rest)), axis);
  }

  /// The element that is seen at a position before or after the axis.
  private int source(int place, int length) {
    return switch (mode) {
      case "edge" -> Math.clamp(place, 0, length - 1);
      case "wrap" -> Math.floorMod(place, length);
      default -> {
        int there = length == 1 ? 0 : Math.floorMod(place, 2 * (length - 1));
        yield there < length ? there : 2 * (length - 1) - there;
      }
    };
  }

  /// Padding of this length.
  private Value filled(int axis, int length) {
    int[] dims = value.dims();
    dims[axis] = length;
    Value padding = Arranged.pick(fill, new int[call.constantSize(dims)], dims);
    if (value.batch() < 0 || length == 0) {
      return padding;
    }
    if (padding instanceof Integers integers) {
      return new Integers(integers.values(), dims, integers.values(), value.batch(), integers.type());
    }
    Traced like = Arranged.computed(call, value);
    int[] inner = Traced.inner(dims, like.isMerged() ? -1 : value.batch());
    return Traced.like(like, call.traced(Arranged.reshape(call, padding, inner, -1)).node(), dims, value.batch());
  }
}
