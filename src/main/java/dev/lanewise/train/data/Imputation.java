package dev.lanewise.train.data;

import java.util.Objects;

/// What an [Imputer] replaces missing values, NaN, with.
///
/// @param kind which number
/// @param constant the number for a constant; 0 otherwise
public record Imputation(Kind kind, double constant) {

  /// Which number stands for what is missing.
  public enum Kind {
    /// The mean of the column's values.
    MEAN,
    /// The median of the column's values; of an even number of them the mean of the two in the middle.
    MEDIAN,
    /// A number that is given.
    CONSTANT
  }

  /// @throws IllegalArgumentException if the constant is not finite, or not 0 where none is taken
  public Imputation {
    Objects.requireNonNull(kind, "kind");
    if (!Double.isFinite(constant) || kind != Kind.CONSTANT && constant != 0) {
      throw new IllegalArgumentException("Imputation: " + kind + " of " + constant + ", expected "
          + (kind == Kind.CONSTANT ? "a finite number" : "0, as it takes no number"));
    }
  }

  /// {@return an imputation by the column's mean}
  public static Imputation mean() {
    return new Imputation(Kind.MEAN, 0);
  }

  /// {@return an imputation by the column's median}
  public static Imputation median() {
    return new Imputation(Kind.MEDIAN, 0);
  }

  /// {@return an imputation by this number, in each column}
  ///
  /// @throws IllegalArgumentException if it is not finite
  public static Imputation constant(double number) {
    return new Imputation(Kind.CONSTANT, number);
  }
}
