package dev.lanewise.graph.primitive.form;

import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Linear;
import dev.lanewise.graph.primitive.Point;
import dev.lanewise.ops.SequenceOps;

/// Operands concatenated along an axis: blocks of each, in turn. All are batched, or none is.
///
/// | what | formula |
/// |------|---------|
/// | value       | y = [a_1 a_2 …] |
/// | tangent     | ẏ = [ȧ_1 ȧ_2 …], 0 where there is none |
/// | cotangent   | ā_k = its part of ȳ |
interface Join extends Linear {

  /// How many axes, counted from the last, make a block of an operand.
  int innerAxes();

  @Override
  default void value(Point at, boolean keep) {
    join(at, at.in, at.y);
  }

  @Override
  default void push(Point at, Tensor[] dots, Tensor yDot) {
    for (Tensor dot : dots) {
      if (dot.isNone()) {
        yDot.fill(0);
        break;
      }
    }
    join(at, dots, yDot);
  }

  @Override
  default void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    int before = 0;
    int all = 0;
    for (int k = 0; k < at.in.length; k++) {
      before += k < operand ? block(at.in[k]) : 0;
      all += block(at.in[k]);
    }
    int block = block(at.in[operand]);
    if (bar.size() > 0) {
      SequenceOps.copyRows(bar.size() / block, block, yBar, before, all, bar, 0, block);
    }
  }

  private void join(Point at, Tensor[] parts, Tensor whole) {
    int all = 0;
    for (Tensor operand : at.in) {
      all += block(operand);
    }
    int before = 0;
    for (int k = 0; k < parts.length; k++) {
      int block = block(at.in[k]);
      if (parts[k].size() > 0) {
        SequenceOps.copyRows(parts[k].size() / block, block, parts[k], 0, block, whole, before, all);
      }
      before += block;
    }
  }

  private int block(Tensor operand) {
    int block = 1;
    for (int axis = operand.shape().rank() - innerAxes(); axis < operand.shape().rank(); axis++) {
      block *= operand.shape().dim(axis);
    }
    return block;
  }
}
