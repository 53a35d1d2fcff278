import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Derives the `Float*` kernels from the hand-written `Double*` ones, by substitution of words.
///
/// Run by Maven at `generate-sources`: `java Specialise.java SOURCES TARGET`. Each `kernel/Double*.java` under `SOURCES`
/// that has no `Float*` twin of its own, hand-written beside it or put into `TARGET` by another generator, is copied to `TARGET` with
///
/// | in the source        | becomes             |
/// |----------------------|---------------------|
/// | `double`             | `float`             |
/// | `Double…` in a name  | `Float…`            |
/// | `DOUBLE` in a name   | `FLOAT`             |
/// | `1.5`, `1e-3`        | `1.5f`, `1e-3f`     |
///
/// Text in comments is substituted like names, but numbers there stay as they are. A file is written only when its content
/// changed, so that an incremental build does not recompile it; a twin whose template is gone is deleted.
final class Specialise {

  private static final Pattern LITERAL = Pattern.compile("(?<![\\w.])(\\d+\\.\\d*([eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)(?![\\w.])");
  private static final String DERIVED = "// Derived from";
  private static final String NOTICE = DERIVED + " %s by src/build/Specialise.java: edit that file, not this one.%n";

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("usage: java Specialise.java SOURCES TARGET");
    }
    Path sources = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]);
    Set<Path> twins = new HashSet<>();
    for (Path template : templates(sources)) {
      Path twin = target.resolve(sources.relativize(template)).resolveSibling(twinName(template));
      if (Files.exists(twin) && !Files.readString(twin).startsWith(DERIVED)) {
        continue;
      }
      write(twin, NOTICE.formatted(template.getFileName()) + specialise(Files.readString(template)));
      twins.add(twin);
    }
    deleteOrphans(target, twins);
  }

  /// Deletes the twins of earlier builds whose templates are gone.
  private static void deleteOrphans(Path target, Set<Path> twins) throws IOException {
    try (Stream<Path> files = Files.walk(target)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!twins.contains(file) && Files.readString(file).startsWith(DERIVED)) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Path> templates(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.getFileName().toString().matches("Double\\w*\\.java"))
          .filter(file -> file.getParent().endsWith("kernel"))
          .filter(file -> Files.notExists(file.resolveSibling(twinName(file))))
          .sorted()
          .toList();
    }
  }

  private static String twinName(Path template) {
    return template.getFileName().toString().replace("Double", "Float");
  }

  private static String specialise(String source) {
    StringBuilder twin = new StringBuilder();
    for (String line : source.lines().toList()) {
      int comment = line.indexOf("//");
      String code = comment < 0 ? line : line.substring(0, comment);
      String remark = comment < 0 ? "" : line.substring(comment);
      Matcher literals = LITERAL.matcher(code);
      twin.append(words(literals.replaceAll("$1f"))).append(words(remark)).append(System.lineSeparator());
    }
    return twin.toString();
  }

  private static String words(String text) {
    return text.replaceAll("\\bdouble\\b", "float").replace("Double", "Float").replace("DOUBLE", "FLOAT");
  }

  private static void write(Path file, String content) throws IOException {
    if (Files.exists(file) && Files.readString(file).equals(content)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
