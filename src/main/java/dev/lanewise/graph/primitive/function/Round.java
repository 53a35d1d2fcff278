package dev.lanewise.graph.primitive.function;

import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Step;
import dev.lanewise.ops.expression.FunctionOps;
import dev.lanewise.ops.expression.Rounding;

/// The integer ⌊a⌋, ⌈a⌉, or the nearest one, ties to even. All derivatives are 0: it is a [Step].
///
/// @param to which integer
public record Round(Rounding to) implements Step {

  @Override
  public void value(Point at, boolean keep) {
    FunctionOps.round(to, at.in[0], at.y);
  }
}
