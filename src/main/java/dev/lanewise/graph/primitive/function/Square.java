package dev.lanewise.graph.primitive.function;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Pointwise;

/// The square of each element.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = a² |
/// | residuals   | s = 2a |
/// | tangent     | ẏ = s ⊙ ȧ |
/// | cotangent   | ā = s ⊙ ȳ |
/// | its tangent | ā̇ = s ⊙ ȳ̇ + 2ȧ ⊙ ȳ |
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
