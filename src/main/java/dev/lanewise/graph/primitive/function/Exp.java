package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;
import java.util.List;

/// eᵃ, its own derivative: y′ = y″ = y, so the result itself is the residual. Its rules are those of [Pointwise].
public record Exp() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    PointwiseOps.exp(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    s.copyFrom(y);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    c.copyFrom(y);
  }

  @Override
  public long kept(List<Shape> operands) {
    return 0;
  }

  @Override
  public void value(Point at, boolean keep) {
    function(at.in[0], at.y);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    ArithmeticOps.multiply(at.y, dots[0], yDot);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    ArithmeticOps.multiply(at.y, yBar, bar);
  }
}
