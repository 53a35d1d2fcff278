package dev.lanewise.graph.primitive;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.List;

/// One operation of a graph, with the rules of its derivatives.
///
/// | rule | formula | |
/// |------|---------|-|
/// | [#value]   | y = f(a_1, …, a_K) | |
/// | [#push]    | ẏ = Σ_k J_k·ȧ_k | overwrites |
/// | [#pull]    | ā_k = J_kᵀ·ȳ | overwrites |
/// | [#addBend] | ā̇_k += Σ_l ∂(J_kᵀ·ȳ)/∂a_l·ȧ_l | the pull's tangent without J_kᵀ·ȳ̇, which is a pull |
///
/// Shapes that an operation is made with are those of one sample. A batched value is `[batch, …sample]`; one that
/// depends on parameters and constants alone is `[…sample]`. Tangents and cotangents have a chunk of directions in
/// front of that, `[chunk, …value]`. Operations are records of their arguments beside the operands, and have no state.
/// So two of them are equal if they compute the same, and equal expressions are computed once.
public interface Primitive {

  /// {@return the result's shape, of one sample}
  ///
  /// @throws IllegalArgumentException if it does not take operands of these shapes; the message says what it expected
  Shape outputShape(List<Shape> operands);

  /// {@return the shape that all operands have}
  ///
  /// @throws IllegalArgumentException if they differ
  default Shape oneShape(List<Shape> operands) {
    Shape first = operands.getFirst();
    for (Shape other : operands) {
      if (!other.equals(first)) {
        throw new IllegalArgumentException(this + ": operands are " + operands + ", expected all of one shape");
      }
    }
    return first;
  }

  /// Writes y and, if `keep`, what the derivatives need beyond operands and y, to [Point#kept].
  void value(Point at, boolean keep);

  /// Overwrites `yDot`.
  ///
  /// @param dots the operands' tangents, [Tensor#none()] where zero; at least one is not
  void push(Point at, Tensor[] dots, Tensor yDot);

  /// Overwrites `bar`, the cotangent of one operand.
  void pull(Point at, int operand, Tensor yBar, Tensor bar);

  /// Adds to `barDot` the change of [#pull]'s result as the operands move.
  ///
  /// @param dots as in [#push]
  /// @param yBar of one direction, `[1, …y]`
  /// @param barDot of as many directions as the tangents
  void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot);

  /// {@return whether the Jacobian does not depend on the operands, so that there is nothing to add in [#addBend]}
  default boolean isLinear() {
    return false;
  }

  /// {@return whether element i of the result depends on the operands' elements i alone, all of one shape}
  default boolean isPointwise() {
    return false;
  }

  /// {@return whether the result is the operand's elements, in the same order, under another shape}
  default boolean isView() {
    return false;
  }

  /// {@return the multiply-adds of a push or a pull of one direction, for one sample}
  default long multiplyAdds(List<Shape> operands) {
    return outputShape(operands).size();
  }

  /// {@return the number of values that it keeps beside its result, for one sample}
  default long kept(List<Shape> operands) {
    return 0;
  }
}
