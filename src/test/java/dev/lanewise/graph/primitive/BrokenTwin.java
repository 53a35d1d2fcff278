package dev.lanewise.graph.primitive;

import dev.lanewise.PointwiseOps;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.PrimitiveLaws.Law;
import java.util.Arrays;
import java.util.List;

/// A primitive with one rule that is wrong.
record BrokenTwin(Primitive right, Fault fault) implements Primitive {

  /// What is wrong, and the law that must catch it.
  enum Fault {
    VALUE_TOO_LARGE(Law.VALUE),
    VALUE_LEFT_ALONE(Law.VALUE),
    PUSH_TOO_LARGE(Law.PUSH),
    PUSH_DROPS_THE_LAST_OPERAND(Law.PUSH),
    PUSH_ADDS(Law.PUSH),
    PULL_TOO_LARGE(Law.PULL),
    PULL_OF_THE_OTHER_OPERAND(Law.PULL),
    PULL_ADDS(Law.PULL),
    BEND_MISSING(Law.BEND),
    BEND_TOO_MUCH(Law.BEND),
    BEND_OVERWRITES(Law.BEND),
    KEEPS_MORE_THAN_IT_SAYS(Law.KEPT);

    final Law law;

    Fault(Law law) {
      this.law = law;
    }

    boolean canBreak(Primitive primitive, List<Shape> operands) {
      boolean bends = !primitive.isLinear() && !(primitive instanceof Piecewise)
          && !(primitive instanceof PiecewiseFunction)
          && !primitive.toString().equals("Pow[exponent=1.0]");
      return switch (this) {
        case PUSH_TOO_LARGE, PULL_TOO_LARGE -> !(primitive instanceof Step);
        case PUSH_DROPS_THE_LAST_OPERAND -> operands.size() > 1;
        case PULL_OF_THE_OTHER_OPERAND -> operands.size() == 2 && operands.get(0).equals(operands.get(1))
            && !(primitive instanceof Plus);
        case BEND_MISSING, BEND_OVERWRITES -> bends;
        case KEEPS_MORE_THAN_IT_SAYS -> primitive.kept(operands) > 0;
        default -> true;
      };
    }
  }

  @Override
  public Shape outputShape(List<Shape> operands) {
    return right.outputShape(operands);
  }

  @Override
  public boolean isLinear() {
    return right.isLinear();
  }

  @Override
  public long kept(List<Shape> operands) {
    return fault == Fault.KEEPS_MORE_THAN_IT_SAYS ? 0 : right.kept(operands);
  }

  @Override
  public void value(Point at, boolean keep) {
    Tensor before = at.y.copy();
    right.value(at, keep);
    switch (fault) {
      case VALUE_TOO_LARGE -> PointwiseOps.scale(1.01, at.y, at.y);
      case VALUE_LEFT_ALONE -> at.y.copyFrom(before);
      default -> { }
    }
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    Tensor[] some = dots.clone();
    if (fault == Fault.PUSH_DROPS_THE_LAST_OPERAND) {
      some[some.length - 1] = Tensor.none();
    }
    Tensor before = yDot.copy();
    if (Arrays.stream(some).allMatch(Tensor::isNone)) {
      yDot.fill(0);
    } else {
      right.push(at, some, yDot);
    }
    switch (fault) {
      case PUSH_TOO_LARGE -> PointwiseOps.scale(1.01, yDot, yDot);
      case PUSH_ADDS -> PointwiseOps.addScaled(1, before, yDot);
      default -> { }
    }
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    Tensor before = bar.copy();
    right.pull(at, fault == Fault.PULL_OF_THE_OTHER_OPERAND ? 1 - operand : operand, yBar, bar);
    switch (fault) {
      case PULL_TOO_LARGE -> PointwiseOps.scale(1.01, bar, bar);
      case PULL_ADDS -> PointwiseOps.addScaled(1, before, bar);
      default -> { }
    }
  }

  @Override
  public void addBend(Point at, int operand, Tensor[] dots, Tensor yBar, Tensor barDot) {
    switch (fault) {
      case BEND_MISSING -> { }
      case BEND_OVERWRITES -> {
        barDot.fill(0);
        right.addBend(at, operand, dots, yBar, barDot);
      }
      default -> right.addBend(at, operand, dots, yBar, barDot);
    }
    if (fault == Fault.BEND_TOO_MUCH && barDot.size() > 0) {
      barDot.set(0, barDot.get(0) + 1e-3);
    }
  }
}
