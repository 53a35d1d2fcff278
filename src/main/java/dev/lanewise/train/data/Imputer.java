package dev.lanewise.train.data;

import dev.lanewise.Precision;
import dev.lanewise.Shape;
import dev.lanewise.Tensor;
import java.util.Arrays;
import java.util.Objects;

/// Puts a number in the place of each missing value, NaN: for each column its own.
///
/// | [Imputation]  | the number of column j, over the values that are there |
/// |---------------|---------------------------------------------------------|
/// | mean          | (1/N)·Σ_n x_nj, as [Moments] takes it                   |
/// | median        | the one in the middle; the mean of the two there         |
/// | constant      | the one given                                           |
///
/// A column is a place of the last axis, or of axis 1 where it is a channel ([#fitChannels]), as for a [Standardizer].
/// Fit it on training data only. That a value was missing may itself say something: a column of your own can tell it.
///
/// Immutable, and safe to share between threads.
public final class Imputer {

  private final double[] values;
  private final boolean ofChannels;

  private Imputer(double[] values, boolean ofChannels) {
    this.values = values;
    this.ofChannels = ofChannels;
  }

  /// Fitted on `x`, `[N, …, D]`, by the places of its last axis.
  ///
  /// @return the imputer
  /// @throws IllegalArgumentException if a column has no value to take the mean or median of, or one is infinite
  public static Imputer fit(Imputation imputation, Tensor x) {
    requireAxes(x, "[rows, columns]");
    return fit(imputation, x, x.shape().last(), 1, false);
  }

  /// Fitted on `x`, `[N, D, …]`, by the places of its axis 1.
  ///
  /// @return the imputer
  /// @throws IllegalArgumentException if a channel has no value to take the mean or median of, or one is infinite
  public static Imputer fitChannels(Imputation imputation, Tensor x) {
    requireAxes(x, "[rows, channels, …]");
    return fit(imputation, x, x.shape().dim(1), x.shape().withoutFirst().withoutFirst().size(), true);
  }

  private static void requireAxes(Tensor x, String expected) {
    if (x.isNone() || x.shape().rank() < 2) {
      throw new IllegalArgumentException("Imputer: x has shape " + x.shape() + ", expected " + expected);
    }
  }

  private static Imputer fit(Imputation imputation, Tensor x, int columns, int run, boolean ofChannels) {
    double[] values = new double[columns];
    if (imputation.kind() == Imputation.Kind.CONSTANT) {
      Arrays.fill(values, imputation.constant());
      return new Imputer(values, ofChannels);
    }
    double[] there = new double[columns == 0 ? 0 : x.size() / columns];
    for (int column = 0; column < columns; column++) {
      int count = 0;
      for (int first = column * run; first < x.size(); first += columns * run) {
        for (int at = first; at < first + run; at++) {
          if (Double.isInfinite(x.get(at))) {
            throw new IllegalArgumentException("Imputer: column " + column + " has " + x.get(at)
                + ", expected finite numbers, and NaN where one is missing");
          }
          there[count] = x.get(at);
          count += Double.isNaN(there[count]) ? 0 : 1;
        }
      }
      if (count == 0) {
        throw new IllegalArgumentException("Imputer: column " + column
            + " has no value, expected one at least to take a "
            + imputation.kind() + " of");
      }
      double[] some = Arrays.copyOf(there, count);
      values[column] = imputation.kind() == Imputation.Kind.MEAN ? Moments.mean(some) : median(some);
    }
    return new Imputer(values, ofChannels);
  }

  /// Sorts the values.
  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : Moments.mean(values[middle - 1], values[middle]);
  }

  /// {@return an imputer with these numbers, as a file holds them: `[D]`, of either precision; copied} A column whose
  /// number is NaN may have no value missing: it stays missing.
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
    return ofChannels;
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
    Shape shape = Objects.requireNonNull(x, "x").shape();
    if (x.isNone() || shape.rank() < 2 || (ofChannels ? shape.dim(1) : shape.last()) != columns()) {
      throw new IllegalArgumentException(this + ": x has shape " + shape + ", expected [rows, "
          + (ofChannels ? columns() + ", …]" : "…, " + columns() + "]"));
    }
    Tensor whole = x.copy();
    int run = ofChannels ? shape.withoutFirst().withoutFirst().size() : 1;
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
    return "Imputer[" + (ofChannels ? "channels=" : "columns=") + columns() + "]";
  }
}
