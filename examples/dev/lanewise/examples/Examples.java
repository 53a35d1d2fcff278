package dev.lanewise.examples;

import java.io.IOException;

/// All examples, one after the other.
public final class Examples {

  private Examples() {}

  /// Runs them; the argument is the folder for what they write.
  public static void main(String[] arguments) throws IOException {
    Iris.main(arguments);
    Diabetes.main(arguments);
    Digits.main(arguments);
    DigitImages.main(arguments);
    Adding.main(arguments);
  }
}
