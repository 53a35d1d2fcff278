package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.ops.ArithmeticOps;

/// The sum of two operands of one shape: y = a + b, ẏ = ȧ + ḃ, ā = b̄ = ȳ.
public record Plus() implements Elementwise, Linear {

  @Override
  public void value(Point at, boolean keep) {
    ArithmeticOps.add(at.in[0], at.in[1], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    if (dots[0].isNone() || dots[1].isNone()) {
      yDot.copyFrom(dots[0].isNone() ? dots[1] : dots[0]);
    } else {
      ArithmeticOps.add(dots[0], dots[1], yDot);
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    bar.copyFrom(yBar);
  }
}
