package dev.lanewise.graph.primitive;

import dev.lanewise.Tensor;
import dev.lanewise.ops.expression.ChoiceOps;

/// The larger or the smaller of two operands of one shape, element by element. Equal ones share the derivative.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = max(a, b) or min(a, b) |
/// | tangent     | ẏ = w ⊙ ȧ + (1 − w) ⊙ ḃ, w = 1, ½ or 0 where a is chosen, both are equal, or b is chosen |
/// | cotangent   | ā = w ⊙ ȳ, b̄ = (1 − w) ⊙ ȳ |
///
/// Where one is NaN the value is NaN, and both take the whole derivative, as in PyTorch.
///
/// @param isLargest whether the larger one is chosen
public record PairExtremum(boolean isLargest) implements Elementwise, Piecewise {

  /// The larger one.
  public static final PairExtremum MAX = new PairExtremum(true);
  /// The smaller one.
  public static final PairExtremum MIN = new PairExtremum(false);

  @Override
  public void value(Point at, boolean keep) {
    if (isLargest) {
      ChoiceOps.maximum(at.in[0], at.in[1], at.y);
    } else {
      ChoiceOps.minimum(at.in[0], at.in[1], at.y);
    }
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    boolean add = false;
    for (int operand = 0; operand < 2; operand++) {
      if (!dots[operand].isNone()) {
        through(at, operand, dots[operand], yDot, add);
        add = true;
      }
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    through(at, operand, yBar, bar, false);
  }

  private void through(Point at, int operand, Tensor u, Tensor v, boolean add) {
    int one = isLargest ? operand : 1 - operand;
    ChoiceOps.whereGreater(at.in[one], at.in[1 - one], u, v, add);
  }
}
