package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ElementaryOps;

/// The exponential of each element less 1, right for small ones too.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = eᵃ − 1 |
/// | residuals   | s = eᵃ |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ + s ⊙ ȧ ⊙ ȳ |
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
