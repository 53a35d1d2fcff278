package dev.lanewise.autodiff.chain;

import java.util.ArrayList;
import java.util.List;

/// One factor of a chain of Jacobians, as the planner sees it.
///
/// @param kind what is known of its Jacobian
/// @param rows m, its outputs
/// @param columns n, its inputs
/// @param multiplyAdds E, the multiply-adds of a push or a pull for each direction, through all branches of a sum
/// @param recomputed R, its multiply-adds that do not depend on the number of directions
/// @param branches the chains that a sum adds up, empty for another factor
/// @param scaling the part of E that the diagonals after a sum take
public record ChainFactor(Kind kind, int rows, int columns, long multiplyAdds, long recomputed,
    List<List<ChainFactor>> branches, long scaling) {

  /// What is known of a factor's Jacobian.
  public enum Kind {
    /// It is at hand as a dense matrix.
    AT_HAND,
    /// It is known by pushes and pulls only.
    IMPLICIT,
    /// It is known by pushes and pulls to be a diagonal: as a branch of a sum it is added to the diagonal alone.
    DIAGONAL,
    /// It is the sum of its branches' Jacobians, scaled by the diagonals after it.
    SUM
  }

  /// Copies the branches.
  public ChainFactor {
    branches = List.copyOf(branches);
  }

  private ChainFactor(Kind kind, int rows, int columns, long multiplyAdds) {
    this(kind, rows, columns, multiplyAdds, 0, List.of(), 0);
  }

  /// A dense Jacobian at hand.
  public static ChainFactor dense(int rows, int columns) {
    return new ChainFactor(Kind.AT_HAND, rows, columns, (long) rows * columns);
  }

  /// A factor that is only pushed and pulled through.
  public static ChainFactor implicit(int rows, int columns, long multiplyAdds) {
    return new ChainFactor(Kind.IMPLICIT, rows, columns, multiplyAdds);
  }

  /// A diagonal.
  public static ChainFactor diagonal(int n, long multiplyAdds) {
    return new ChainFactor(Kind.DIAGONAL, n, n, multiplyAdds);
  }

  /// The sum of chains of the same inputs and outputs; scaling it takes `scaling` multiply-adds for each direction.
  public static ChainFactor sum(List<List<ChainFactor>> branches, long scaling) {
    int rows = branches.getFirst().getLast().rows;
    long multiplyAdds = scaling + (branches.size() - 1L) * rows;
    long recomputed = 0;
    for (List<ChainFactor> branch : branches) {
      for (ChainFactor factor : branch) {
        multiplyAdds += factor.multiplyAdds;
        recomputed += factor.recomputed;
      }
    }
    int columns = branches.getFirst().getFirst().columns;
    return new ChainFactor(Kind.SUM, rows, columns, multiplyAdds, recomputed, branches, scaling);
  }

  /// Whether its Jacobian is at hand as a dense matrix.
  public boolean atHand() {
    return kind == Kind.AT_HAND;
  }

  /// The same factor, where each push or pull recomputes residuals with `more` multiply-adds.
  public ChainFactor recomputing(long more) {
    return new ChainFactor(kind, rows, columns, multiplyAdds, more, branches, scaling);
  }

  /// The multiply-adds of a push or a pull of so many directions.
  public double multiplyAdds(int directions) {
    return (double) multiplyAdds * directions + recomputed;
  }

  /// The same, as if nothing were known of its Jacobian.
  ChainFactor hidden() {
    return new ChainFactor(Kind.IMPLICIT, rows, columns, multiplyAdds, recomputed, List.of(), 0);
  }

  /// Whether the chain is a diagonal and nothing else.
  public static boolean isDiagonal(List<ChainFactor> chain) {
    return chain.size() == 1 && chain.getFirst().kind == Kind.DIAGONAL;
  }

  /// The chain with only so many rows and columns at its ends.
  static List<ChainFactor> narrowed(List<ChainFactor> chain, int rows, int columns) {
    List<ChainFactor> narrow = new ArrayList<>(chain);
    narrow.set(0, chain.getFirst().narrowed(chain.getFirst().rows, columns));
    ChainFactor last = narrow.getLast();
    narrow.set(chain.size() - 1, last.narrowed(rows, last.columns));
    return narrow;
  }

  private ChainFactor narrowed(int rows, int columns) {
    if (rows == this.rows && columns == this.columns) {
      return this;
    }
    List<List<ChainFactor>> narrow = branches.stream().map(branch -> narrowed(branch, rows, columns)).toList();
    return new ChainFactor(kind, rows, columns, multiplyAdds, recomputed, narrow, scaling);
  }
}
