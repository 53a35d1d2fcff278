package dev.lanewise;

import java.util.Objects;

/// What a layer knows of its local Jacobian J, flattened output by flattened input, before it has seen a value: for whoever
/// plans in which order a chain of Jacobians is multiplied out.
///
/// | kind     | J                                            | a dense J costs                     |
/// |----------|----------------------------------------------|-------------------------------------|
/// | DENSE    | diag(s)·W, W at hand                         | nothing: W is there                 |
/// | DIAGONAL | diag(s)                                      | nothing: folded into a neighbour    |
/// | IMPLICIT | known by its pushes and pulls only           | min(n_out, n_in) pushes or pulls    |
///
/// s is what [Linearization#slope()] gives, W what [Linearization#weight()] gives.
///
/// @param kind which of the three
/// @param multiplyAdds E, what a push or a pull of one direction costs, in multiply-adds
public record JacobianStructure(Kind kind, long multiplyAdds) {

  /// What is known of J.
  public enum Kind {
    /// J = diag(s)·W with W at hand.
    DENSE,
    /// J = diag(s).
    DIAGONAL,
    /// J is known by its pushes and pulls only.
    IMPLICIT
  }

  /// @throws IllegalArgumentException for a negative cost
  public JacobianStructure {
    Objects.requireNonNull(kind, "kind");
    if (multiplyAdds < 0) {
      throw new IllegalArgumentException("JacobianStructure: " + multiplyAdds + " multiply-adds, expected 0 or more");
    }
  }

  /// J = diag(s)·W with W, `rows` × `columns`, at hand.
  public static JacobianStructure dense(int rows, int columns) {
    return new JacobianStructure(Kind.DENSE, (long) rows * columns);
  }

  /// J = diag(s) of `n` elements.
  public static JacobianStructure diagonal(int n) {
    return new JacobianStructure(Kind.DIAGONAL, n);
  }

  /// J known by its pushes and pulls only, each of which costs `multiplyAdds` a direction.
  public static JacobianStructure implicit(long multiplyAdds) {
    return new JacobianStructure(Kind.IMPLICIT, multiplyAdds);
  }
}
