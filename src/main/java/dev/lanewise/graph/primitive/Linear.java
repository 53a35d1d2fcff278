package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;

/// An operation that is linear or affine in all operands together: its Jacobian is constant, so the tangent of a pull
/// is the pull of ȳ̇.
public interface Linear extends Primitive {

  @Override
  default boolean isLinear() {
    return true;
  }

  @Override
  default void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    // J does not depend on the operands.
  }
}
