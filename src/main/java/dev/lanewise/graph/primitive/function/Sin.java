package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ElementaryOps;

/// sin a, a in radians: y′ = cos a, y″ = −y. Its rules are those of [Pointwise].
public record Sin() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.sin(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ElementaryOps.cos(a, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.scale(-1, y, c);
  }
}
