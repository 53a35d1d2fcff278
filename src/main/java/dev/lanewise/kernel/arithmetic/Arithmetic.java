package dev.lanewise.kernel.arithmetic;

/// The operations on two numbers, some added to a third. A product and its addition each round, on every machine.
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
  /// z = max(x, y), NaN where either is NaN.
  MAXIMUM,
  /// z = min(x, y), NaN where either is NaN.
  MINIMUM
}
