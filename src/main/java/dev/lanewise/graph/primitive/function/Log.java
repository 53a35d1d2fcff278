package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ArithmeticOps;
import dev.lanewise.ops.ElementaryOps;

/// The natural logarithm of a, −∞ at 0, NaN below: y′ = 1/a, y″ = −1/a². Its rules are those of [Pointwise].
public record Log() implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    ElementaryOps.log(a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    ArithmeticOps.reciprocal(a, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    PointwiseOps.multiply(a, a, c);
    ArithmeticOps.reciprocal(c, c);
    PointwiseOps.scale(-1, c, c);
  }
}
