package dev.lanewise.graph.primitive.function;

import dev.lanewise.graph.primitive.Point;
import dev.lanewise.graph.primitive.Step;
import dev.lanewise.ops.expression.ChoiceOps;

/// 1, 0 or −1 where a is above, at or below 0; 0 for NaN, as in PyTorch. All derivatives are 0: it is a [Step].
public record Sign() implements Step {

  @Override
  public void value(Point at, boolean keep) {
    ChoiceOps.sign(at.in[0], at.y);
  }
}
