package dev.lanewise.autodiff.chain;

import java.util.List;

/// A way to multiply out a part of a chain J_L · … · J₁: a tree that the planner finds and a program runs. Factors are
/// numbered from 0, the first applied first.
///
/// | node         | gives                   | how                                                       |
/// |--------------|-------------------------|-----------------------------------------------------------|
/// | [AtHand]     | J_ℓ                     | diag(s)·W, both at hand                                   |
/// | [Seeded]     | J_ℓ                     | the identity pushed or pulled through factor ℓ            |
/// | [Product]    | (J_j…J_(k+1))·(J_k…J_i)  | a dense product of both                                   |
/// | [Push]       | J_j·(J_(j−1)…J_i)        | the columns of the right part pushed through factor j     |
/// | [Pull]       | (J_j…J_(i+1))·J_i        | the rows of the left part pulled through factor i         |
/// | [Transposed] | the same matrix         | rows to columns in memory, or back                        |
/// | [Formed]     | J_ℓ = Σ_b J_b           | the branches' Jacobians, each by its own bracket, added   |
/// | [Diagonal]   | diag(s)                 | a branch that is added to the diagonal, or scales a panel |
/// | [Given]      | the panel               | the panel that is pushed or pulled through a branch       |
///
/// A push or a pull through a sum has a bracket for each branch: the branch's chain, numbered from 0, times the panel,
/// which stands before its first factor or after its last one. So each branch multiplies the panel in its own best
/// order.
///
/// `byColumns` says how the result lies in memory: as a panel of tangents (contiguous columns) or of cotangents
/// (contiguous rows).
public sealed interface Bracket {

  /// The first factor of the part.
  int first();

  /// Its last factor.
  int last();

  /// Whether the result's columns are contiguous.
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
  ///
  /// @param branches the brackets of a sum's branches; empty for another factor
  record Push(Bracket right, List<Bracket> branches) implements Bracket {
    /// Through a factor that is no sum.
    public Push(Bracket right) {
      this(right, List.of());
    }

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
  ///
  /// @param branches the brackets of a sum's branches; empty for another factor
  record Pull(Bracket left, List<Bracket> branches) implements Bracket {
    /// Through a factor that is no sum.
    public Pull(Bracket left) {
      this(left, List.of());
    }

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

  /// The same matrix, transposed in memory.
  record Transposed(Bracket of) implements Bracket {
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

  /// The sum of the branches' Jacobians, formed.
  record Formed(int first, boolean byColumns, List<Bracket> branches) implements Bracket {
    @Override
    public int last() {
      return first;
    }
  }

  /// All of a branch that is a diagonal.
  record Diagonal() implements Bracket {
    @Override
    public int first() {
      return 0;
    }

    @Override
    public int last() {
      return 0;
    }

    @Override
    public boolean byColumns() {
      return false;
    }
  }

  /// The panel that is pushed or pulled through a branch.
  ///
  /// @param first -1 where it is pushed, else as many as the branch has factors
  record Given(int first) implements Bracket {
    @Override
    public int last() {
      return first;
    }

    @Override
    public boolean byColumns() {
      return first < 0;
    }
  }

  /// Whether this is (J₄·(J₃·(J₂·J₁))): matrices that are all at hand, multiplied one by one from the right.
  default boolean isFromTheRight() {
    return isPure(this, true);
  }

  /// Whether this is (((J₄·J₃)·J₂)·J₁): matrices that are all at hand, multiplied one by one from the left.
  default boolean isFromTheLeft() {
    return isPure(this, false);
  }

  private static boolean isPure(Bracket bracket, boolean fromTheRight) {
    return switch (bracket) {
      case AtHand _ -> true;
      case Transposed transposed -> isPure(transposed.of(), fromTheRight);
      case Product product -> isLeaf(fromTheRight ? product.left() : product.right())
          && isPure(fromTheRight ? product.right() : product.left(), fromTheRight);
      case Seeded _, Push _, Pull _, Formed _, Diagonal _, Given _ -> false;
    };
  }

  private static boolean isLeaf(Bracket bracket) {
    return bracket instanceof AtHand || bracket instanceof Transposed transposed && isLeaf(transposed.of());
  }
}
