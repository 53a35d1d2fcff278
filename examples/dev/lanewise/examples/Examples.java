package dev.lanewise.examples;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// All examples, one after the other.
public final class Examples {

  private Examples() {}

  public static void main(String[] arguments) throws IOException {
    Iris.main(arguments);
    Diabetes.main(arguments);
    Digits.main(arguments);
    DigitImages.main(arguments);
    Adding.main(arguments);
    ResidualDigits.main(arguments);
    OnnxSaliency.main(arguments);
    Oscillator.main(arguments);
    Pendulum.main(arguments);
    System.out.println("pictures  on " + Page.write(folder(arguments)));
  }

  /// The folder for what an example writes: its argument, if it has one.
  static Path folder(String... arguments) {
    return Path.of(arguments.length == 0 ? "target/examples" : arguments[0]);
  }

  /// Opens a file beside the examples.
  static InputStream open(String name) throws IOException {
    InputStream in = Examples.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + ": no such file beside the examples");
    }
    return in;
  }
}
