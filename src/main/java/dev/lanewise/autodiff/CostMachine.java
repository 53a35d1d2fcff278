package dev.lanewise.autodiff;

import dev.lanewise.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// What times depend on: the processor, the vectors in use, the Java release; and where this user's caches lie.
final class CostMachine {

  /// System property: the folder of the cache file.
  static final String CACHE = "lanewise.cache";

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

  /// Whether there are no vectors.
  static boolean isPortable() {
    return Precision.FLOAT.lanes() == 1;
  }

  private static int vectorBits() {
    return Precision.FLOAT.lanes() * Float.SIZE;
  }

  private static String cpu() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines.filter(line -> line.startsWith(CPU_MODEL)).findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip().replaceAll("\\s+", " ")).orElse("unknown CPU");
    } catch (IOException | UncheckedIOException _) {
      return "unknown CPU";
    }
  }

  /// This machine's file: one for each kind of vectors and release of Java, so that they do not take turns in overwriting it.
  static Path file() {
    String vectors = isPortable() ? "portable" : Integer.toString(vectorBits());
    return folder().resolve("cost-model-" + vectors + "-java" + Runtime.version().feature() + ".txt");
  }

  private static Path folder() {
    String set = System.getProperty(CACHE);
    if (set != null && !set.isEmpty()) {
      return Path.of(set);
    }
    Path home = Path.of(System.getProperty("user.home"));
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (os.startsWith("windows")) {
      return folder("LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
    }
    return os.startsWith("mac") ? home.resolve("Library").resolve("Caches").resolve("lanewise")
        : folder("XDG_CACHE_HOME", home.resolve(".cache"));
  }

  private static Path folder(String variable, Path otherwise) {
    String set = System.getenv(variable);
    return (set == null || set.isEmpty() ? otherwise : Path.of(set)).resolve("lanewise");
  }
}
