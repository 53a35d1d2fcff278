package dev.lanewise.autodiff;

/// In which order the chain of the layers' Jacobians J_L · … · J₁ is multiplied out.
public enum Mode {
  /// From the right: each of the D columns of the identity is pushed through all layers. D·E multiply-adds for a network of
  /// E weights. Slides, equation 13.
  FORWARD,
  /// From the left: each of the M rows of the identity is pulled through all layers. M·E multiply-adds. Slides, equation 14.
  REVERSE
}
