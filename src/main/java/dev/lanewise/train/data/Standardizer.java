package dev.lanewise.train.data;

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
/// Of samples with more axes a column is a place of the last axis, as a feature of sequences `[rows, time, D]` is, or
/// of axis 1, as a channel of images `[rows, D, height, width]` is ([#fitChannels]): all that else is in a sample
/// counts as further rows do.
///
/// A column whose values are all the same has s_j = 0 exactly: it says nothing, so it becomes 0 whatever else is met
/// later. Fit it on training data only: what is fitted on all of it has seen what it is to be tested on. For targets
/// the inverse brings predictions back to their units. Slides, "Considerations".
///
/// m, s and all between are double whatever the data's precision, sums and squares as [Moments] takes them: values of
/// any size and offset are standardized. The result is rounded once, to the precision asked for. What is far from 0
/// beside its deviation, such as a time in seconds, belongs into a tensor of doubles: floats near 1.7e9 lie 128 apart.
///
/// Immutable, and safe to share between threads.
public final class Standardizer {

  private final Tensor mean;
  private final Tensor sd;
  private final boolean ofChannels;

  private Standardizer(Tensor mean, Tensor sd, boolean ofChannels) {
    this.mean = mean;
    this.sd = sd;
    this.ofChannels = ofChannels;
  }

  /// {@return a standardizer fitted on `x`, `[N, …, D]`, by the places of its last axis}
  ///
  /// @throws IllegalArgumentException if a column has fewer than 2 values, or one is NaN or infinite
  public static Standardizer fit(Tensor x) {
    requireAxes(x, "[rows, columns]");
    return fit(x, x.shape().last(), 1, false);
  }

  /// {@return a standardizer fitted on `x`, `[N, D, …]`, by the places of its axis 1}
  ///
  /// @throws IllegalArgumentException if a channel has fewer than 2 values, or one is NaN or infinite
  public static Standardizer fitChannels(Tensor x) {
    requireAxes(x, "[rows, channels, …]");
    return fit(x, x.shape().dim(1), runOfChannel(x.shape()), true);
  }

  private static void requireAxes(Tensor x, String expected) {
    if (x.isNone() || x.shape().rank() < 2) {
      throw new IllegalArgumentException("Standardizer: x has shape " + x.shape() + ", expected " + expected);
    }
  }

  /// How many numbers of a channel lie together.
  private static int runOfChannel(Shape shape) {
    return shape.withoutFirst().withoutFirst().size();
  }

