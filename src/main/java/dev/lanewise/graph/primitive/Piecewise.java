package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;

/// An operation that is linear in pieces: its Jacobian depends on where the operands are, and does not change near
/// there.
public interface Piecewise extends Primitive {

  @Override
  default void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    // Within a piece J is constant.
  }
}
