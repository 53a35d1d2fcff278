package dev.lanewise.autodiff.plan;

/// Which bracketings of a chain are compared, and by what.
public enum Order {
  /// From the right alone: everything is pushed.
  PUSHES,
  /// From the left alone: everything is pulled.
  PULLS,
  /// All, by their multiply-adds.
  FEWEST,
  /// All, by their predicted times.
  FASTEST
}
