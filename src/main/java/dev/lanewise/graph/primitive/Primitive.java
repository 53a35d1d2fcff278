package dev.lanewise.graph.primitive;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.List;

/// One operation of a graph: what it computes of its operands, and the rules of its derivative, side by side.
///
/// | rule | formula | |
/// |------|---------|-|
/// | [#value]   | y = f(a_1, …, a_K) | |
/// | [#push]    | ẏ = Σ_k J_k·ȧ_k | overwrites |
/// | [#pull]    | ā_k = J_kᵀ·ȳ | overwrites |
/// | [#addBend] | ā̇_k += Σ_l ∂(J_kᵀ·ȳ)/∂a_l·ȧ_l | the pull's tangent without J_kᵀ·ȳ̇, which is a pull |
///
/// Shapes that an operation is made with are those of one sample. A value has the batch in front of them, `[batch,
/// …sample]`, where it is batched, and is `[…sample]` where it follows from parameters and constants alone. Tangents
/// and cotangents have a chunk of directions in front of that, `[chunk, …value]`. Operations are records of what they
/// are told beside their operands, and keep no state. So two of them are equal where they compute the same, and equal
/// expressions are computed once.
public interface Primitive {

  /// {@return the result's shape, of one sample}
  ///
  /// @throws IllegalArgumentException if it cannot take operands of these shapes; the message ends in what it expected
  Shape outputShape(List<Shape> operands);

  /// Writes y; where `keep`, also what the derivatives need beyond operands and y, in [Point#kept].
  void value(Point at, boolean keep);

  /// Overwrites `yDot`.
  ///
  /// @param dots the operands' tangents, [Tensor#none()] where zero; at least one is not
  void push(Point at, Tensor[] dots, Tensor yDot);

  /// Overwrites `bar`, the cotangent of one operand.
  void pull(Point at, int operand, Tensor yBar, Tensor bar);

  /// Adds to `barDot` what the pull of one operand's cotangent changes by as the operands move.
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

  /// {@return whether the result is the operand, elements in the same order under another shape}
  default boolean isView() {
    return false;
  }

  /// {@return the multiply-adds of a push or a pull of one direction, for one sample}
  default long multiplyAdds(List<Shape> operands) {
    return outputShape(operands).size();
  }

  /// {@return how many numbers it keeps beside its result, for one sample}
  default long kept(List<Shape> operands) {
    return 0;
  }
}
