package dev.lanewise;

import java.util.Objects;

/// What a layer knows of its local Jacobian J, flattened output by flattened input, before it has seen a value.
/// Planners use it to choose the order in which a chain of Jacobians is multiplied, and to predict the memory.
///
/// | kind     | J                                            | a dense J costs                     |
/// |----------|----------------------------------------------|-------------------------------------|
/// | DENSE    | diag(s)·W, W at hand                         | nothing: W is there                 |
/// | DIAGONAL | diag(s)                                      | nothing: folded into a neighbour    |
/// | IMPLICIT | known by its pushes and pulls only           | min(n_out, n_in) pushes or pulls    |
///
/// [Linearization#slope()] returns s, [Linearization#weight()] returns W. A push or a pull of k directions at
/// once costs k·E + R multiply-adds, R being those of residuals that are not kept but computed again.
///
/// `kept` counts the numbers, of the input's precision, that a linearization holds in the workspace in inference:
/// output, residuals, copies of parameters in another layout, and the most residuals that a push or a pull computes
/// again at once. It does not count the input, the parameters, views of either, scratch, or anything of the size of
/// tangents or cotangents.
///
/// @param kind which of the three
/// @param multiplyAdds E, what a push or a pull costs for each direction, in multiply-adds
/// @param kept how many numbers a linearization keeps; 0 where nothing is said
/// @param recomputed R, what a push or a pull costs once, however many directions it takes, in multiply-adds
public record JacobianStructure(Kind kind, long multiplyAdds, long kept, long recomputed) {

  /// What is known of J.
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

  /// {@return the structure of a Jacobian known by its pushes and pulls only, each of which costs `multiplyAdds` a
  /// direction}
  public static JacobianStructure implicit(long multiplyAdds) {
    return new JacobianStructure(Kind.IMPLICIT, multiplyAdds, 0, 0);
  }

  /// {@return the same of a linearization that keeps so many numbers}
  ///
  /// @throws IllegalArgumentException for a negative number
  public JacobianStructure keeping(long numbers) {
    return new JacobianStructure(kind, multiplyAdds, numbers, recomputed);
  }

  /// {@return the same where each push or pull computes residuals again, which costs so many multiply-adds}
  ///
  /// @throws IllegalArgumentException for a negative cost
  public JacobianStructure recomputing(long more) {
    return new JacobianStructure(kind, multiplyAdds, kept, more);
  }
}
