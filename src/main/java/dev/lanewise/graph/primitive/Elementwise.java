package dev.lanewise.graph.primitive;

import dev.lanewise.Shape;
import java.util.List;

/// An operation of operands of one shape, element by element.
public interface Elementwise extends Primitive {

  @Override
  default Shape outputShape(List<Shape> operands) {
    return oneShape(operands);
  }

  @Override
  default boolean isPointwise() {
    return true;
  }
}
