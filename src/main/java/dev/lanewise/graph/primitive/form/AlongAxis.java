package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.ops.Places;
import java.util.List;

/// Maps from the elements of a result to those of an operand that move coordinates along one axis.
final class AlongAxis {

  private AlongAxis() {}

  /// The source of a coordinate along an axis, or −1.
  @FunctionalInterface
  interface Source {
    int of(int i);
  }

  /// The map that takes each element of `to` from the element of `from` with the coordinate that `source` gives.
  ///
  /// @param what the kind of map
  /// @param told its arguments, which tell it from others of that kind
  static Places places(String what, int axis, Shape from, Shape to, List<Integer> told, Source source) {
    return Places.later(from.size(), to.size(), List.of(what, axis, from, to, told),
        () -> index(axis, from, to, source));
  }

  private static int[] index(int axis, Shape from, Shape to, Source along) {
    int inner = 1;
    for (int later = axis + 1; later < from.rank(); later++) {
      inner *= from.dim(later);
    }
    int length = to.dim(axis);
    int[] index = new int[to.size()];
    for (int i = 0; i < index.length; i++) {
      int source = along.of(i / inner % length);
      index[i] = source < 0 ? -1 : (i / inner / length * from.dim(axis) + source) * inner + i % inner;
    }
    return index;
  }

  /// `shape` with another length of one axis.
  static Shape with(Shape shape, int axis, int length) {
    int[] dims = shape.toArray();
    dims[axis] = length;
    return Shape.of(dims);
  }

  /// Refuses an axis that a shape does not have.
  static void require(Shape shape, int axis, String owner) {
    if (axis < 0 || axis >= shape.rank()) {
      throw new IllegalArgumentException(owner + ": axis " + axis + " of " + shape + ", expected one of its "
          + shape.rank());
    }
  }
}
