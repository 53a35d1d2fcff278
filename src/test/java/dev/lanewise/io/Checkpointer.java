package dev.lanewise.io;

import dev.lanewise.Precision;
import dev.lanewise.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A process that writes one checkpoint after the other over the same file, and prints the number of each that is done.
/// It goes on from the one that it finds.
final class Checkpointer {

  /// Larger than the buffer that files are written through, so that a kill can fall between its parts.
  private static final int ELEMENTS = 100_003;

  private Checkpointer() {}

  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    for (int number = Files.exists(path) ? read(path) + 1 : 0; true; number++) {
      Tensor tensor = Tensor.zeros(Precision.FLOAT, ELEMENTS);
      tensor.fill(number);
      Safetensors.of(Map.of("state", tensor), Map.of("number", "" + number)).write(path);
      System.out.println(number);
    }
  }

  /// The number of the checkpoint at `path`.
  ///
  /// @throws IOException if it is not the whole of one
  static int read(Path path) throws IOException {
    Safetensors checkpoint = Safetensors.read(path);
    int number = Integer.parseInt(checkpoint.metadata().get("number"));
    Tensor tensor = checkpoint.get("state");
    if (tensor.size() != ELEMENTS) {
      throw new IOException("state has " + tensor.size() + " elements, expected " + ELEMENTS);
    }
    for (int at = 0; at < tensor.size(); at++) {
      if (tensor.get(at) != number) {
        throw new IOException("checkpoint " + number + " holds " + tensor.get(at) + " at " + at);
      }
    }
    return number;
  }
}
