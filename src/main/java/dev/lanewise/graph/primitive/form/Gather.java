package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.ops.Places;
import java.util.Arrays;
import java.util.List;

/// The operand at constant coordinates along one axis, each any number of times: y_i = a_index(i) along that axis. Its
/// rules are those of a [Rearrangement].
///
/// @param places where the elements come from
/// @param to the result's shape
public record Gather(Places places, Shape to) implements Rearrangement {

  /// The operand's parts at `indices` along an axis.
  ///
  /// @throws IllegalArgumentException if one is not a coordinate of that axis
  public static Gather of(Shape operand, int axis, int... indices) {
    AlongAxis.require(operand, axis, "Gather");
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || indices[i] >= operand.dim(axis)) {
        throw new IllegalArgumentException("Gather: index " + i + " is " + indices[i] + ", expected one of the "
            + operand.dim(axis) + " along axis " + axis + " of " + operand);
      }
    }
    int[] own = indices.clone();
    Shape result = AlongAxis.with(operand, axis, own.length);
    List<Integer> name = Arrays.stream(own).boxed().toList();
    return new Gather(AlongAxis.places("gather", axis, operand, result, name, i -> own[i]), result);
  }

  @Override
  public String toString() {
    return "Gather[to=" + to + "]";
  }
}
