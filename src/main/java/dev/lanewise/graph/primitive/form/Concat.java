package dev.lanewise.graph.primitive.form;

import dev.lanewise.Shape;
import java.util.List;

/// Operands concatenated along an axis that they have; all other axes are as long as each other's. Its rules are those
/// of a [Join].
///
/// @param axis the axis, of one sample
/// @param rank how many axes each operand has
public record Concat(int axis, int rank) implements Join {

  /// @throws IllegalArgumentException if there is no such axis
  public Concat {
    if (axis < 0 || axis >= rank) {
      throw new IllegalArgumentException("Concat: axis " + axis + ", expected one of " + rank);
    }
  }

  @Override
  public int innerAxes() {
    return rank - axis;
  }

  @Override
  public Shape outputShape(List<Shape> operands) {
    int length = 0;
    for (Shape operand : operands) {
      if (operand.rank() != rank || operands.getFirst().rank() != rank
          || !AlongAxis.with(operand, axis, 0).equals(AlongAxis.with(operands.getFirst(), axis, 0))) {
        throw new IllegalArgumentException("Concat: operands are " + operands + ", expected " + rank
            + " axes, of equal lengths except axis " + axis);
      }
      length = Math.addExact(length, operand.dim(axis));
    }
    return AlongAxis.with(operands.getFirst(), axis, length);
  }
}
