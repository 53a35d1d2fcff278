package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;

/// A piecewise constant function of single elements: all derivatives are 0, at its steps too, as in PyTorch.
public interface Step extends Elementwise, Piecewise {

  @Override
  default void push(Point at, Tensor[] dots, Tensor yDot) {
    yDot.fill(0);
  }

  @Override
  default void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    bar.fill(0);
  }
}
