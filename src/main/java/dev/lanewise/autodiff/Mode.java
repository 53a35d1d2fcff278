package dev.lanewise.autodiff;

/// The order in which the chain of the layers' Jacobians J_L · … · J₁ is multiplied out. Where a layer is a sum of
/// branches ([dev.lanewise.Layer#branches()]), it also applies to the chain of each branch.
public enum Mode {
  /// From the right: the D columns of the identity are pushed through all layers. This takes D·E multiply-adds for a
  /// network of E weights, fewer where the first layer's Jacobian is at hand. Slides, equation [13].
  ///
  /// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
  FORWARD,
  /// From the left: the M rows of the identity are pulled through all layers. This takes M·E multiply-adds, fewer where
  /// the last layer's Jacobian is at hand. Slides, equation [14].
  ///
  /// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
  REVERSE,
  /// The bracketing of the chain with the fewest multiply-adds. An addition of two branches' elements counts as a
  /// multiply-add. Naumann, "Optimization of Generalized Jacobian Chain Products without Memory Constraints"; arXiv
  /// 2406.11862.
  MIXED,
  /// The bracketing that is predicted to be the fastest on this machine.
  AUTO
}
