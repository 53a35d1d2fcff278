package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.ops.Places;
import java.util.Arrays;
import java.util.List;

/// The operand with its axes in another order: y_(i_o(0), …, i_o(r)) = a_(i_0, …, i_r). Its rules are those of a
/// [Rearrangement].
///
/// @param places where the elements come from
/// @param to the result's shape
public record Permute(Places places, Shape to) implements Rearrangement {

  /// The operand's axis `order[i]` becomes the result's axis i.
  ///
  /// @throws IllegalArgumentException unless each axis is named once
  public static Permute of(Shape from, int... order) {
    int rank = from.rank();
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    boolean each = order.length == rank;
    for (int axis = 0; each && axis < rank; axis++) {
      each = sorted[axis] == axis;
    }
    if (!each) {
      throw new IllegalArgumentException(
          "Permute: order " + Arrays.toString(order) + " of " + from + ", expected each of its " + rank + " axes once");
    }
    int[] dims = new int[rank];
    int[] strides = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      dims[axis] = from.dim(order[axis]);
      strides[axis] = 1;
      for (int later = order[axis] + 1; later < rank; later++) {
        strides[axis] *= from.dim(later);
      }
    }
    List<Object> name = List.of("permute", from, Arrays.stream(order).boxed().toList());
    return new Permute(Places.later(from.size(), from.size(), name, () -> index(dims, strides, from.size())),
        Shape.of(dims));
  }

  private static int[] index(int[] dims, int[] strides, int size) {
    int[] index = new int[size];
    for (int i = 0; i < size; i++) {
      for (int axis = dims.length - 1, rest = i; axis >= 0; rest /= dims[axis], axis--) {
        index[i] += rest % dims[axis] * strides[axis];
      }
    }
    return index;
  }

  @Override
  public String toString() {
    return "Permute[to=" + to + "]";
  }
}
