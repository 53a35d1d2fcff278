package dev.lanewise.train;

import dev.lanewise.Precision;
import dev.lanewise.RowOps;
import dev.lanewise.Shape;
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
/// brings predictions back to their units. m and s are double whatever the data's precision. Slides, "Considerations".
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
  /// @throws IllegalArgumentException if there are fewer than 2 rows, a value is NaN or infinite, or a column's values lie too
  ///     far apart for a standard deviation
  public static Standardizer fit(Tensor x) {
    if (x.isNone() || x.shape().rank() != 2) {
      throw new IllegalArgumentException("Standardizer: x has shape " + x.shape() + ", expected [rows, columns]");
    }
    RowOps.requireFinite(x, "Standardizer", "x");
    int rows = x.shape().dim(0);
    int columns = x.shape().dim(1);
    if (rows < 2) {
      throw new IllegalArgumentException("Standardizer: x has " + rows + " rows, expected at least 2 to have a standard deviation");
    }
    double[] mean = new double[columns];
    double[] sd = new double[columns];
    for (int column = 0; column < columns; column++) {
      // Differences from one of the values: exact where all are the same, and accurate where they are far from 0.
      double first = x.get(0, column);
      double sum = 0;
      for (int row = 1; row < rows; row++) {
        sum += x.get(row, column) - first;
      }
      mean[column] = first + sum / rows;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        double distance = x.get(row, column) - mean[column];
        squares += distance * distance;
      }
      sd[column] = Math.sqrt(squares / rows);
      if (!Double.isFinite(sd[column])) {
        throw new IllegalArgumentException("Standardizer: column " + column + " of x has values too far apart, such as " + first
            + " in row 0, expected a finite standard deviation");
      }
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
  /// @throws IllegalArgumentException if `x` is not `[rows, D]`, or a value is NaN or infinite
  public Tensor apply(Tensor x) {
    Tensor z = Tensor.zeros(requireColumns(x, "x"), x.shape());
    apply(x, z);
    return z;
  }

  /// Overwrites `z` with Z; `z` may be `x`.
  ///
  /// @throws IllegalArgumentException if `x` is not `[rows, D]`, `z` is not like it, or a value is NaN or infinite
  public void apply(Tensor x, Tensor z) {
    z.require(requireColumns(x, "x"), x.shape(), this, "z");
    RowOps.requireFinite(x, this, "x");
    int at = 0;
    for (int row = 0; row < x.shape().dim(0); row++) {
      for (int column = 0; column < columns(); column++, at++) {
        double s = sd.get(column);
        z.set(at, s == 0 ? 0 : (x.get(at) - mean.get(column)) / s);
      }
    }
  }

  /// X, in new memory and of Z's precision.
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, D]`
  public Tensor invert(Tensor z) {
    Tensor x = Tensor.zeros(requireColumns(z, "z"), z.shape());
    invert(z, x);
    return x;
  }

  /// Overwrites `x` with X; `x` may be `z`.
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, D]`, or `x` is not like it
  public void invert(Tensor z, Tensor x) {
    x.require(requireColumns(z, "z"), z.shape(), this, "x");
    int at = 0;
    for (int row = 0; row < z.shape().dim(0); row++) {
      for (int column = 0; column < columns(); column++, at++) {
        x.set(at, mean.get(column) + sd.get(column) * z.get(at));
      }
    }
  }

  private Precision requireColumns(Tensor tensor, String name) {
    Shape shape = Objects.requireNonNull(tensor, name).shape();
    if (tensor.isNone() || shape.rank() != 2 || shape.dim(1) != columns()) {
      throw new IllegalArgumentException(this + ": " + name + " has shape " + shape + ", expected [rows, " + columns() + "]");
    }
    return tensor.precision();
  }

  /// For example `Standardizer[columns=64]`.
  @Override
  public String toString() {
    return "Standardizer[columns=" + columns() + "]";
  }
}
