package dev.lanewise.autodiff.cost;

import dev.lanewise.Precision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

  /// This machine's file: one for each kind of vectors and release of Java, so that they do not take turns in
  /// overwriting it. Empty where the user has no folder for caches.
  static Optional<Path> file() {
    return folder(System::getProperty, System::getenv)
        .map(folder -> folder.resolve("cost-model-" + kernels() + "-java" + Runtime.version().feature() + ".txt"));
  }

  /// What the user has set is taken as it is. Everything else must be absolute: a user without a home has `?` or
  /// nothing for one, and a relative path would be a folder in whatever folder the program runs in.
  static Optional<Path> folder(UnaryOperator<String> property, UnaryOperator<String> variable) {
    Optional<Path> set = path(property.apply(CACHE));
    if (set.isPresent()) {
      return set;
    }
    Optional<Path> home = path(property.apply("user.home")).filter(Path::isAbsolute);
    String os = String.valueOf(property.apply("os.name")).toLowerCase(Locale.ROOT);
    Optional<Path> caches;
    if (os.startsWith("windows")) {
      caches = path(variable.apply("LOCALAPPDATA")).filter(Path::isAbsolute)
          .or(() -> home.map(folder -> folder.resolve("AppData").resolve("Local")));
    } else if (os.startsWith("mac")) {
      caches = home.map(folder -> folder.resolve("Library").resolve("Caches"));
    } else {
      caches = path(variable.apply("XDG_CACHE_HOME")).filter(Path::isAbsolute)
          .or(() -> home.map(folder -> folder.resolve(".cache")));
    }
    return caches.map(folder -> folder.resolve("lanewise"));
  }

  /// Empty for nothing, and for what is no path on this system.
  private static Optional<Path> path(String text) {
    try {
      return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
  }
}
