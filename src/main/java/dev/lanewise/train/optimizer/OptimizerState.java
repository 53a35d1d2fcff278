package dev.lanewise.train.optimizer;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;

/// What an [Optimizer] remembers of earlier steps: all of it, so that one who goes on from a copy takes the same steps.
public final class OptimizerState {

  private final Tensor vectors;
  private final Tensor numbers;
  private final Tensor[] rows;

  private OptimizerState(Tensor vectors, Tensor numbers) {
    this.vectors = vectors;
    this.numbers = numbers;
    this.rows = new Tensor[vectors.shape().dim(0)];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = vectors.slice(row, 1);
    }
  }

  /// {@return what is remembered before the first step: zeros}
  ///
  /// @param parameters P
  /// @throws IllegalArgumentException if a number of the optimizer rounds to one that it must not be in this precision
  public static OptimizerState initial(Optimizer optimizer, Precision precision, int parameters) {
    optimizer.requirePrecision(precision);
    return new OptimizerState(
        Tensor.zeros(precision, optimizer.stateVectors(), parameters),
        Tensor.zeros(Precision.DOUBLE, optimizer.stateNumbers()));
  }

  /// {@return the vectors, `[stateVectors, P]`, in the parameters' precision}
  public Tensor vectors() {
    return vectors;
  }

  /// {@return one of the vectors, `[1, P]`}
  public Tensor vector(int index) {
    return rows[index];
  }

  /// {@return the single numbers, `[stateNumbers]`, in double}
  public Tensor numbers() {
    return numbers;
  }

  /// {@return a copy that later steps do not change}
  public OptimizerState copy() {
    return new OptimizerState(vectors.copy(), numbers.copy());
  }

  /// Takes over vectors and numbers as [#vectors()] and [#numbers()] of a state of the same optimizer and parameters
  /// gave them.
  ///
  /// @throws IllegalArgumentException if shape or precision do not fit
  public void set(Tensor vectors, Tensor numbers) {
    requireLike(vectors, this.vectors, "vectors");
    requireLike(numbers, this.numbers, "numbers");
    this.vectors.copyFrom(vectors);
    this.numbers.copyFrom(numbers);
  }

  private static void requireLike(Tensor given, Tensor expected, String name) {
    Shape shape = expected.shape();
    given.require(expected.precision(), shape, "OptimizerState", name);
  }
}
