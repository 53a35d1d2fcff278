package dev.lanewise.graph.primitive.function;

import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Step;
import dev.lanewise.ops.expression.ChoiceOps;

/// The sign of each element; of NaN 0, as in PyTorch.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = 1, 0 or −1 as a is above, at or below 0 |
/// | tangent     | ẏ = 0 |
/// | cotangent   | ā = 0 |
/// | its tangent | ā̇ = 0 |
public record Sign() implements Step {

  @Override
  public void value(Point at, boolean keep) {
    ChoiceOps.sign(at.in[0], at.y);
  }
}
