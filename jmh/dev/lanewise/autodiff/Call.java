package dev.lanewise.autodiff;

/// A part of what a Jacobian takes that is timed by itself; of pushes and pulls, all that one Jacobian takes.
enum Call {
  /// The layers' values, with what their derivatives need.
  VALUE,
  FIRST_PUSH,
  /// Through all hidden layers, one after the other.
  HIDDEN_PUSH,
  LAST_PUSH,
  FIRST_PULL,
  HIDDEN_PULL,
  LAST_PULL,
  /// What no layer does: checks at the entrance, seeds, writing of the Jacobian.
  FORWARD_REST,
  REVERSE_REST,
  /// Value and Jacobian as a whole, which the parts' sum is to predict.
  FORWARD,
  REVERSE
}
