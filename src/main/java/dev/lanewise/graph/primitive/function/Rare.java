package dev.lanewise.graph.primitive.function;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.expression.FunctionOps;
import dev.lanewise.ops.expression.RareFunction;

/// A function of single elements that networks hardly ever have: tangent, inverse and hyperbolic functions.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = f(a) |
/// | residuals   | s = f′(a) |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ + f″(a) ⊙ ȧ ⊙ ȳ |
///
/// @param f the function, whose derivatives [RareFunction] has
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
