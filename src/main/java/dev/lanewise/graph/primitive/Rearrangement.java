package dev.lanewise.graph.primitive;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.ops.Places;
import dev.lanewise.ops.RearrangementOps;
import java.util.List;

/// An operation whose results are elements of one operand in other places, any number of times each, or 0.
///
/// | what | formula |
/// |------|---------|
/// | value       | y_i = a_p(i), or 0 where p(i) is none |
/// | tangent     | ẏ_i = ȧ_p(i) |
/// | cotangent   | ā_j = Σ ȳ_i over all i with p(i) = j, in ascending order |
///
/// An operand that is not batched serves each sample of a batched result.
public interface Rearrangement extends Linear {

  /// {@return the places p that the results come from, for an operand of this shape} Made when the graph is, and kept.
  Places places();

  /// {@return the result's shape}
  Shape to();

  @Override
  default Shape outputShape(List<Shape> operands) {
    if (operands.getFirst().size() != places().operandSize()) {
      throw new IllegalArgumentException(
          this + ": operand is " + operands.getFirst() + ", expected one of " + places().operandSize() + " elements");
    }
    return to();
  }

  @Override
  default void value(Point at, boolean keep) {
    RearrangementOps.take(places(), at.in[0], at.y);
  }

  @Override
  default void push(Point at, Tensor[] dots, Tensor yDot) {
    RearrangementOps.take(places(), dots[0], yDot);
  }

  @Override
  default void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    RearrangementOps.give(places(), yBar, bar);
  }
}
