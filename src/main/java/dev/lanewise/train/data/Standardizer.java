package dev.lanewise.train.data;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Tensor;
import java.util.Objects;

/// Brings each column of a data set to mean 0 and standard deviation 1, and back.
///
/// | what     | formula, for column j                                  | shapes              |
/// |----------|--------------------------------------------------------|---------------------|
/// | fitted   | m_j = (1/N)·Σ_n x_nj,  s_j = √((1/N)·Σ_n (x_nj − m_j)²)   | X `[N, D]`          |
/// | applied  | z_nj = (x_nj − m_j)/s_j, 0 where s_j = 0               | X, Z `[rows, D]`    |
/// | inverted | x_nj = m_j + s_j·z_nj                                  | Z, X `[rows, D]`    |
///
/// A column whose values are all the same has s_j = 0 exactly: it says nothing, so it becomes 0 whatever else is met later.
/// Fit it on training data only: what is fitted on all of it has seen what it is to be tested on. For targets the inverse
/// brings predictions back to their units. Slides, "Considerations".
///
/// m, s and all between are double whatever the data's precision, sums and squares as [Moments] takes them: values of
/// any size and offset are standardized. The result is rounded once, to the precision asked for. What is far from 0
/// beside its deviation, such as a time in seconds, belongs into a tensor of doubles: floats near 1.7e9 lie 128 apart.
///
/// Immutable, and safe to share between threads.
public final class Standardizer {

  private final Tensor mean;
  private final Tensor sd;

  private Standardizer(Tensor mean, Tensor sd) {
    this.mean = mean;
    this.sd = sd;
  }

