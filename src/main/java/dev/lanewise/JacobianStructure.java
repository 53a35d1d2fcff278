package dev.lanewise;

import java.util.Objects;

/// The structure of a layer's local Jacobian J (flattened output by flattened input), known before any value. Planners
/// use it to choose the order in which a chain of Jacobians is multiplied, and to predict the memory.
///
/// | kind     | J                                            | a dense J costs                     |
/// |----------|----------------------------------------------|-------------------------------------|
/// | DENSE    | diag(s)·W, W at hand                         | nothing: W is there                 |
/// | DIAGONAL | diag(s)                                      | nothing: folded into a neighbour    |
/// | IMPLICIT | known by its pushes and pulls only           | min(n_out, n_in) pushes or pulls    |
///
/// [Linearization#slope()] returns s, [Linearization#weight()] returns W. A push or a pull of k directions at once
/// costs k·E + R multiply-adds, where R counts the residuals that are recomputed because they were not kept.
///
/// `kept` counts the numbers, of the input's precision, that a linearization holds in the workspace in inference:
/// output, residuals, copies of parameters in another layout, and the most residuals that a push or a pull computes
/// again at once. It does not count the input, the parameters, views of either, scratch, or anything of the size of
/// tangents or cotangents.
///
/// @param kind which of the three
/// @param multiplyAdds E, the multiply-adds of a push or a pull for each direction
/// @param kept the number of numbers that a linearization keeps; 0 if unknown
/// @param recomputed R, the multiply-adds that a push or a pull takes once, for any number of directions
public record JacobianStructure(Kind kind, long multiplyAdds, long kept, long recomputed) {

  /// The kind of J.
  public enum Kind {
    /// J = diag(s)·W with W at hand.
    DENSE,
    /// J = diag(s).
    DIAGONAL,
    /// J is known by its pushes and pulls only.
    IMPLICIT
  }

  /// @throws IllegalArgumentException for a negative cost or number
  public JacobianStructure {
    Objects.requireNonNull(kind, "kind");
    if (multiplyAdds < 0) {
      throw new IllegalArgumentException("JacobianStructure: " + multiplyAdds + " multiply-adds, expected 0 or more");
    }
    if (kept < 0 || recomputed < 0) {
      throw new IllegalArgumentException("JacobianStructure: " + kept + " numbers kept, " + recomputed
          + " multiply-adds computed again, expected both 0 or more");
    }
  }

  /// {@return the structure of a Jacobian J = diag(s)·W with W, `rows` × `columns`, at hand}
  public static JacobianStructure dense(int rows, int columns) {
    return new JacobianStructure(Kind.DENSE, (long) rows * columns, 0, 0);
  }

  /// {@return the structure of a Jacobian J = diag(s) of `n` elements}
  public static JacobianStructure diagonal(int n) {
    return new JacobianStructure(Kind.DIAGONAL, n, 0, 0);
  }

  /// {@return the structure of the identity} Nothing is multiplied: the layer's slope is [Tensor#none()].
  public static JacobianStructure identity() {
    return new JacobianStructure(Kind.DIAGONAL, 0, 0, 0);
  }

  /// {@return the structure of a Jacobian known by its pushes and pulls only, each of which costs `multiplyAdds` per
  /// direction}
  public static JacobianStructure implicit(long multiplyAdds) {
    return new JacobianStructure(Kind.IMPLICIT, multiplyAdds, 0, 0);
  }

  /// {@return the same structure for a linearization that keeps `numbers` numbers}
  ///
  /// @throws IllegalArgumentException for a negative number
  public JacobianStructure keeping(long numbers) {
    return new JacobianStructure(kind, multiplyAdds, numbers, recomputed);
  }

  /// {@return the same structure, with pushes and pulls that recompute residuals at a cost of `more` multiply-adds}
  ///
  /// @throws IllegalArgumentException for a negative cost
  public JacobianStructure recomputing(long more) {
    return new JacobianStructure(kind, multiplyAdds, kept, more);
  }
}
