package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ElementaryOps;

/// eᵃ − 1, accurate for small a: y′ = y″ = eᵃ. Its rules are those of [Pointwise].
public record Expm1() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.expm1(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    PointwiseOps.exp(a, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.exp(a, c);
  }
}
