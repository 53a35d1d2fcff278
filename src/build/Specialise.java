import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Derives the `Float*` classes from the hand-written `Double*` ones, as [Precision] says.
///
/// Every `Double*.java` has a twin in the same package, unless that is written by hand too or by another generator.
final class Specialise {

  private static final String NOTICE =
      Output.DERIVED + "%s by src/build/Specialise.java: edit that file, not this one.\n";

  private Specialise() {}

  static void generate(Path sources, Output output) throws IOException {
    for (Path template : templates(sources)) {
      String packageName = sources.relativize(template.getParent()).toString().replace(File.separatorChar, '.');
      String twin = twinName(template).replace(".java", "");
      if (!output.has(packageName, twin)) {
        String source = Precision.FLOAT.of(Files.readString(template));
        output.put(packageName, twin, NOTICE.formatted(template.getFileName()) + source);
      }
    }
  }

  private static List<Path> templates(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.getFileName().toString().matches("Double\\w*\\.java"))
          .filter(file -> Files.notExists(file.resolveSibling(twinName(file))))
          .toList();
    }
  }

  private static String twinName(Path template) {
    return template.getFileName().toString().replace("Double", "Float");
  }
}
