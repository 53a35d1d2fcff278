package dev.lanewise.onnx.operator.form;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Operators that add elements: `Expand`, `Tile`, `Pad`.
final class Expansions {

  private Expansions() {}

  /// A value that is expanded to the length of the batch counts as computed, so that no operation goes along that axis.
  static Value expand(Call call) {
    Value x = call.input(0);
    Integers target = call.integers(1);
    int[] to = Lengths.of(call, target);
    int rank = Math.max(x.rank(), to.length);
    int[] from = new int[rank];
    Arrays.fill(from, 1);
    System.arraycopy(x.dims(), 0, from, rank - x.rank(), x.rank());
    int[] times = new int[rank];
    Arrays.fill(times, 1);
    int batch = x.batch() < 0 ? -1 : x.batch() + rank - x.rank();
    for (int axis = rank - to.length, i = 0; axis < rank; axis++, i++) {
      if (to[i] != from[axis] && from[axis] != 1 && to[i] != 1) {
        throw call.refusal("it expands " + Lengths.text(x) + " to " + Arrays.toString(to)
            + ", expected axes as long as each other's, or 1 long");
      }
      times[axis] = from[axis] == 1 ? to[i] : 1;
      batch = Lengths.batch(call, target, i) ? Lengths.one(call, batch, axis) : batch;
    }
    return repeated(call, Arranged.reshape(call, x, from, batch), times, batch);
  }

  static Value tile(Call call) {
    Value x = call.input(0);
    Integers repeats = call.integers(1);
    int[] times = Lengths.of(call, repeats);
    if (times.length != x.rank()) {
      throw call.refusal("repeats are " + Arrays.toString(times) + ", expected one for each axis of "
          + Lengths.text(x));
    }
    int batch = x.batch();
    for (int axis = 0; axis < times.length; axis++) {
      boolean more = Lengths.batch(call, repeats, axis);
      if (axis == batch && more) {
        throw call.refusal("it repeats the batch of " + Lengths.text(x) + ", expected another axis");
      }
      batch = more ? Lengths.one(call, batch, axis) : batch;
    }
    return repeated(call, x, times, batch);
  }

  /// @param batch the axis that holds the batch in the result, even if the value has none; or −1
  private static Value repeated(Call call, Value x, int[] times, int batch) {
    int[] dims = x.dims();
    for (int axis = 0; axis < times.length; axis++) {
      dims[axis] = Math.multiplyExact(dims[axis], times[axis]);
    }
    if (x instanceof Integers integers) {
      if (batch >= 0 && dims[batch] != 1) {
        throw Lengths.integersForEach(call);
      }
      return ((Integers) repeated(call, integers, dims)).reshape(dims, batch);
    }
    boolean computed = x instanceof Traced || x instanceof Condition
        || Arranged.isWeight(x) && Arrays.stream(times).anyMatch(more -> more != 1);
    if (!computed && batch < 0) {
      return repeated(call, x, dims);
    }
    if (Arrays.stream(dims).anyMatch(length -> length == 0)) {
      return Arranged.empty(dims);
    }
    Traced traced = Arranged.computed(call, x);
    Node node = traced.node();
    for (int axis = 0; axis < times.length; axis++) {
      if (times[axis] != 1) {
        node = node.repeat(call.inner(traced, axis), times[axis]);
      }
    }
    return Arranged.as(x,
        traced.isBatched() ? Traced.like(traced, node, dims, batch) : Arranged.of(node, dims, batch, 1));
  }

  private static Value repeated(Call call, Value x, int[] dims) {
    int[] from = x.dims();
    int[] own = Arranged.strides(dims);
    int[] strides = Arranged.strides(from);
    int[] places = new int[call.constantSize(dims)];
    for (int i = 0; i < places.length; i++) {
      for (int axis = 0; axis < dims.length; axis++) {
        places[i] += i / own[axis] % from[axis] * strides[axis];
      }
    }
    return Arrays.equals(from, dims) ? x : Arranged.pick(x, places, dims);
  }

  static Value pad(Call call) {
    Value x = call.input(0);
    String mode = call.choice("mode", "constant", "reflect", "edge", "wrap");
    boolean told = call.opset() < 11;
    long[] pads = told ? call.integerList("pads") : call.fixed(1);
    long[] axes = call.opset() >= 18 && call.has(3) ? call.fixed(3)
        : IntStream.range(0, x.rank()).asLongStream().toArray();
    if (pads == null || pads.length != 2 * axes.length) {
      throw call.refusal("pads are " + Arrays.toString(pads) + ", expected " + 2 * axes.length + " lengths");
    }
    Padding padding = new Padding(call, mode, x);
    for (int i = 0; i < axes.length; i++) {
      padding.pad(call.axis(axes[i], x.rank()), pads[i], pads[axes.length + i]);
    }
    return padding.value();
  }
}
