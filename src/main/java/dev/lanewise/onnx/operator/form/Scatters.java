package dev.lanewise.onnx.operator.form;

import dev.lanewise.graph.Node;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Writes into a value at constant indices: `Scatter`, `ScatterElements`, `ScatterND`. Each element of the result comes
/// from the value or from the updates; of several updates of one element, the last counts.
final class Scatters {

  private Scatters() {}

  static Value elements(Call call) {
    Value x = Gathers.whole(call, 0);
    Value written = Gathers.whole(call, 2);
    int[] at = call.integers(1).dims();
    int axis = call.axis(call.integer("axis", 0), x.rank());
    int[] dims = x.dims();
    boolean fits = at.length == dims.length && Arrays.equals(at, written.dims())
        && IntStream.range(0, at.length).allMatch(each -> each == axis || at[each] <= dims[each]);
    if (!fits) {
      throw call.refusal("indices have dims " + Arrays.toString(at) + " and updates "
          + Arrays.toString(written.dims()) + ", expected the same, no longer than " + Lengths.text(x)
          + ", except axis " + axis);
    }
    return written(call, x, written, Gathers.places(call, axis, dims));
  }

  static Value nd(Call call) {
    Value x = Gathers.whole(call, 0);
    Value written = Gathers.whole(call, 2);
    int[] at = call.integers(1).dims();
    long[] places = call.fixed(1);
    int[] dims = x.dims();
    int depth = at.length == 0 ? 0 : at[at.length - 1];
    int[] expected = depth == 0 || depth > dims.length ? null
        : IntStream.concat(Arrays.stream(at, 0, at.length - 1), Arrays.stream(dims).skip(depth)).toArray();
    if (!Arrays.equals(expected, written.dims())) {
      throw call.refusal("indices have dims " + Arrays.toString(at) + " and updates "
          + Arrays.toString(written.dims()) + ", expected tuples along the last axis, and a part of "
          + Lengths.text(x) + " for each");
    }
    int[] strides = Arranged.strides(dims);
    int part = (int) Arranged.product(Arrays.copyOfRange(dims, depth, dims.length), dims.length - depth);
    int[] to = new int[(int) Arranged.product(expected, expected.length)];
    for (int i = 0; i < to.length; i++) {
      to[i] = i % part;
      for (int axis = 0; axis < depth; axis++) {
        to[i] += Gathers.place(call, places[i / part * depth + axis], dims[axis]) * strides[axis];
      }
    }
    return written(call, x, written, to);
  }

  private static Value written(Call call, Value x, Value written, int[] to) {
    if (call.opset() >= 16) {
      call.choice("reduction", "none");
    }
    int size = (int) Arranged.product(x.dims(), x.rank());
    int[] sources = IntStream.range(0, size).toArray();
    for (int i = 0; i < to.length; i++) {
      sources[to[i]] = size + i;
    }
    boolean constant = !Arranged.isWeight(x) && !Arranged.isWeight(written)
        && (x instanceof Integers && written instanceof Integers || x instanceof Numbers && written instanceof Numbers);
    if (constant) {
      Value flat = Arranged.reshape(call, x, new int[] {size}, -1);
      Value more = Arranged.reshape(call, written, new int[] {to.length}, -1);
      return Arranged.pick(Joins.concat(call, List.of(flat, more), 0), sources, x.dims());
    }
    if (size == 0 || to.length == 0) {
      return x;
    }
    Node all = Node.concat(0, call.traced(x).node().flatten(), call.traced(written).node().flatten());
    return Arranged.of(all.gather(0, sources), x.dims(), -1, 1);
  }
}
