package dev.lanewise.train.validation;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.Objects;

/// One division of a data set's rows into those to train on and those held out to judge by.
public final class Fold {

  private final int[] training;
  private final int[] heldOut;

  /// The fold that holds out those rows whose entry in `foldOf` is `fold`.
  Fold(int[] foldOf, int fold) {
    int[] rows = new int[foldOf.length];
    Arrays.setAll(rows, row -> row);
    this.training = Arrays.stream(rows).filter(row -> foldOf[row] != fold).toArray();
    this.heldOut = Arrays.stream(rows).filter(row -> foldOf[row] == fold).toArray();
  }

  /// {@return the rows to train on, ascending, in a new array}
  public int[] trainingRows() {
    return training.clone();
  }

  /// {@return the rows held out, ascending, in a new array}
  public int[] heldOutRows() {
    return heldOut.clone();
  }

  /// {@return the rows of `x` to train on, in new memory}
  ///
  /// @throws IllegalArgumentException if `x` has another number of rows than the fold was made for
  public Tensor training(Tensor x) {
    return take(x, training);
  }

  /// {@return the rows of `x` held out, in new memory}
  ///
  /// @throws IllegalArgumentException if `x` has another number of rows than the fold was made for
  public Tensor heldOut(Tensor x) {
    return take(x, heldOut);
  }

  /// {@return the labels of the rows to train on, in a new array}
  ///
  /// @throws IllegalArgumentException if there are more or fewer than the fold was made for
  public int[] training(int[] labels) {
    return take(labels, training);
  }

  /// {@return the labels of the rows held out, in a new array}
  ///
  /// @throws IllegalArgumentException if there are more or fewer than the fold was made for
  public int[] heldOut(int[] labels) {
    return take(labels, heldOut);
  }

  /// {@return the numbers of the rows to train on, as weights are, in a new array}
  ///
  /// @throws IllegalArgumentException if there are more or fewer than the fold was made for
  public double[] training(double[] numbers) {
    return take(numbers, training);
  }

  /// {@return the numbers of the rows held out, as weights are, in a new array}
  ///
  /// @throws IllegalArgumentException if there are more or fewer than the fold was made for
  public double[] heldOut(double[] numbers) {
    return take(numbers, heldOut);
  }

  private double[] take(double[] numbers, int[] rows) {
    requireRows(numbers.length);
    return Arrays.stream(rows).mapToDouble(row -> numbers[row]).toArray();
  }

  private Tensor take(Tensor x, int[] rows) {
    requireRows(Objects.requireNonNull(x, "x").shape().rank() == 0 ? 0 : x.shape().dim(0));
    Tensor taken = Tensor.zeros(x.precision(), x.shape().withFirst(rows.length));
    int size = x.shape().withoutFirst().size();
    boolean floats = x.precision() == Precision.FLOAT;
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(floats ? x.floats() : x.doubles(), x.offset() + rows[row] * size,
          floats ? taken.floats() : taken.doubles(), taken.offset() + row * size, size);
    }
    return taken;
  }

  private int[] take(int[] labels, int[] rows) {
    requireRows(labels.length);
    return Arrays.stream(rows).map(row -> labels[row]).toArray();
  }

  private void requireRows(int rows) {
    if (rows != training.length + heldOut.length) {
      throw new IllegalArgumentException(this + ": data has " + rows + " rows, expected "
          + (training.length + heldOut.length));
    }
  }

  /// For example `Fold[training=120, heldOut=30]`.
  @Override
  public String toString() {
    return "Fold[training=" + training.length + ", heldOut=" + heldOut.length + "]";
  }
}
