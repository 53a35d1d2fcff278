package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.ops.ArithmeticOps;

/// The operand plus a number: y = a + c, ẏ = ȧ, ā = ȳ.
///
/// @param offset c
public record Shift(double offset) implements Elementwise, Linear {

  @Override
  public void value(Point at, boolean keep) {
    ArithmeticOps.shift(offset, at.in[0], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    yDot.copyFrom(dots[0]);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    bar.copyFrom(yBar);
  }
}
