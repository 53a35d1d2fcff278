package dev.lanewise.graph.primitive;

import dev.lanewise.Shape;
import dev.lanewise.ops.Places;
import java.util.List;

/// Broadcasting: the operand repeated along axes that are missing in front or 1 long, and for each sample where it is
/// not batched. Its rules are those of a [Rearrangement].
///
/// @param places where the elements come from
/// @param to the result's shape
public record Expand(Places places, Shape to) implements Rearrangement {

  /// @throws IllegalArgumentException if an axis of `from` is neither 1 long nor as long as the one of `to`, counted
  /// from the last
  public static Expand of(Shape from, Shape to) {
    int missing = to.rank() - from.rank();
    if (missing < 0) {
      throw new IllegalArgumentException(from + " does not broadcast to " + to + ", expected at most " + to.rank()
          + " axes");
    }
    for (int axis = 0; axis < from.rank() && to.size() > 0; axis++) {
      if (from.dim(axis) != 1 && from.dim(axis) != to.dim(missing + axis)) {
        throw new IllegalArgumentException(from + " does not broadcast to " + to
            + ", expected axes of the same length or of 1");
      }
    }
    return new Expand(Places.later(from.size(), to.size(), List.of("expand", from, to), () -> index(from, to)), to);
  }

  private static int[] index(Shape from, Shape to) {
    int[] index = new int[to.size()];
    int missing = to.rank() - from.rank();
    for (int i = 0; i < index.length; i++) {
      int rest = i;
      int stride = 1;
      for (int axis = to.rank() - 1; axis >= 0; axis--) {
        int place = rest % to.dim(axis);
        rest /= to.dim(axis);
        if (axis >= missing) {
          int length = from.dim(axis - missing);
          index[i] += length == 1 ? 0 : place * stride;
          stride *= length;
        }
      }
    }
    return index;
  }
}
