package dev.lanewise.graph.primitive;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;

/// The operand times a number: y = c·a, ẏ = c·ȧ, ā = c·ȳ.
///
/// @param factor c
public record Scale(double factor) implements Elementwise, Linear {

  @Override
  public void value(Point at, boolean keep) {
    PointwiseOps.scale(factor, at.in[0], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    PointwiseOps.scale(factor, dots[0], yDot);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    PointwiseOps.scale(factor, yBar, bar);
  }
}
