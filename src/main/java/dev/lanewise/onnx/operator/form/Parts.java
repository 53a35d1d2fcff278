package dev.lanewise.onnx.operator.form;

import dev.lanewise.onnx.format.ElementType;
import dev.lanewise.onnx.trace.Call;
import dev.lanewise.onnx.trace.Integers;
import dev.lanewise.onnx.trace.Value;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Parts along axes: `Split`, `Slice`, `Compress`. The batch is not cut; a slice may name its axis if it takes all of
/// it.
final class Parts {

  private Parts() {}

  static Value split(Call call) {
    Value x = call.input(0);
    int axis = call.axis(call.integer("axis", 0), x.rank());
    Lengths.requireApart(call, x, axis);
    int length = x.dims()[axis];
    int parts = call.node().outputs().size();
    long[] lengths = lengths(call, parts, length);
    if (lengths.length != parts || Arrays.stream(lengths).anyMatch(part -> part < 0 || part > length)
        || Arrays.stream(lengths).sum() != length) {
      throw call.refusal("it splits axis " + axis + " of " + Lengths.text(x) + " into " + Arrays.toString(lengths)
          + ", expected " + parts + " lengths that sum to " + length);
    }
    Value first = null;
    for (int part = 0, from = 0; part < parts; from += (int) lengths[part++]) {
      int begin = from;
      int[] coordinates = IntStream.range(0, (int) lengths[part]).map(i -> begin + i).toArray();
      Value cut = call.wants(part) || part == 0 ? Arranged.along(call, x, axis, coordinates) : null;
      first = part == 0 ? cut : first;
      call.output(part, cut);
    }
    return first;
  }

  private static long[] lengths(Call call, int parts, int length) {
    long[] told = call.opset() < 13 ? call.integerList("split") : call.has(1) ? call.fixed(1) : null;
    long count = call.opset() < 18 ? parts : call.integer("num_outputs", parts);
    if (told != null) {
      return told;
    }
    if (count != parts || call.opset() < 18 && length % parts != 0) {
      throw call.refusal("it splits a length of " + length + " into " + count + " parts for " + parts
          + " outputs, expected as many parts as outputs" + (call.opset() < 18 ? ", of one length" : ""));
    }
    int part = Math.ceilDiv(length, parts);
    return IntStream.range(0, parts).mapToLong(i -> Math.clamp(length - (long) i * part, 0, part)).toArray();
  }

  static Value slice(Call call) {
    Value x = call.input(0);
    boolean told = call.opset() < 10;
    Integers starts = told ? list(call, "starts") : call.integers(1);
    Integers ends = told ? list(call, "ends") : call.integers(2);
    int count = starts.values().length;
    long[] axes = told ? call.integerList("axes") : call.has(3) ? call.fixed(3) : null;
    long[] steps = !told && call.has(4) ? call.fixed(4) : null;
    axes = axes == null ? IntStream.range(0, count).asLongStream().toArray() : axes;
    if (ends.values().length != count || axes.length != count || steps != null && steps.length != count) {
      throw call.refusal("starts are " + Arrays.toString(starts.values()) + ", ends "
          + Arrays.toString(ends.values()) + ", axes " + Arrays.toString(axes) + ", steps " + Arrays.toString(steps)
          + ", expected as many of each");
    }
    for (int i = 0; i < count; i++) {
      x = slice(call, x, call.axis(axes[i], x.rank()), new Bound(starts, i), new Bound(ends, i),
          steps == null ? 1 : steps[i]);
    }
    return x;
  }

  private static Integers list(Call call, String name) {
    long[] values = call.integerList(name);
    if (values == null) {
      throw call.refusal("attribute " + name + " is left out, expected one");
    }
    return Integers.of(ElementType.INT64, values, values.length);
  }

  /// One end of a slice along one axis.
  private record Bound(Integers of, int at) {

    long value() {
      return of.values()[at];
    }

    boolean isOfBatch() {
      return of.isOfBatch(at);
    }

    int within(int length, int low, int high) {
      long value = value();
      return Math.clamp(value < 0 ? value + length : value, low, high);
    }
  }

  private static Value slice(Call call, Value x, int axis, Bound start, Bound end, long step) {
    int length = x.dims()[axis];
    if (axis == x.batch()) {
      if (step != 1 || start.isOfBatch() || start.value() != 0
          || !(end.isOfBatch() ? end.value() == length : end.value() >= Integer.MAX_VALUE)) {
        throw call.refusal("it cuts axis " + axis + " of " + Lengths.text(x) + " from " + start.value() + " to "
            + end.value() + ", expected all of the batch");
      }
      return x;
    }
    if (step == 0 || start.isOfBatch() || end.isOfBatch()) {
      throw call.refusal(step == 0 ? "its step is 0, expected another"
          : "its bounds depend on the length of the batch, expected ones that do not");
    }
    if (length == 0) {
      return x;
    }
    int from = start.within(length, 0, step > 0 ? length : length - 1);
    int to = end.within(length, step > 0 ? 0 : -1, step > 0 ? length : length - 1);
    long span = step > 0 ? (long) to - from : (long) from - to;
    long by = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
    int count = span <= 0 ? 0 : (int) ((span - 1) / by + 1);
    return Arranged.along(call, x, axis, IntStream.range(0, count).map(i -> (int) (from + i * step)).toArray());
  }

  /// Without an axis, it takes elements of the flattened value.
  static Value compress(Call call) {
    Value x = call.input(0);
    long[] condition = call.fixed(1);
    if (!call.hasAttribute("axis")) {
      if (x.batch() >= 0) {
        throw call.refusal("it takes elements of all samples, " + Lengths.text(x) + ", expected an axis");
      }
      x = Arranged.reshape(call, x, new int[] {(int) Arranged.product(x.dims(), x.rank())}, -1);
    }
    int axis = call.axis(call.integer("axis", 0), x.rank());
    Lengths.requireApart(call, x, axis);
    if (condition.length > x.dims()[axis]) {
      throw call.refusal("condition has " + condition.length + " elements, expected at most " + x.dims()[axis]
          + " for axis " + axis + " of " + Lengths.text(x));
    }
    int[] places = IntStream.range(0, condition.length).filter(i -> condition[i] != 0).toArray();
    return Arranged.along(call, x, axis, places);
  }
}
