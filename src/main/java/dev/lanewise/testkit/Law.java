package dev.lanewise.testkit;

import dev.lanewise.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A property that a layer must have, and how to check it.
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

  /// A law on `layer`. What the layer throws where it should not breaks the law as well.
  static Law on(Layer layer, String name, String statement, Runnable trial) {
    return new Law(name, statement, () -> {
      try {
        trial.run();
      } catch (AssertionError broken) {
        throw new AssertionError(name + ": " + layer + ": " + broken.getMessage() + " (" + statement + ")", broken);
      } catch (RuntimeException thrown) {
        throw new AssertionError(name + ": " + layer + ": threw " + thrown + " (" + statement + ")", thrown);
      }
    });
  }

  /// Whether the layer has what `call` uses. Other failures are for the laws to report.
  static boolean isSupported(Runnable call) {
    try {
      call.run();
      return true;
    } catch (UnsupportedOperationException absent) {
      return false;
    } catch (RuntimeException wrong) {
      return true;
    }
  }

  /// Puts `layer` to all of `laws`; the error has every one that is broken.
  static void checkAll(Layer layer, List<Law> laws) {
    List<AssertionError> broken = new ArrayList<>();
    for (Law law : laws) {
      try {
        law.check();
      } catch (AssertionError error) {
        broken.add(error);
      }
    }
    if (!broken.isEmpty()) {
      StringBuilder message = new StringBuilder(layer + ": " + broken.size() + " of " + laws.size()
          + " laws are broken");
      broken.forEach(error -> message.append(System.lineSeparator()).append("  ").append(error.getMessage()));
      AssertionError all = new AssertionError(message.toString());
      broken.forEach(all::addSuppressed);
      throw all;
    }
  }

  /// Name and statement.
  @Override
  public String toString() {
    return name + ": " + statement;
  }
}
