package dev.lanewise.autodiff;

/// A part of a Jacobian's computation that is timed by itself; for pushes and pulls, all those of one Jacobian.
enum Call {
  /// The layers' values, with the residuals for derivatives.
  VALUE,
  FIRST_PUSH,
  /// Through all hidden layers, one after the other.
  HIDDEN_PUSH,
  LAST_PUSH,
  FIRST_PULL,
  HIDDEN_PULL,
  LAST_PULL,
  /// The work outside the layers: checks of arguments, seeds, writing of the Jacobian.
  FORWARD_REST,
  REVERSE_REST,
  /// Value and Jacobian as a whole, which the sum of the parts should predict.
  FORWARD,
  REVERSE
}
