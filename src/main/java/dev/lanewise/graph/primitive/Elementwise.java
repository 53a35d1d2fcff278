package dev.lanewise.graph.primitive;

import dev.lanewise.Shape;
import java.util.List;

/// An operation of operands of one shape, element by element.
public interface Elementwise extends Primitive {

  @Override
  default Shape outputShape(List<Shape> operands) {
    Shape first = operands.getFirst();
    for (Shape other : operands) {
      if (!other.equals(first)) {
        throw new IllegalArgumentException(this + ": operands are " + operands + ", expected all of one shape");
      }
    }
    return first;
  }

  @Override
  default boolean isPointwise() {
    return true;
  }
}
