package dev.lanewise.graph.primitive.function;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.expression.FunctionOps;
import dev.lanewise.ops.expression.RareFunction;

/// A function that networks hardly ever use: tangent, inverse and hyperbolic functions. Its rules are those of
/// [Pointwise].
///
/// @param f the function; [RareFunction] has its derivatives
public record Rare(RareFunction f) implements Pointwise {

  @Override
  public void function(Tensor a, Tensor y) {
    FunctionOps.apply(f, a, y);
  }

  @Override
  public void slope(Tensor a, Tensor y, Tensor s) {
    FunctionOps.slope(f, a, y, s);
  }

  @Override
  public void curvature(Tensor a, Tensor y, Tensor c) {
    FunctionOps.curvature(f, a, y, c);
  }
}
