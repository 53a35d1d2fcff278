package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.ops.Places;
import java.util.List;

/// The operand with zeros before and after it along one axis: y_i = a_(i − before) along that axis, or 0. Its rules are
/// those of a [Rearrangement].
///
/// @param places where the elements come from
/// @param to the result's shape
public record Pad(Places places, Shape to) implements Rearrangement {

  /// So many zeros before and after the operand along an axis.
  ///
  /// @throws IllegalArgumentException for a negative number of them
  public static Pad of(Shape operand, int axis, int before, int after) {
    AlongAxis.require(operand, axis, "Pad");
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException("Pad: " + before + " before and " + after + " after " + operand
          + ", expected at least 0");
    }
    int length = operand.dim(axis);
    Shape result = AlongAxis.with(operand, axis, Math.addExact(Math.addExact(before, length), after));
    return new Pad(AlongAxis.places("pad", axis, operand, result, List.of(before),
        i -> i < before || i >= before + length ? Places.NONE : i - before), result);
  }

  @Override
  public String toString() {
    return "Pad[to=" + to + "]";
  }
}