  /// Fitted on `x`, `[N, D]`.
  ///
  /// @throws IllegalArgumentException if there are fewer than 2 rows, or a value is NaN or infinite
  public static Standardizer fit(Tensor x) {
    if (x.isNone() || x.shape().rank() != 2) {
      throw new IllegalArgumentException("Standardizer: x has shape " + x.shape() + ", expected [rows, columns]");
    }
    x.requireFinite("Standardizer", "x");
    int rows = x.shape().dim(0);
    int columns = x.shape().dim(1);
    if (rows < 2) {
      throw new IllegalArgumentException("Standardizer: x has " + rows + " rows, expected at least 2 to have a standard deviation");
    }
    double[] mean = new double[columns];
    double[] sd = new double[columns];
    double[] values = new double[rows];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        values[row] = x.get(row, column);
      }
      mean[column] = Moments.mean(values);
      sd[column] = Moments.standardDeviation(values);
    }
    return new Standardizer(Tensor.of(mean, columns), Tensor.of(sd, columns));
  }

  /// With these means and standard deviations, as a file holds them: `[D]` each, of either precision. They are copied.
  ///
  /// @throws IllegalArgumentException if their shapes differ or are no `[D]`, or a value is NaN, infinite or a negative
  ///     deviation
  public static Standardizer of(Tensor mean, Tensor sd) {
    if (mean.isNone() || sd.isNone() || mean.shape().rank() != 1 || !sd.shape().equals(mean.shape())) {
      throw new IllegalArgumentException("Standardizer: mean is " + mean.shape() + " and sd " + sd.shape() + ", expected the same [D]");
    }
    for (int column = 0; column < mean.size(); column++) {
      if (!Double.isFinite(mean.get(column)) || !Double.isFinite(sd.get(column)) || sd.get(column) < 0) {
        throw new IllegalArgumentException("Standardizer: column " + column + " has mean " + mean.get(column) + " and sd "
            + sd.get(column) + ", expected finite ones, the sd at least 0");
      }
    }
    return new Standardizer(mean.to(Precision.DOUBLE), sd.to(Precision.DOUBLE));
  }

  /// m, `[D]`, in double. Not to be changed.
  public Tensor mean() {
    return mean;
  }

  /// s, `[D]`, in double; 0 for a column whose values are all the same. Not to be changed.
  public Tensor sd() {
    return sd;
  }

  /// D.
  public int columns() {
    return mean.size();
  }

  /// Z, in new memory and of X's precision.
  ///
  /// @throws IllegalArgumentException if `x` is not `[rows, D]`, or a value is NaN or infinite, or becomes so
  ///     when standardized
  public Tensor apply(Tensor x) {
    return apply(x, requireColumns(x, "x"), this, "x");
  }

  /// Z, in new memory and of another precision than X's may be: each element is computed in double and rounded once.
  ///
  /// @param owner who asks, first in messages
  /// @param name what the tensor is to the owner
  /// @throws IllegalArgumentException if `x` is not `[rows, D]`, or a value is NaN or infinite, or becomes so
  ///     when standardized in `precision`, named by row and column
  public Tensor apply(Tensor x, Precision precision, Object owner, String name) {
    requireColumns(x, name);
    x.requireFinite(owner, name);
    Tensor z = Tensor.zeros(precision, x.shape());
    write(x, z);
    if (!RowOps.isFinite(z)) {
      requireStandardizable(x, precision, owner, name);
    }
    return z;
  }

  /// Overwrites `z` with Z; `z` may be `x`.
  ///
  /// @throws IllegalArgumentException if `x` is not `[rows, D]`, `z` is not like it, or a value is NaN or infinite, or
  ///     becomes so when standardized
  public void apply(Tensor x, Tensor z) {
    z.require(requireColumns(x, "x"), x.shape(), this, "z");
    x.requireFinite(this, "x");
    requireStandardizable(x, z.precision(), this, "x");
    write(x, z);
  }

  private void write(Tensor x, Tensor z) {
    double[] m = mean.doubles();
    double[] s = sd.doubles();
    int at = 0;
    for (int row = 0; row < x.shape().dim(0); row++) {
      for (int column = 0; column < m.length; column++, at++) {
        z.set(at, standardized(x.get(at), m[column], s[column]));
      }
    }
  }

  /// Half of each where the distance overflows.
  private static double standardized(double x, double m, double s) {
    double distance = x - m;
    return s == 0 ? 0 : Double.isFinite(distance) ? distance / s : (x / 2 - m / 2) / s * 2;
  }

  /// Checks that no element of the result rounds to an infinity.
  private void requireStandardizable(Tensor x, Precision precision, Object owner, String name) {
    for (int at = 0; at < x.size(); at++) {
      double z = standardized(x.get(at), mean.get(at % columns()), sd.get(at % columns()));
      if (!Double.isFinite(precision == Precision.FLOAT ? (float) z : z)) {
        throw new IllegalArgumentException(owner + ": " + name + " has " + x.get(at) + " at row " + at / columns()
            + ", column " + at % columns() + ", " + z + " when standardized, expected a number of " + precision + "'s range");
      }
    }
  }

  /// X, in new memory and of Z's precision.
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, D]`
  public Tensor invert(Tensor z) {
    return invert(z, requireColumns(z, "z"));
  }

  /// X, in new memory and of another precision than Z's may be: in double, an offset costs no digits.
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, D]`
  public Tensor invert(Tensor z, Precision precision) {
    requireColumns(z, "z");
    Tensor x = Tensor.zeros(precision, z.shape());
    restore(z, x);
    return x;
  }

  /// Overwrites `x` with X; `x` may be `z`.
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, D]`, or `x` is not like it
  public void invert(Tensor z, Tensor x) {
    x.require(requireColumns(z, "z"), z.shape(), this, "x");
    restore(z, x);
  }

  private void restore(Tensor z, Tensor x) {
    int at = 0;
    for (int row = 0; row < z.shape().dim(0); row++) {
      for (int column = 0; column < columns(); column++, at++) {
        double m = mean.get(column);
        double distance = sd.get(column) * z.get(at);
        x.set(at, Double.isFinite(distance) ? m + distance : (m / 2 + sd.get(column) / 2 * z.get(at)) * 2);
      }
    }
  }

  private Precision requireColumns(Tensor tensor, String name) {
    RowOps.requireRows(Objects.requireNonNull(tensor, name), columns(), this, name);
    return tensor.precision();
  }

  /// For example `Standardizer[columns=64]`.
  @Override
  public String toString() {
    return "Standardizer[columns=" + columns() + "]";
  }
}
