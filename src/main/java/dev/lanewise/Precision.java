package dev.lanewise;

/// The two number formats, IEEE 754 binary32 and binary64. Every operation of the library takes either.
public enum Precision {
  /// binary32: unit roundoff 2⁻²⁴.
  FLOAT(Float.BYTES, 0x1p-24),
  /// binary64: unit roundoff 2⁻⁵³.
  DOUBLE(Double.BYTES, 0x1p-53);

  private final int bytes;
  private final double unitRoundoff;

  Precision(int bytes, double unitRoundoff) {
    this.bytes = bytes;
    this.unitRoundoff = unitRoundoff;
  }

  /// {@return the size of one element in bytes: 4 or 8}
  public int bytes() {
    return bytes;
  }

  /// {@return u, the largest relative error of one correctly rounded operation}
  public double unitRoundoff() {
    return unitRoundoff;
  }

  /// {@return the lanes of the vectors that the kernels compute with here; 1 where the portable ones run}
  public int lanes() {
    return TensorKernels.lanes(this);
  }

  /// Whether a factor that is rounded to this format keeps its digits. Others, such as a step of 1e-40 along a gradient
  /// of 1e38 in float, are used in double.
  boolean keepsDigitsOf(double factor) {
    return this == DOUBLE || factor == 0
        || Math.abs(factor) >= Float.MIN_NORMAL && Math.abs(factor) <= Float.MAX_VALUE;
  }

  /// {@return `value` in this format}
  public double round(double value) {
    return this == FLOAT ? (float) value : value;
  }

  /// Checks that a number is still positive and finite in this format.
  ///
  /// @throws IllegalArgumentException if it is not, naming the number and what it is here
  public void requirePositive(double value, Object owner, String name) {
    double rounded = round(value);
    if (!(rounded > 0 && rounded < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          owner + ": " + name + " is " + value + ", which is " + rounded + " in " + this
              + ", expected a positive number");
    }
  }

  /// Checks that a number is still less than 1 in this format.
  ///
  /// @throws IllegalArgumentException if it is not, naming the number and what it is here
  public void requireBelowOne(double value, Object owner, String name) {
    double rounded = round(value);
    if (!(rounded < 1)) {
      throw new IllegalArgumentException(
          owner + ": " + name + " is " + value + ", which is " + rounded + " in " + this + ", expected less than 1");
    }
  }
}
