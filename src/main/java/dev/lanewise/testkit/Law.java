package dev.lanewise.testkit;

import java.util.Objects;

/// A property that a layer must have, and a way to find out.
///
/// @param name short and fixed, such as `adjoint`: what tests and issues refer to
/// @param statement what must hold, in a sentence
/// @param body the trial: throws an [AssertionError] if the law is broken
public record Law(String name, String statement, Runnable body) {

  /// Refuses nulls.
  public Law {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(statement, "statement");
    Objects.requireNonNull(body, "body");
  }

  /// Puts the layer to this law.
  ///
  /// @throws AssertionError if it is broken; the message names the law, the layer, the shapes and both sides
  public void check() {
    body.run();
  }

  /// Name and statement.
  @Override
  public String toString() {
    return name + ": " + statement;
  }
}
