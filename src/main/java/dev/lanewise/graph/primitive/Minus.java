package dev.lanewise.graph.primitive;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.ops.ArithmeticOps;

/// The difference of two operands of one shape: y = a − b, ẏ = ȧ − ḃ, ā = ȳ, b̄ = −ȳ.
public record Minus() implements Elementwise, Linear {

  @Override
  public void value(Point at, boolean keep) {
    ArithmeticOps.subtract(at.in[0], at.in[1], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    if (dots[1].isNone()) {
      yDot.copyFrom(dots[0]);
    } else if (dots[0].isNone()) {
      PointwiseOps.scale(-1, dots[1], yDot);
    } else {
      ArithmeticOps.subtract(dots[0], dots[1], yDot);
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    if (operand == 0) {
      bar.copyFrom(yBar);
    } else {
      PointwiseOps.scale(-1, yBar, bar);
    }
  }
}
