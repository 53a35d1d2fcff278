package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.ops.ArithmeticOps;

/// The product of two operands of one shape, element by element.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = a ⊙ b |
/// | tangent     | ẏ = b ⊙ ȧ + a ⊙ ḃ |
/// | cotangent   | ā = b ⊙ ȳ, b̄ = a ⊙ ȳ |
/// | its tangent | ā̇ = b ⊙ ȳ̇ + ḃ ⊙ ȳ, b̄̇ = a ⊙ ȳ̇ + ȧ ⊙ ȳ |
public record Times() implements Elementwise {

  @Override
  public void value(Point at, boolean keep) {
    ArithmeticOps.multiply(at.in[0], at.in[1], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    if (dots[0].isNone()) {
      ArithmeticOps.multiply(at.in[0], dots[1], yDot);
      return;
    }
    ArithmeticOps.multiply(at.in[1], dots[0], yDot);
    if (!dots[1].isNone()) {
      ArithmeticOps.addProduct(at.in[0], dots[1], yDot);
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ArithmeticOps.multiply(at.in[1 - operand], yBar, bar);
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    if (!dots[1 - operand].isNone()) {
      ArithmeticOps.addProduct(yBar, dots[1 - operand], barDot);
    }
  }
}
