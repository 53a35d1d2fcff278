package dev.lanewise.graph.primitive;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.ops.ArithmeticOps;

/// The quotient of two operands of one shape, element by element.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = a / b |
/// | tangent     | ẏ = (ȧ − y ⊙ ḃ) / b |
/// | cotangent   | ā = ȳ / b, b̄ = −y ⊙ ȳ / b |
/// | its tangent | ā̇ = ȳ̇ / b − ḃ ⊙ ȳ / b², b̄̇ = −y ⊙ ȳ̇ / b − (ȧ − 2y ⊙ ḃ) ⊙ ȳ / b² |
public record Divide() implements Elementwise {

  @Override
  public void value(Point at, boolean keep) {
    ArithmeticOps.divide(at.in[0], at.in[1], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    if (dots[0].isNone()) {
      yDot.fill(0);
    } else {
      yDot.copyFrom(dots[0]);
    }
    if (!dots[1].isNone()) {
      ArithmeticOps.subtractProduct(at.y, dots[1], yDot);
    }
    ArithmeticOps.divide(yDot, at.in[1], yDot);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ArithmeticOps.divide(yBar, at.in[1], bar);
    if (operand == 1) {
      ArithmeticOps.multiply(at.y, bar, bar);
      PointwiseOps.scale(-1, bar, bar);
    }
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    int mark = at.ws.mark();
    Tensor factor = at.ws.tensor(at.y.precision(), 1, at.y.shape());
    ArithmeticOps.divide(yBar, at.in[1], factor);
    ArithmeticOps.divide(factor, at.in[1], factor);
    if (!dots[1 - operand].isNone()) {
      ArithmeticOps.subtractProduct(factor, dots[1 - operand], barDot);
    }
    if (operand == 1 && !dots[1].isNone()) {
      ArithmeticOps.multiply(at.y, factor, factor);
      PointwiseOps.scale(2, factor, factor);
      ArithmeticOps.addProduct(factor, dots[1], barDot);
    }
    at.ws.release(mark);
  }
}
