package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;

/// a²: y′ = 2a, y″ = 2. Its rules are those of [Pointwise].
public record Square() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    PointwiseOps.multiply(a, a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    PointwiseOps.scale(2, a, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    c.fill(2);
  }
}
