package dev.lanewise.autodiff.chain;

/// A way to multiply out a part of a chain J_L · … · J₁: the tree that a planner finds and a program runs. Factors are
/// numbered from 0, the first applied first.
///
/// | node        | gives                        | how                                                  |
/// |-------------|------------------------------|------------------------------------------------------|
/// | [AtHand]    | J_ℓ                          | it is there, diag(s)·W                               |
/// | [Seeded]    | J_ℓ                          | the identity pushed, or pulled, through factor ℓ     |
/// | [Product]   | (J_j…J_(k+1))·(J_k…J_i)       | a dense product of both                              |
/// | [Push]      | J_j·(J_(j−1)…J_i)             | the columns of the right part pushed through factor j |
/// | [Pull]      | (J_j…J_(i+1))·J_i             | the rows of the left part pulled through factor i    |
/// | [Turn]      | the same                     | from rows in one piece to columns in one piece, or back |
///
/// `byColumns` says how the result lies in memory: as a panel of tangents (columns in one piece) or of cotangents (rows).
public sealed interface Bracket {

  /// The first factor of the part.
  int first();

  /// Its last factor.
  int last();

  /// Whether the result's columns lie in one piece.
  boolean byColumns();

  /// J_ℓ = diag(s)·W.
  record AtHand(int first) implements Bracket {
    @Override
    public int last() {
      return first;
    }

    @Override
    public boolean byColumns() {
      return false;
    }
  }

  /// J_ℓ by pushes of the identity's columns or pulls of its rows.
  record Seeded(int first, boolean byColumns) implements Bracket {
    @Override
    public int last() {
      return first;
    }
  }

  /// A dense product.
  record Product(Bracket left, Bracket right, boolean byColumns) implements Bracket {
    @Override
    public int first() {
      return right.first();
    }

    @Override
    public int last() {
      return left.last();
    }
  }

  /// The right part's columns pushed through one more factor.
  record Push(Bracket right) implements Bracket {
    @Override
    public int first() {
      return right.first();
    }

    @Override
    public int last() {
      return right.last() + 1;
    }

    @Override
    public boolean byColumns() {
      return true;
    }
  }

  /// The left part's rows pulled through one more factor.
  record Pull(Bracket left) implements Bracket {
    @Override
    public int first() {
      return left.first() - 1;
    }

    @Override
    public int last() {
      return left.last();
    }

    @Override
    public boolean byColumns() {
      return false;
    }
  }

  /// The same matrix the other way round in memory.
  record Turn(Bracket of) implements Bracket {
    @Override
    public int first() {
      return of.first();
    }

    @Override
    public int last() {
      return of.last();
    }

    @Override
    public boolean byColumns() {
      return !of.byColumns();
    }
  }

  /// Whether matrices that are all at hand are multiplied out one by one, the first applied first: (J₄·(J₃·(J₂·J₁))).
  default boolean isFromTheRight() {
    return isPure(this, true);
  }

  /// Whether they are multiplied out the other way round: (((J₄·J₃)·J₂)·J₁).
  default boolean isFromTheLeft() {
    return isPure(this, false);
  }

  private static boolean isPure(Bracket bracket, boolean fromTheRight) {
    return switch (bracket) {
      case AtHand _ -> true;
      case Turn turn -> isPure(turn.of(), fromTheRight);
      case Product product -> isLeaf(fromTheRight ? product.left() : product.right())
          && isPure(fromTheRight ? product.right() : product.left(), fromTheRight);
      case Seeded _, Push _, Pull _ -> false;
    };
  }

  private static boolean isLeaf(Bracket bracket) {
    return bracket instanceof AtHand || bracket instanceof Turn turn && isLeaf(turn.of());
  }
}
