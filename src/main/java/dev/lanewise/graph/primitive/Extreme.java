package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.ops.expression.ChoiceOps;

/// The better of two operands of one shape, element by element, where larger or smaller is better; of equal ones each
/// takes half of the derivative.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = a or b |
/// | tangent     | ẏ = w ⊙ ȧ + (1 − w) ⊙ ḃ, w = 1, ½ or 0 where a is better, as good, or neither |
/// | cotangent   | ā = w ⊙ ȳ, b̄ = (1 − w) ⊙ ȳ |
/// | its tangent | ā̇ = w ⊙ ȳ̇, b̄̇ = (1 − w) ⊙ ȳ̇ |
///
/// Where one is NaN the value is, and both take the whole derivative, as in PyTorch.
public sealed interface Extreme extends Elementwise, Piecewise permits Max, Min {

  /// {@return whether the larger one is better}
  boolean isLargest();

  @Override
  default void value(Point at, boolean keep) {
    if (isLargest()) {
      ChoiceOps.maximum(at.in[0], at.in[1], at.y);
    } else {
      ChoiceOps.minimum(at.in[0], at.in[1], at.y);
    }
  }

  @Override
  default void push(Point at, Tensor[] dots, Tensor yDot) {
    boolean add = false;
    for (int operand = 0; operand < 2; operand++) {
      if (!dots[operand].isNone()) {
        through(at, operand, dots[operand], yDot, add);
        add = true;
      }
    }
  }

  @Override
  default void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    through(at, operand, yBar, bar, false);
  }

  private void through(Point at, int operand, Tensor u, Tensor v, boolean add) {
    int one = isLargest() ? operand : 1 - operand;
    ChoiceOps.whereGreater(at.in[one], at.in[1 - one], u, v, add);
  }
}
