package dev.lanewise.autodiff;

/// In which order the chain of the layers' Jacobians J_L · … · J₁ is multiplied out, and where a layer is a sum of
/// branches ([dev.lanewise.Layer#branches()]), the chain of each branch.
public enum Mode {
  /// From the right: the D columns of the identity are pushed through all layers. D·E multiply-adds for a network of E
  /// weights, less where the first layer's Jacobian is at hand. Slides, equation [13].
  ///
  /// [13]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-13
  FORWARD,
  /// From the left: the M rows of the identity are pulled through all layers. M·E multiply-adds, less where the last
  /// layer's Jacobian is at hand. Slides, equation [14].
  ///
  /// [14]: https://github.com/lanewise/lanewise/blob/main/docs/math.md#equation-14
  REVERSE,
  /// In the order of the fewest multiply-adds of all bracketings of the chain; an addition of branches counts as one.
  /// Naumann, "Optimization of Generalized Jacobian Chain Products without Memory Constraints"; arXiv 2406.11862.
  MIXED,
  /// In the order of all that is predicted to take the shortest time on this machine.
  AUTO
}
