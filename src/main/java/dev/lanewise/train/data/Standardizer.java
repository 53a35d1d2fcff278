package dev.lanewise.train.data;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;

/// Brings each column of a data set to mean 0 and standard deviation 1, and back. Slides, "Considerations".
///
/// | what     | formula, for column j                                   | shapes           |
/// |----------|---------------------------------------------------------|------------------|
/// | fitted   | m_j = (1/N)·Σ_n x_nj,  s_j = √((1/N)·Σ_n (x_nj − m_j)²) | X `[N, D]`       |
/// | applied  | z_nj = (x_nj − m_j)/s_j, 0 where s_j = 0                | X, Z `[rows, D]` |
/// | inverted | x_nj = m_j + s_j·z_nj                                   | Z, X `[rows, D]` |
///
/// In samples with more axes a column is a place of the last axis, such as a feature of sequences `[rows, time, D]`, or
/// of axis 1, such as a channel of images `[rows, D, height, width]` ([#fitChannels]). All other axes count as rows.
///
/// A constant column has s_j = 0 exactly and becomes 0, whatever values come later. Fit on training data only, so that
/// nothing of the test data is used in training. The inverse brings predicted targets back to their units.
///
/// m, s and all intermediate results are double whatever the data's precision, and computed as by [Moments]: values of
/// any magnitude and offset are standardized. The result is rounded once, to the precision asked for. Values that are
/// far from 0 relative to their deviation, such as a time in seconds, belong in double: floats near 1.7e9 lie 128
/// apart.
///
/// Immutable, and safe to share between threads.
public final class Standardizer {

  private final Tensor mean;
  private final Tensor sd;
  private final Columns columns;

  private Standardizer(Tensor mean, Tensor sd, Columns columns) {
    this.mean = mean;
    this.sd = sd;
    this.columns = columns;
  }

  /// {@return a standardizer fitted on `x`, `[N, …, D]`, by the places of its last axis}
  ///
  /// @throws IllegalArgumentException if a column has fewer than 2 values, or one is NaN or infinite
  public static Standardizer fit(Tensor x) {
    return fit(x, Columns.of(x, false, "Standardizer"));
  }

  /// {@return a standardizer fitted on `x`, `[N, D, …]`, by the places of its axis 1}
  ///
  /// @throws IllegalArgumentException if a channel has fewer than 2 values, or one is NaN or infinite
  public static Standardizer fitChannels(Tensor x) {
    return fit(x, Columns.of(x, true, "Standardizer"));
  }

  private static Standardizer fit(Tensor x, Columns columns) {
    x.requireFinite("Standardizer", "x");
    int rows = columns.count() == 0 ? x.shape().dim(0) : x.size() / columns.count();
    if (rows < 2) {
      throw new IllegalArgumentException("Standardizer: x has " + rows
          + " rows, expected at least 2 to have a standard deviation");
    }
    double[] mean = new double[columns.count()];
    double[] sd = new double[columns.count()];
    double[] values = new double[rows];
    for (int column = 0; column < columns.count(); column++) {
      columns.copy(x, column, values);
      mean[column] = Moments.mean(values);
      sd[column] = Moments.standardDeviation(values);
    }
    return new Standardizer(Tensor.of(mean, columns.count()), Tensor.of(sd, columns.count()), columns);
  }

  /// {@return a standardizer with these means and standard deviations, as a file holds them: `[D]` each, of either
  /// precision} They are copied.
  ///
  /// @throws IllegalArgumentException if their shapes differ or are no `[D]`, or a value is NaN, infinite or a negative
  ///     deviation
  public static Standardizer of(Tensor mean, Tensor sd) {
    if (mean.isNone() || sd.isNone() || mean.shape().rank() != 1 || !sd.shape().equals(mean.shape())) {
      throw new IllegalArgumentException("Standardizer: mean is " + mean.shape() + " and sd " + sd.shape()
          + ", expected the same [D]");
    }
    for (int column = 0; column < mean.size(); column++) {
      if (!Double.isFinite(mean.get(column)) || !Double.isFinite(sd.get(column)) || sd.get(column) < 0) {
        throw new IllegalArgumentException("Standardizer: column " + column + " has mean " + mean.get(column)
            + " and sd " + sd.get(column) + ", expected finite ones, the sd at least 0");
      }
    }
    return new Standardizer(mean.to(Precision.DOUBLE), sd.to(Precision.DOUBLE), new Columns(mean.size(), false));
  }

  /// {@return the same means and deviations, each for a place of axis 1 of what this is applied to}
  public Standardizer forChannels() {
    return new Standardizer(mean, sd, new Columns(columns(), true));
  }

  /// {@return whether a column is a place of axis 1, not of the last one}
  public boolean isOfChannels() {
    return columns.ofChannels();
  }

