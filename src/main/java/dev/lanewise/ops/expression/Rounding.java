package dev.lanewise.ops.expression;

/// Which integer stands for a number.
public enum Rounding {
  /// The largest that is not above it.
  DOWN,
  /// The smallest that is not below it.
  UP,
  /// The nearest; of two, the even one.
  NEAREST
}
