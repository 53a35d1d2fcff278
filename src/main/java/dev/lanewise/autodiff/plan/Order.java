package dev.lanewise.autodiff.plan;

/// Which bracketings of a chain are compared, and by which measure.
public enum Order {
  /// Only those from the right: everything is pushed.
  PUSHES,
  /// Only those from the left: everything is pulled.
  PULLS,
  /// All, by their multiply-adds.
  FEWEST,
  /// All, by their predicted times.
  FASTEST
}
