package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;

/// An operation that is piecewise linear: near the operands, its Jacobian is constant.
public interface Piecewise extends Primitive {

  @Override
  default void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    // Within a piece J is constant.
  }
}
