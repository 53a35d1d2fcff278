package dev.lanewise.autodiff.chain;

/// One factor of a chain of Jacobians, as the planner sees it.
///
/// @param rows m, its outputs
/// @param columns n, its inputs
/// @param multiplyAdds E, what a push or a pull costs for each direction
/// @param recomputed R, what it costs once, whatever the number of directions
/// @param atHand whether its Jacobian is there as a dense matrix; if not, it is known by pushes and pulls only
public record ChainFactor(int rows, int columns, long multiplyAdds, long recomputed, boolean atHand) {

  /// A dense Jacobian at hand.
  public static ChainFactor dense(int rows, int columns) {
    return new ChainFactor(rows, columns, (long) rows * columns, 0, true);
  }

  /// A factor that is only pushed and pulled through.
  public static ChainFactor implicit(int rows, int columns, long multiplyAdds) {
    return new ChainFactor(rows, columns, multiplyAdds, 0, false);
  }

  /// The same with residuals that each push or pull computes again.
  public ChainFactor recomputing(long more) {
    return new ChainFactor(rows, columns, multiplyAdds, more, atHand);
  }

  /// What a push or a pull of so many directions costs.
  public double multiplyAdds(int directions) {
    return (double) multiplyAdds * directions + recomputed;
  }

  /// The same, as if its Jacobian were not at hand.
  ChainFactor hidden() {
    return new ChainFactor(rows, columns, multiplyAdds, recomputed, false);
  }
}
