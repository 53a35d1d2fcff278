package dev.lanewise.train.data;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.util.Arrays;

/// Replaces missing values, NaN, with one number for each column.
///
/// | [Imputation] | the number of column j, from the values that are present    |
/// |--------------|-------------------------------------------------------------|
/// | mean         | (1/N)·Σ_n x_nj, as by [Moments]                             |
/// | median       | the middle one, or the mean of the two middle ones          |
/// | constant     | the one given                                               |
///
/// A column is a place of the last axis, or of axis 1 where it is a channel ([#fitChannels]), as for a [Standardizer].
/// Fit on training data only. If the absence of a value is itself informative, add a column that records it.
///
/// Immutable, and safe to share between threads.
public final class Imputer {

  private final double[] values;
  private final Columns columns;

  private Imputer(double[] values, boolean ofChannels) {
    this.values = values;
    this.columns = new Columns(values.length, ofChannels);
  }

  /// Fitted on `x`, `[N, …, D]`, by the places of its last axis.
  ///
  /// @return the imputer
  /// @throws IllegalArgumentException if a column has no value to take the mean or median of, or one is infinite
  public static Imputer fit(Imputation imputation, Tensor x) {
    return fit(imputation, x, Columns.of(x, false, "Imputer"));
  }

  /// Fitted on `x`, `[N, D, …]`, by the places of its axis 1.
  ///
  /// @return the imputer
  /// @throws IllegalArgumentException if a channel has no value to take the mean or median of, or one is infinite
  public static Imputer fitChannels(Imputation imputation, Tensor x) {
    return fit(imputation, x, Columns.of(x, true, "Imputer"));
  }

  private static Imputer fit(Imputation imputation, Tensor x, Columns columns) {
    double[] values = new double[columns.count()];
    double[] given = new double[columns.count() == 0 ? 0 : x.size() / columns.count()];
    for (int column = 0; column < values.length; column++) {
      columns.copy(x, column, given);
      values[column] = imputation.kind() == Imputation.Kind.CONSTANT ? imputation.constant()
          : fit(imputation.kind(), column, given);
    }
    return new Imputer(values, columns.ofChannels());
  }

  private static double fit(Imputation.Kind kind, int column, double[] given) {
    double[] present = Arrays.stream(given).filter(value -> !Double.isNaN(value)).toArray();
    for (double value : present) {
      if (Double.isInfinite(value)) {
        throw new IllegalArgumentException("Imputer: column " + column + " has " + value
            + ", expected finite numbers, and NaN where one is missing");
      }
    }
    if (present.length == 0) {
      throw new IllegalArgumentException("Imputer: column " + column
          + " has no value, expected one at least to take a " + kind + " of");
    }
    return kind == Imputation.Kind.MEAN ? Moments.mean(present) : median(present);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : Moments.mean(values[middle - 1], values[middle]);
  }

  /// {@return an imputer with these numbers, as a file holds them: `[D]`, of either precision; copied} A column whose
  /// number is NaN may have no missing value: it stays missing.
  ///
  /// @throws IllegalArgumentException if the shape is no `[D]`, or a number is infinite
  public static Imputer of(Tensor values) {
    if (values.isNone() || values.shape().rank() != 1) {
      throw new IllegalArgumentException("Imputer: values are " + values.shape() + ", expected [D]");
    }
    for (int column = 0; column < values.size(); column++) {
      if (Double.isInfinite(values.get(column))) {
        throw new IllegalArgumentException("Imputer: column " + column + " has " + values.get(column)
            + ", expected a finite number");
      }
    }
    return new Imputer(values.toDoubles(), false);
  }

  /// {@return the same numbers, each for a place of axis 1 of what this is applied to}
  public Imputer forChannels() {
    return new Imputer(values, true);
  }

  /// {@return whether a column is a place of axis 1, not of the last one}
  public boolean isOfChannels() {
    return columns.ofChannels();
  }

  /// {@return the numbers, `[D]`, in double and new memory}
  public Tensor values() {
    return Tensor.of(values.clone(), values.length);
  }

  /// {@return D}
  public int columns() {
    return values.length;
  }

  /// {@return `x` with each NaN replaced, in new memory and of its precision}
  ///
  /// @throws IllegalArgumentException if `x` is not `[rows, …, D]`, or `[rows, D, …]` of channels, or a number that is
  ///     needed is beyond its precision's range
  public Tensor apply(Tensor x) {
    columns.require(x, this, "x");
    Tensor whole = x.copy();
    int run = columns.run(x.shape());
    for (int at = 0; at < x.size(); at++) {
      if (Double.isNaN(x.get(at))) {
        int column = at / run % columns();
        whole.set(at, values[column]);
        if (Double.isInfinite(whole.get(at))) {
          throw new IllegalArgumentException(this + ": column " + column + " has " + values[column]
              + ", expected a number of " + Precision.FLOAT + "'s range as x has");
        }
      }
    }
    return whole;
  }

  /// For example `Imputer[columns=64]` or `Imputer[channels=3]`.
  @Override
  public String toString() {
    return "Imputer[" + columns + "]";
  }
}
