package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;
import dev.lanewise.ops.ElementaryOps;

/// The sine of each element, in radians.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = sin a |
/// | residuals   | s = cos a |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ − y ⊙ ȧ ⊙ ȳ |
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
