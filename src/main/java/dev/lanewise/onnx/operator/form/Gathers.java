package dev.lanewise.onnx.operator.form;

import dev.lanewise.graph.Node;
import dev.lanewise.nn.block.Embedding;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Condition;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Numbers;
import dev.lanewise.onnx.trace.Traced;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// Lookups: `Gather`, `GatherElements`, `GatherND` at constant indices, and `Gather` of a table's rows at indices that
/// are an input, which is an `Embedding`.
final class Gathers {

  private Gathers() {}

  static Value gather(Call call) {
    Value x = call.input(0);
    int axis = call.axis(call.integer("axis", 0), x.rank());
    if (call.input(1) instanceof Traced places) {
      return embedding(call, x, axis, places);
    }
    Integers places = call.integers(1);
    if (places.isOfBatch() || places.batch() >= 0 && x.batch() >= 0) {
      throw call.refusal("indices depend on the length of the batch, expected ones that do not");
    }
    int length = x.dims()[axis];
    int[] coordinates = Arrays.stream(places.values()).mapToInt(place -> place(call, place, length)).toArray();
    Value picked = Arranged.along(call, x, axis, coordinates);
    int rank = places.rank();
    int[] dims = new int[x.rank() - 1 + rank];
    System.arraycopy(x.dims(), 0, dims, 0, axis);
    System.arraycopy(places.dims(), 0, dims, axis, rank);
    System.arraycopy(x.dims(), axis + 1, dims, axis + rank, x.rank() - axis - 1);
    Value result = Arranged.reshape(call, picked, dims, x.batch() < axis ? x.batch() : x.batch() - 1 + rank);
    return places.batch() < 0 ? result : forEach(call, result, axis + places.batch());
  }

  /// The value for each sample of the batch: it is the same for all.
  private static Value forEach(Call call, Value value, int batch) {
    return value instanceof Integers integers
        ? integers.reshape(integers.dims(), batch)
        : Arranged.of(call.traced(value).node(), value.dims(), batch, 1);
  }

  /// {@return an index counted from the first element}
  static int place(Call call, long place, int length) {
    if (place < -length || place >= length) {
      throw call.refusal("it takes element " + place + ", expected from " + -length + " to " + (length - 1));
    }
    return (int) (place < 0 ? place + length : place);
  }

  /// Rows of a table at indices that are an input.
  private static Value embedding(Call call, Value x, int axis, Traced places) {
    if (!(x instanceof Numbers table) || axis != 0 || table.tensor().size() == 0) {
      throw call.refusal("it looks " + places + " up along axis " + axis + " of " + Lengths.text(x)
          + ", expected constant indices, or rows of a table of the file");
    }
    int count = table.dims()[0];
    int width = table.tensor().size() / count;
    Node rows = call.trace().apply(call.layerName(0), new Embedding(count, width), places.node(),
        Map.of("weight", table.tensor().reshape(count, width)));
    int[] dims = IntStream.concat(Arrays.stream(places.dims()), Arrays.stream(table.dims()).skip(1)).toArray();
    return Arranged.of(rows, dims, places.batch(), places.outer());
  }

  /// Along one axis, each element at its own index.
  static Value elements(Call call) {
    Value x = whole(call, 0);
    int axis = call.axis(call.integer("axis", 0), x.rank());
    int[] dims = call.integers(1).dims();
    int[] from = x.dims();
    boolean fits = dims.length == from.length
        && IntStream.range(0, dims.length).allMatch(each -> each == axis || dims[each] <= from[each]);
    if (!fits) {
      throw call.refusal("indices have dims " + Arrays.toString(dims) + ", expected " + from.length
          + " axes no longer than those of " + Lengths.text(x) + ", except axis " + axis);
    }
    return pick(call, x, places(call, axis, from), dims);
  }

  /// {@return the element of these dims that each index of the second input refers to: its own coordinates, except
  /// along `axis`}
  static int[] places(Call call, int axis, int[] dims) {
    long[] given = call.fixed(1);
    int[] steps = Arranged.strides(dims);
    int step = steps[axis];
    steps[axis] = 0;
    int[] places = Arranged.places(call.integers(1).dims(), steps);
    for (int i = 0; i < places.length; i++) {
      places[i] += place(call, given[i], dims[axis]) * step;
    }
    return places;
  }

  /// Parts by their leading coordinates, which are the last axis of the indices.
  static Value nd(Call call) {
    Value x = whole(call, 0);
    Integers at = call.integers(1);
    long[] places = call.fixed(1);
    int[] from = x.dims();
    int[] to = at.dims();
    int shared = Math.clamp(call.integer("batch_dims", 0), 0, Integer.MAX_VALUE);
    int depth = to.length == 0 ? 0 : to[to.length - 1];
    if (to.length <= shared || shared + depth > from.length || depth == 0
        || !Arrays.equals(from, 0, shared, to, 0, shared)) {
      throw call.refusal("indices have dims " + Arrays.toString(to) + ", expected tuples of at most "
          + (from.length - shared) + " along the last axis, " + shared + " axes as those of " + Lengths.text(x));
    }
    int[] strides = Arranged.strides(from);
    int part = (int) (Arranged.product(from, from.length) / Math.max(1, Arranged.product(from, shared + depth)));
    int[] dims = IntStream.concat(Arrays.stream(to, 0, to.length - 1), Arrays.stream(from).skip(shared + depth))
        .toArray();
    int[] sources = new int[call.constantSize(dims)];
    int tuples = places.length / depth;
    int perShared = tuples / Math.max(1, (int) Arranged.product(to, shared));
    for (int tuple = 0; tuple < tuples; tuple++) {
      int source = shared == 0 ? 0 : tuple / perShared * strides[shared - 1];
      for (int i = 0; i < depth; i++) {
        source += place(call, places[tuple * depth + i], from[shared + i]) * strides[shared + i];
      }
      for (int i = 0; i < part; i++) {
        sources[tuple * part + i] = source + i;
      }
    }
    return pick(call, x, sources, dims);
  }

  /// {@return an input that has no batch}
  static Value whole(Call call, int input) {
    Value value = call.input(input);
    if (value.batch() >= 0) {
      throw call.refusal("input " + input + " is " + Lengths.text(value) + ", expected one without a batch");
    }
    return value;
  }

  /// Elements of a value without a batch.
  private static Value pick(Call call, Value x, int[] sources, int[] dims) {
    if (!(x instanceof Traced) && !(x instanceof Condition) && !Arranged.isWeight(x)) {
      return Arranged.pick(x, sources, dims);
    }
    if (sources.length == 0) {
      return Arranged.empty(dims);
    }
    return Arranged.as(x, Arranged.of(Arranged.computed(call, x).node().flatten().gather(0, sources), dims, -1, 1));
  }
}
