package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.ops.expression.ChoiceOps;

/// One of two operands, element by element, by the sign of a third; all of one shape: s, a, b.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = a where s > 0, else b |
/// | tangent     | ẏ = ȧ where s > 0, else ḃ |
/// | cotangent   | ā = ȳ where s > 0, else 0; b̄ = 0 where s > 0, else ȳ; s̄ = 0 |
///
/// Where s is 0 or NaN it is b, as in PyTorch's `where(s > 0, a, b)`.
public record Select() implements Elementwise, Piecewise {

  @Override
  public void value(Point at, boolean keep) {
    ChoiceOps.select(at.in[0], at.in[1], at.in[2], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    boolean first = !dots[1].isNone();
    boolean second = !dots[2].isNone();
    if (first && second) {
      ChoiceOps.select(at.in[0], dots[1], dots[2], yDot);
    } else if (first || second) {
      ChoiceOps.whereSelected(at.in[0], first, first ? dots[1] : dots[2], yDot);
    } else {
      yDot.fill(0);
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    if (operand == 0) {
      bar.fill(0);
    } else {
      ChoiceOps.whereSelected(at.in[0], operand == 1, yBar, bar);
    }
  }
}
