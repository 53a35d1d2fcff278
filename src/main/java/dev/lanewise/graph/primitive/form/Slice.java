package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.ops.Places;
import java.util.List;

/// A part of the operand along one axis, in steps: y_i = a_(from + step·i). Its rules are those of a [Rearrangement].
///
/// @param places where the elements come from
/// @param to the result's shape
public record Slice(Places places, Shape to) implements Rearrangement {

  /// The coordinates `from`, `from` + `step`, … below `to` along an axis.
  ///
  /// @throws IllegalArgumentException if they do not lie in the axis
  public static Slice of(Shape operand, int axis, int from, int to, int step) {
    AlongAxis.require(operand, axis, "Slice");
    if (from < 0 || to < from || to > operand.dim(axis) || step < 1) {
      throw new IllegalArgumentException("Slice: from " + from + " to " + to + " by " + step + " along axis " + axis
          + " of " + operand + ", expected a part of 0 to " + operand.dim(axis) + " by steps of at least 1");
    }
    Shape result = AlongAxis.with(operand, axis, (int) (((long) to - from + step - 1) / step));
    return new Slice(
        AlongAxis.places("slice", axis, operand, result, List.of(from, step), i -> from + step * i), result);
  }

  @Override
  public String toString() {
    return "Slice[to=" + to + "]";
  }
}
