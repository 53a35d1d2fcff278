package dev.lanewise.autodiff.chain;

import java.util.List;

/// Which block of a Jacobian is wanted: neighbouring rows and neighbouring columns.
///
/// @param fromRow the first row
/// @param rows how many rows
/// @param fromColumn the first column
/// @param columns how many columns
public record Wanted(int fromRow, int rows, int fromColumn, int columns) {

  /// All of it.
  public static Wanted all(Chain chain) {
    return all(chain.outputShape().size(), chain.input().size());
  }

  /// All of a Jacobian of so many rows and columns.
  public static Wanted all(int rows, int columns) {
    return new Wanted(0, rows, 0, columns);
  }

  /// The chain as the planner sees it where only this is wanted.
  public List<ChainFactor> of(List<ChainFactor> chain) {
    return ChainFactor.narrowed(chain, rows, columns);
  }
}
