package dev.lanewise.graph;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.Arrays;

/// Numbers that never change, in either precision. Two are equal if their numbers are.
final class Constant {

  private final double[] numbers;
  private final Tensor doubles;
  private final Tensor floats;

  /// Copies the numbers.
  Constant(Tensor values) {
    this.numbers = values.toDoubles();
    this.doubles = values.to(Precision.DOUBLE);
    this.floats = values.to(Precision.FLOAT);
  }

  Shape shape() {
    return doubles.shape();
  }

  Tensor at(Precision precision) {
    return precision == Precision.FLOAT ? floats : doubles;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Constant that && shape().equals(that.shape())
        && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }
}
