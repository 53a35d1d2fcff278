package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import java.util.List;

/// Operands of one shape stacked along a new axis. Its rules are those of a [Join].
///
/// @param axis the new axis of the result
/// @param rank how many axes each operand has
public record Stack(int axis, int rank) implements Join {

  /// @throws IllegalArgumentException if the result has no such axis
  public Stack {
    if (axis < 0 || axis > rank) {
      throw new IllegalArgumentException("Stack: axis " + axis + ", expected one of " + (rank + 1));
    }
  }

  @Override
  public int innerAxes() {
    return rank - axis;
  }

  @Override
  public Shape outputShape(List<Shape> operands) {
    Shape first = operands.getFirst();
    for (Shape operand : operands) {
      if (operand.rank() != rank || !operand.equals(first)) {
        throw new IllegalArgumentException(
            "Stack: operands are " + operands + ", expected all of one shape with " + rank + " axes");
      }
    }
    int[] dims = new int[rank + 1];
    for (int i = 0; i < rank; i++) {
      dims[i < axis ? i : i + 1] = first.dim(i);
    }
    dims[axis] = operands.size();
    return Shape.of(dims);
  }
}
