package dev.lanewise.testkit;

import java.util.Set;

/// What is wrong with the layer of [SineLayer], and the laws that must say so.
enum GradFault {
  /// Nothing.
  SOUND,
  /// The push is 1 in 10⁵ too large.
  PUSH_FACTOR("adjoint", "taylor-1", "differences", "pushes-equal-pulls"),
  /// The pull by x is 1 in 10⁵ too large.
  PULL_FACTOR("adjoint", "taylor-2", "pushes-equal-pulls"),
  /// The push along θ alone is wrong.
  PUSH_FACTOR_OF_THETA("adjoint", "taylor-1", "differences", "pushes-equal-pulls"),
  /// The pull by θ alone is wrong.
  PULL_FACTOR_OF_THETA("adjoint", "taylor-2", "pushes-equal-pulls"),
  /// Push and pull are wrong alike, on the last input element alone.
  LAST_ELEMENT_ON_BOTH_SIDES("taylor-1", "differences", "taylor-2"),
  /// Half of the second derivative.
  HALF_CURVATURE("taylor-2"),
  /// The second derivative forgets how θ moves x̄.
  NO_CROSS_TERM("taylor-2", "hessian-symmetric"),
  /// The second derivative forgets J_xᵀ·ȳ̇.
  NO_COTANGENT_TERM("taylor-2"),
  /// vjpDot mixes neighbours by an antisymmetric matrix, which no vᵀ·H·v shows.
  TWISTED_HESSIAN("hessian-symmetric"),
  /// The value jumps where an element is above what it was at the point.
  JUMPS("taylor-0", "taylor-1", "taylor-2", "differences"),
  /// The push throws.
  PUSH_THROWS("adjoint", "taylor-0", "taylor-1", "differences", "pushes-equal-pulls"),
  /// There is no vjpDot: laws on it are not there.
  NO_SECOND_DERIVATIVE;

  final Set<String> laws;

  GradFault(String... laws) {
    this.laws = Set.of(laws);
  }
}
