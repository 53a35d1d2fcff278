package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;

/// √a, NaN below 0: y′ = 1/(2y), ∞ at 0; y″ = −1/(4y³). Its rules are those of [Pointwise].
public record Sqrt() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ArithmeticOps.sqrt(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    PointwiseOps.scale(2, y, s);
    ArithmeticOps.reciprocal(s, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.scale(-4, a, c);
    PointwiseOps.multiply(c, y, c);
    ArithmeticOps.reciprocal(c, c);
  }
}
