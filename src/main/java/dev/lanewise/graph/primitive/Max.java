package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.ops.expression.ChoiceOps;

/// The larger of two operands of one shape, element by element; of equal ones each takes half of the derivative.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = max(a, b) |
/// | tangent     | ẏ = w ⊙ ȧ + (1 − w) ⊙ ḃ, w = 1, ½ or 0 where a > b, a = b or neither |
/// | cotangent   | ā = w ⊙ ȳ, b̄ = (1 − w) ⊙ ȳ |
/// | its tangent | ā̇ = w ⊙ ȳ̇, b̄̇ = (1 − w) ⊙ ȳ̇ |
///
/// Where one is NaN the value is, and both take the whole derivative, as in PyTorch.
public record Max() implements Elementwise, Piecewise {

  @Override
  public void value(Point at, boolean keep) {
    ChoiceOps.maximum(at.in[0], at.in[1], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    boolean add = false;
    for (int operand = 0; operand < 2; operand++) {
      if (!dots[operand].isNone()) {
        through(at, operand, dots[operand], yDot, add);
        add = true;
      }
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    through(at, operand, yBar, bar, false);
  }

  private static void through(Point at, int operand, Tensor u, Tensor v, boolean add) {
    ChoiceOps.whereGreater(at.in[operand], at.in[1 - operand], u, v, add);
  }
}