  /// {@return m, `[D]`, in double} Not to be changed.
  public Tensor mean() {
    return mean;
  }

  /// {@return s, `[D]`, in double; 0 for a column whose values are all the same} Not to be changed.
  public Tensor sd() {
    return sd;
  }

  /// {@return D, the number of columns}
  public int columns() {
    return columns.count();
  }

  /// {@return Z, in new memory and of X's precision}
  ///
  /// @throws IllegalArgumentException if `x` is not `[rows, …, D]`, or `[rows, D, …]` of channels, or a value is NaN or
  ///     infinite, or becomes so when standardized
  public Tensor apply(Tensor x) {
    return apply(x, columns.require(x, this, "x"), this, "x");
  }

  /// {@return Z, in new memory and of this precision, which may be another than X's: each element is computed in double
  /// and rounded once}
  ///
  /// @param owner the caller, named first in messages
  /// @param name what the tensor is to the owner
  /// @throws IllegalArgumentException if `x` is not `[rows, …, D]`, or `[rows, D, …]` of channels, or a value is NaN or
  ///     infinite, or becomes so when standardized in `precision`, named by row and column
  public Tensor apply(Tensor x, Precision precision, Object owner, String name) {
    columns.require(x, this, name);
    x.requireFinite(owner, name);
    Tensor z = Tensor.zeros(precision, x.shape());
    write(x, z, false);
    if (!RowOps.isFinite(z)) {
      requireStandardizable(x, precision, owner, name);
    }
    return z;
  }

  /// Overwrites `z` with Z; `z` may be `x`.
  ///
  /// @throws IllegalArgumentException if `x` is not `[rows, …, D]`, or `[rows, D, …]` of channels, `z` is not like it,
  ///     or a value is NaN or infinite, or becomes so when standardized
  public void apply(Tensor x, Tensor z) {
    z.require(columns.require(x, this, "x"), x.shape(), this, "z");
    x.requireFinite(this, "x");
    requireStandardizable(x, z.precision(), this, "x");
    write(x, z, false);
  }

  /// Standardizes, or inverts that.
  private void write(Tensor from, Tensor to, boolean inverse) {
    int run = columns.run(from.shape());
    int at = 0;
    while (at < from.size()) {
      for (int column = 0; column < columns(); column++) {
        double m = mean.get(column);
        double s = sd.get(column);
        for (int end = at + run; at < end; at++) {
          to.set(at, inverse ? restored(from.get(at), m, s) : standardized(from.get(at), m, s));
        }
      }
    }
  }

  /// (x − m)/s, or 0 where s is 0. Where x − m overflows, x and m are halved first.
  private static double standardized(double x, double m, double s) {
    double distance = x - m;
    return s == 0 ? 0 : Double.isFinite(distance) ? distance / s : (x / 2 - m / 2) / s * 2;
  }

  private static double restored(double z, double m, double s) {
    double distance = s * z;
    return Double.isFinite(distance) ? m + distance : (m / 2 + s / 2 * z) * 2;
  }

  /// Checks that no element of the result rounds to an infinity.
  private void requireStandardizable(Tensor x, Precision precision, Object owner, String name) {
    int sample = x.shape().withoutFirst().size();
    int run = columns.run(x.shape());
    for (int at = 0; at < x.size(); at++) {
      int column = at / run % columns();
      double z = standardized(x.get(at), mean.get(column), sd.get(column));
      if (!Double.isFinite(precision == Precision.FLOAT ? (float) z : z)) {
        throw new IllegalArgumentException(owner + ": " + name + " has " + x.get(at) + " at row " + at / sample
            + ", column " + at % sample + ", " + z + " when standardized, expected a number of " + precision
            + "'s range");
      }
    }
  }

  /// {@return X, in new memory and of Z's precision}
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, …, D]`, or `[rows, D, …]` of channels
  public Tensor invert(Tensor z) {
    return invert(z, columns.require(z, this, "z"));
  }

  /// {@return X, in new memory and of this precision, which may be another than Z's: in double, an offset costs no
  /// digits}
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, …, D]`, or `[rows, D, …]` of channels
  public Tensor invert(Tensor z, Precision precision) {
    columns.require(z, this, "z");
    Tensor x = Tensor.zeros(precision, z.shape());
    write(z, x, true);
    return x;
  }

  /// Overwrites `x` with X; `x` may be `z`.
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, …, D]`, or `[rows, D, …]` of channels, or `x` is not like
  ///     it
  public void invert(Tensor z, Tensor x) {
    x.require(columns.require(z, this, "z"), z.shape(), this, "x");
    write(z, x, true);
  }

  /// For example `Standardizer[columns=64]` or `Standardizer[channels=3]`.
  @Override
  public String toString() {
    return "Standardizer[" + columns + "]";
  }
}
