package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.ops.Places;
import java.util.List;

/// The operand several times in a row along one axis, n long: y_i = a_(i mod n). [a b] becomes [a b a b]. Its rules are
/// those of a [Rearrangement].
///
/// @param places where the elements come from
/// @param to the result's shape
public record Repeat(Places places, Shape to) implements Rearrangement {

  /// The operand so many times along an axis.
  ///
  /// @throws IllegalArgumentException for a negative number
  public static Repeat of(Shape operand, int axis, int times) {
    AlongAxis.require(operand, axis, "Repeat");
    if (times < 0) {
      throw new IllegalArgumentException("Repeat: " + times + " times " + operand + ", expected at least 0");
    }
    int length = operand.dim(axis);
    Shape result = AlongAxis.with(operand, axis, Math.multiplyExact(length, times));
    return new Repeat(AlongAxis.places("repeat", axis, operand, result, List.of(), i -> i % length), result);
  }

  @Override
  public String toString() {
    return "Repeat[to=" + to + "]";
  }
}
