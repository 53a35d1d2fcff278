package dev.lanewise.onnx.writer;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.graph.primitive.form.Gather;
import dev.lanewise.graph.primitive.form.Pad;
import dev.lanewise.graph.primitive.form.Permute;
import dev.lanewise.graph.primitive.form.Repeat;
import dev.lanewise.graph.primitive.form.Slice;
import dev.lanewise.onnx.trace.Refusal;
import dev.lanewise.ops.Places;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Rearranged elements. An operation has only the map of its elements; axis and coordinates are recovered from it, and
/// checked to give the same map.
///
/// @param a the operand
/// @param from the operand's shape
/// @param to the result's shape
record Rearrangements(FileGraph file, String scope, Written a, Shape from, Shape to) {

  String write(Rearrangement rearrangement) {
    Places places = rearrangement.places();
    if (from.equals(to) && IntStream.range(0, places.size()).allMatch(i -> places.get(i) == i)) {
      return a.name();
    }
    return switch (rearrangement) {
      case Permute permute -> permuted(permute);
      case Slice slice -> sliced(slice);
      case Pad pad -> padded(pad);
      case Repeat repeat -> repeated(repeat);
      case Gather gather -> gathered(gather);
      default -> throw new Refusal("operation " + rearrangement + " has no form in ONNX, expected another");
    };
  }

  private Refusal unknown(Rearrangement rearrangement) {
    return new Refusal("operation " + rearrangement + " of " + from + " has no known form, expected one along an axis");
  }

  /// The distance between neighbours along an axis.
  private static int stride(Shape shape, int axis) {
    int stride = 1;
    for (int behind = axis + 1; behind < shape.rank(); behind++) {
      stride *= shape.dim(behind);
    }
    return stride;
  }

  /// Each axis of the result is the first of the operand's, not taken yet, that has its length and its stride.
  private String permuted(Permute permute) {
    int[] order = new int[from.rank()];
    boolean[] taken = new boolean[order.length];
    for (int axis = 0; axis < order.length; axis++) {
      int stride = to.dim(axis) > 1 ? permute.places().get(stride(to, axis)) : 0;
      int source = 0;
      while (source < order.length - 1 && (taken[source] || from.dim(source) != to.dim(axis)
          || to.dim(axis) > 1 && stride(from, source) != stride)) {
        source++;
      }
      taken[source] = true;
      order[axis] = source;
    }
    if (!Permute.of(from, order).equals(permute)) {
      throw unknown(permute);
    }
    int[] whole = a.batched() ? new int[order.length + 1] : order.clone();
    for (int axis = 0; axis < order.length && a.batched(); axis++) {
      whole[axis + 1] = order[axis] + 1;
    }
    return file.transpose(scope, a.name(), whole);
  }

  /// The coordinate along an axis that the result's coordinate i comes from, or −1.
  private int coordinate(Places places, int axis, int i) {
    int place = places.get(i * stride(to, axis));
    return place < 0 ? -1 : place / stride(from, axis) % from.dim(axis);
  }

  private String sliced(Slice slice) {
    for (int axis = 0; axis < from.rank(); axis++) {
      int length = to.dim(axis);
      int first = coordinate(slice.places(), axis, 0);
      int step = length > 1 ? coordinate(slice.places(), axis, 1) - first : 1;
      int end = first + (length - 1) * step + 1;
      if (first >= 0 && step > 0 && fits(axis) && end <= from.dim(axis)
          && Slice.of(from, axis, first, end, step).equals(slice)) {
        return file.node(scope, "Slice", List.of(a.name(), file.integers(first), file.integers(end),
            file.integers(a.axis(axis)), file.integers(step)));
      }
    }
    throw unknown(slice);
  }

  /// Whether all other axes keep their length.
  private boolean fits(int changed) {
    return from.rank() == to.rank() && IntStream.range(0, from.rank())
        .allMatch(axis -> axis == changed || from.dim(axis) == to.dim(axis));
  }

  private String padded(Pad pad) {
    for (int axis = 0; axis < from.rank(); axis++) {
      int before = 0;
      while (fits(axis) && before < to.dim(axis) && coordinate(pad.places(), axis, before) < 0) {
        before++;
      }
      int after = to.dim(axis) - from.dim(axis) - before;
      if (fits(axis) && after >= 0 && Pad.of(from, axis, before, after).equals(pad)) {
        int[] pads = new int[2 * a.rank()];
        pads[a.axis(axis)] = before;
        pads[a.rank() + a.axis(axis)] = after;
        return file.node(scope, "Pad", List.of(a.name(), file.integers(pads), file.number(0)));
      }
    }
    throw unknown(pad);
  }

  private String repeated(Repeat repeat) {
    for (int axis = 0; axis < from.rank(); axis++) {
      int times = to.dim(axis) / from.dim(axis);
      if (fits(axis) && times * from.dim(axis) == to.dim(axis) && Repeat.of(from, axis, times).equals(repeat)) {
        int[] repeats = new int[a.rank()];
        Arrays.fill(repeats, 1);
        repeats[a.axis(axis)] = times;
        return file.node(scope, "Tile", List.of(a.name(), file.integers(repeats)));
      }
    }
    throw unknown(repeat);
  }

  private String gathered(Gather gather) {
    for (int axis = 0; axis < from.rank(); axis++) {
      if (fits(axis)) {
        int along = axis;
        int[] indices = IntStream.range(0, to.dim(axis)).map(i -> coordinate(gather.places(), along, i)).toArray();
        if (Arrays.stream(indices).allMatch(index -> index >= 0) && Gather.of(from, axis, indices).equals(gather)) {
          return file.node(scope, "Gather", List.of(a.name(), file.integers(indices)),
              Attribute.of("axis", (long) a.axis(axis)));
        }
      }
    }
    throw unknown(gather);
  }
}
