package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What times depend on: the processor, the vectors in use, the Java release.
final class CostMachine {

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String CPU_MODEL = "model name";

  private CostMachine() {}

  /// One line, such as `amd64, Linux, AMD EPYC, vectors of 512 bit, Java 25`.
  static String key() {
    return String.join(", ", System.getProperty("os.arch"), System.getProperty("os.name"), cpu(), vectors(),
        "Java " + Runtime.version().feature());
  }

  private static String vectors() {
    return isPortable() ? "portable kernels" : "vectors of " + vectorBits() + " bit";
  }

  private static boolean isPortable() {
    return Precision.FLOAT.lanes() == 1;
  }

  private static int vectorBits() {
    return Precision.FLOAT.lanes() * Float.SIZE;
  }

  /// A word for the kernels in use: the bits of a vector, or `portable`.
  static String kernels() {
    return isPortable() ? "portable" : Integer.toString(vectorBits());
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines.filter(line -> line.startsWith(CPU_MODEL)).findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip().replaceAll("\\s+", " ")).orElse("unknown CPU");
    } catch (IOException | UncheckedIOException _) {
      return "unknown CPU";
    }
  }
}