  private static Standardizer fit(Tensor x, int columns, int run, boolean ofChannels) {
    x.requireFinite("Standardizer", "x");
    int rows = columns == 0 ? x.shape().dim(0) : x.size() / columns;
    if (rows < 2) {
      throw new IllegalArgumentException("Standardizer: x has " + rows
          + " rows, expected at least 2 to have a standard deviation");
    }
    double[] mean = new double[columns];
    double[] sd = new double[columns];
    double[] values = new double[rows];
    for (int column = 0; column < columns; column++) {
      int count = 0;
      for (int first = column * run; count < rows; first += columns * run) {
        for (int at = first; at < first + run; at++) {
          values[count++] = x.get(at);
        }
      }
      mean[column] = Moments.mean(values);
      sd[column] = Moments.standardDeviation(values);
    }
    return new Standardizer(Tensor.of(mean, columns), Tensor.of(sd, columns), ofChannels);
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
            + " and sd "
            + sd.get(column) + ", expected finite ones, the sd at least 0");
      }
    }
    return new Standardizer(mean.to(Precision.DOUBLE), sd.to(Precision.DOUBLE), false);
  }

  /// {@return the same means and deviations, each for a place of axis 1 of what this is applied to}
  public Standardizer forChannels() {
    return new Standardizer(mean, sd, true);
  }

  /// {@return whether a column is a place of axis 1, not of the last one}
  public boolean isOfChannels() {
    return ofChannels;
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
    return mean.size();
  }

  /// {@return Z, in new memory and of X's precision}
  ///
  /// @throws IllegalArgumentException if `x` is not `[rows, …, D]`, or `[rows, D, …]` of channels, or a value is NaN or
  ///     infinite, or becomes so when standardized
  public Tensor apply(Tensor x) {
    return apply(x, requireColumns(x, "x"), this, "x");
  }

  /// {@return Z, in new memory and of another precision than X's may be: each element is computed in double and rounded
  /// once}
  ///
  /// @param owner who asks, first in messages
  /// @param name what the tensor is to the owner
  /// @throws IllegalArgumentException if `x` is not `[rows, …, D]`, or `[rows, D, …]` of channels, or a value is NaN or
  ///     infinite, or becomes so when standardized in `precision`, named by row and column
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
  /// @throws IllegalArgumentException if `x` is not `[rows, …, D]`, or `[rows, D, …]` of channels, `z` is not like it,
  ///     or a value is NaN or infinite, or becomes so when standardized
  public void apply(Tensor x, Tensor z) {
    z.require(requireColumns(x, "x"), x.shape(), this, "z");
    x.requireFinite(this, "x");
    requireStandardizable(x, z.precision(), this, "x");
    write(x, z);
  }

  private void write(Tensor x, Tensor z) {
    int run = run(x);
    int at = 0;
    while (at < x.size()) {
      for (int column = 0; column < mean.size(); column++) {
        for (int end = at + run; at < end; at++) {
          z.set(at, standardized(x.get(at), mean.get(column), sd.get(column)));
        }
      }
    }
  }

  private int run(Tensor x) {
    return ofChannels ? runOfChannel(x.shape()) : 1;
  }

  /// Half of each where the distance overflows.
  private static double standardized(double x, double m, double s) {
    double distance = x - m;
    return s == 0 ? 0 : Double.isFinite(distance) ? distance / s : (x / 2 - m / 2) / s * 2;
  }

  /// Checks that no element of the result rounds to an infinity.
  private void requireStandardizable(Tensor x, Precision precision, Object owner, String name) {
    int sample = x.shape().withoutFirst().size();
    for (int at = 0; at < x.size(); at++) {
      int column = at / run(x) % columns();
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
    return invert(z, requireColumns(z, "z"));
  }

  /// {@return X, in new memory and of another precision than Z's may be: in double, an offset costs no digits}
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, …, D]`, or `[rows, D, …]` of channels
  public Tensor invert(Tensor z, Precision precision) {
    requireColumns(z, "z");
    Tensor x = Tensor.zeros(precision, z.shape());
    restore(z, x);
    return x;
  }

  /// Overwrites `x` with X; `x` may be `z`.
  ///
  /// @throws IllegalArgumentException if `z` is not `[rows, …, D]`, or `[rows, D, …]` of channels, or `x` is not like
  ///     it
  public void invert(Tensor z, Tensor x) {
    x.require(requireColumns(z, "z"), z.shape(), this, "x");
    restore(z, x);
  }

  private void restore(Tensor z, Tensor x) {
    int run = run(z);
    int at = 0;
    while (at < z.size()) {
      for (int column = 0; column < columns(); column++) {
        double m = mean.get(column);
        double s = sd.get(column);
        for (int end = at + run; at < end; at++) {
          double distance = s * z.get(at);
          x.set(at, Double.isFinite(distance) ? m + distance : (m / 2 + s / 2 * z.get(at)) * 2);
        }
      }
    }
  }

  private Precision requireColumns(Tensor tensor, String name) {
    Shape shape = Objects.requireNonNull(tensor, name).shape();
    if (tensor.isNone() || shape.rank() < 2 || (ofChannels ? shape.dim(1) : shape.last()) != columns()) {
      throw new IllegalArgumentException(this + ": " + name + " has shape " + shape + ", expected [rows, "
          + (ofChannels ? columns() + ", …]" : (shape.rank() > 2 ? "…, " : "") + columns() + "]"));
    }
    return tensor.precision();
  }

  /// For example `Standardizer[columns=64]` or `Standardizer[channels=3]`.
  @Override
  public String toString() {
    return "Standardizer[" + (ofChannels ? "channels=" : "columns=") + columns() + "]";
  }
}
