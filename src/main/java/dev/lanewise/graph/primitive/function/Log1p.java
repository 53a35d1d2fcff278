package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;
import dev.lanewise.ops.ElementaryOps;

/// log(1 + a), accurate for small a: y′ = 1/(1 + a), y″ = −y′². Its rules are those of [Pointwise].
public record Log1p() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.log1p(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ArithmeticOps.shift(1, a, s);
    ArithmeticOps.reciprocal(s, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    slope(a, y, c);
    PointwiseOps.multiply(c, c, c);
    PointwiseOps.scale(-1, c, c);
  }
}
