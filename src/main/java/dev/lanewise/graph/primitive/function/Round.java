package dev.lanewise.graph.primitive.function;

import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Step;
import dev.lanewise.ops.expression.FunctionOps;
import dev.lanewise.ops.expression.Rounding;

/// An integer beside each element.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = ⌊a⌋, ⌈a⌉ or the nearest, of two the even one |
/// | tangent     | ẏ = 0 |
/// | cotangent   | ā = 0 |
/// | its tangent | ā̇ = 0 |
///
/// @param to which one
public record Round(Rounding to) implements Step {

  @Override
  public void value(Point at, boolean keep) {
    FunctionOps.round(to, at.in[0], at.y);
  }
}
