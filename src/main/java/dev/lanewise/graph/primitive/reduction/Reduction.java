package dev.lanewise.graph.primitive.reduction;

import dev.lanewise.Shape;
import dev.lanewise.graph.primitive.Primitive;
import java.util.Arrays;
import java.util.List;

/// An operation that makes one number of each row, a row being the innermost axis. That axis is gone from the result; a
/// vector becomes `[1]`.
public interface Reduction extends Primitive {

  @Override
  default Shape outputShape(List<Shape> operands) {
    Shape operand = oneShape(operands);
    if (operand.rank() == 0) {
      throw new IllegalArgumentException(this + ": operand is " + operand + ", expected at least one axis");
    }
    if (operand.rank() == 1) {
      return Shape.of(1);
    }
    int[] dims = operand.toArray();
    return Shape.of(Arrays.copyOf(dims, dims.length - 1));
  }

  @Override
  default long multiplyAdds(List<Shape> operands) {
    return operands.getFirst().size();
  }
}
