package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import dev.lanewise.graph.primitive.Linear;
import dev.lanewise.graph.primitive.Point;
import java.util.List;

/// The operand's elements, in their order, under another shape: y = a, ẏ = ȧ, ā = ȳ.
///
/// Nothing is computed where both can share their memory: [#isView()].
///
/// @param to the result's shape
public record Reshape(Shape to) implements Linear {

  @Override
  public Shape outputShape(List<Shape> operands) {
    if (operands.getFirst().size() != to.size()) {
      throw new IllegalArgumentException("Reshape: operand is " + operands.getFirst() + " of "
          + operands.getFirst().size() + " elements, expected " + to.size() + " for " + to);
    }
    return to;
  }

  @Override
  public boolean isView() {
    return true;
  }

  @Override
  public long multiplyAdds(List<Shape> operands) {
    return 0;
  }

  @Override
  public void value(Point at, boolean keep) {
    at.y.copyFrom(at.in[0], 0);
  }

  @Override
  public void push(Point at, Tensor[] dots, Tensor yDot) {
    yDot.copyFrom(dots[0], 0);
  }

  @Override
  public void pull(Point at, int operand, Tensor yBar, Tensor bar) {
    bar.copyFrom(yBar, 0);
  }
}
