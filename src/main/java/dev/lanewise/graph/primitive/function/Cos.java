package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ElementaryOps;

/// cos a, a in radians: y′ = −sin a, y″ = −y. Its rules are those of [Pointwise].
public record Cos() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.cos(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ElementaryOps.sin(a, s);
    PointwiseOps.scale(-1, s, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.scale(-1, y, c);
  }
}
