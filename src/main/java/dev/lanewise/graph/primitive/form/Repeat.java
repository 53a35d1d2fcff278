package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Rearrangement;
import dev.lanewise.ops.Places;
import java.util.List;

/// The operand several times behind itself along one axis: [a b] becomes [a b a b].
///
/// | what | formula |
/// |------|---------|
/// | value       | y_i = a_(i mod n) along the axis, n long |
/// | tangent     | ẏ, of ȧ likewise |
/// | cotangent   | ā_j = Σ ȳ_i over all i with i mod n = j |
/// | its tangent | ā̇, of ȳ̇ likewise |
///
/// @param places where elements come from
/// @param to the result's shape
public record Repeat(Places places, Shape to) implements Rearrangement {

  /// The operand so many times along an axis.
  ///
  /// @throws IllegalArgumentException for a negative number
  public static Repeat of(Shape operand, int axis, int times) {
    Axes.require(operand, axis, "Repeat");
    if (times < 0) {
      throw new IllegalArgumentException("Repeat: " + times + " times " + operand + ", expected at least 0");
    }
    int length = operand.dim(axis);
    Shape result = Axes.with(operand, axis, Math.multiplyExact(length, times));
    return new Repeat(Axes.along("repeat", axis, operand, result, List.of(), i -> i % length), result);
  }

  /// For example `Repeat[to=[3, 2]]`.
  @Override
  public String toString() {
    return "Repeat[to=" + to + "]";
  }
}
