package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;

/// 1/a: y′ = −y², y″ = 2y³. Its rules are those of [Pointwise].
public record Reciprocal() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ArithmeticOps.reciprocal(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    PointwiseOps.scale(-1, y, s);
    PointwiseOps.multiply(s, y, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.scale(2, y, c);
    PointwiseOps.multiply(c, y, c);
    PointwiseOps.multiply(c, y, c);
  }
}
