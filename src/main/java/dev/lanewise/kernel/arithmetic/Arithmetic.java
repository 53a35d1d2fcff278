package dev.lanewise.kernel.arithmetic;

/// What is made of two numbers, or added to a third one. Products that are added round twice, on every machine.
public enum Arithmetic {
  /// z = x + y.
  SUM,
  /// z = x − y.
  DIFFERENCE,
  /// z = x·y.
  PRODUCT,
  /// z = x / y.
  QUOTIENT,
  /// z += x·y.
  ADD_PRODUCT,
  /// z −= x·y.
  SUBTRACT_PRODUCT,
  /// z = max(x, y), NaN where one is.
  MAXIMUM,
  /// z = min(x, y), NaN where one is.
  MINIMUM
}
