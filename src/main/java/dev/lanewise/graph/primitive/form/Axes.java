package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.ops.Places;
import java.util.List;

/// Places along the axes of a shape: from the coordinates of an element of the result to the element of the operand.
final class Axes {

  private Axes() {}

  /// Where the coordinate `i` along an axis comes from, or −1.
  @FunctionalInterface
  interface Along {
    int from(int i);
  }

  /// A map that moves coordinates along one axis: each element of `to` comes from the one of `from` with the coordinate
  /// that `along` says.
  ///
  /// @param what which map it is, and `told` what tells it from others of that kind
  static Places along(String what, int axis, Shape from, Shape to, List<Integer> told, Along along) {
    return Places.later(from.size(), to.size(), List.of(what, axis, from, to, told),
        () -> index(axis, from, to, along));
  }

  private static int[] index(int axis, Shape from, Shape to, Along along) {
    int inner = 1;
    for (int behind = axis + 1; behind < from.rank(); behind++) {
      inner *= from.dim(behind);
    }
    int length = to.dim(axis);
    int[] index = new int[to.size()];
    for (int i = 0; i < index.length; i++) {
      int source = along.from(i / inner % length);
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

  /// Checks an axis at a door.
  static void require(Shape shape, int axis, String owner) {
    if (axis < 0 || axis >= shape.rank()) {
      throw new IllegalArgumentException(owner + ": axis " + axis + " of " + shape + ", expected one of its "
          + shape.rank());
    }
  }
}
