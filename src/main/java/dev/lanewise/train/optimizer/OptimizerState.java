package dev.lanewise.train.optimizer;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;

/// The memory of an [Optimizer]. An optimizer that goes on from a copy takes the same steps.
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

  /// {@return the memory before the first step: zeros}
  ///
  /// @param parameters P
  /// @throws IllegalArgumentException if a number of the optimizer is not valid when rounded to this precision
  public static OptimizerState initial(Optimizer optimizer, Precision precision, int parameters) {
    optimizer.requirePrecision(precision);
    return new OptimizerState(Tensor.zeros(precision, optimizer.stateVectors(), parameters),
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

  /// Copies these vectors and numbers into this state. They are those that [#vectors()] and [#numbers()] returned for a
  /// state of the same optimizer and parameters.
  ///
  /// @throws IllegalArgumentException if shape or precision do not fit
  public void set(Tensor vectors, Tensor numbers) {
    requireLike(vectors, this.vectors, "vectors");
    requireLike(numbers, this.numbers, "numbers");
    this.vectors.copyFrom(vectors);
    this.numbers.copyFrom(numbers);
  }

  private static void requireLike(Tensor given, Tensor expected, String name) {
    given.require(expected.precision(), expected.shape(), "OptimizerState", name);
  }
}
