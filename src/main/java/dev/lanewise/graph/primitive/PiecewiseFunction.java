package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;

/// A piecewise linear function of single elements: f″ = 0.
public interface PiecewiseFunction extends Pointwise {

  @Override
  default void curvature(Tensor a, Tensor y, Tensor c) {
    c.fill(0);
  }

  @Override
  default void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    // Within a piece f′ is constant.
  }
}
