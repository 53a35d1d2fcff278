import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes classes whose loops over vectors end with a vector of which only some lanes are stored. The templates in
/// `loops` are such classes in Java, with each loop's statements once, under one of these heads:
///
/// | head                             | the last vector                                                        |
/// |----------------------------------|------------------------------------------------------------------------|
/// | `for (int i : vectors(n))`       | ends with the n numbers, which are at least a vector                   |
/// | `for (int i : vectors(n, last))` | begins no later than at `last`, as `DoubleTail.last` has it            |
///
/// The statements cannot be a method instead: it would take and return vectors, which C2 boxes where it does not inline
/// the method.
final class TailedLoops {

  private static final String NOTICE =
      Output.GENERATED + "TailedLoops.java from loops/%s: edit that file, not this one.\n";
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern LOOP = Pattern.compile(
      "^( *)for \\(int i : vectors\\(n(, last)?\\)\\) \\{\n((?:\\1  .*\n)+)\\1}\n", Pattern.MULTILINE);

  private TailedLoops() {}

  static void generate(Path folder, Output output) throws IOException {
    if (Files.isDirectory(folder)) {
      for (Path file : templates(folder)) {
        generateFrom(file, output);
      }
    }
  }

  private static List<Path> templates(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void generateFrom(Path file, Output output) throws IOException {
    String fileName = file.getFileName().toString();
    String text = NOTICE.formatted(fileName) + spelledOut(Files.readString(file));
    Matcher packageName = PACKAGE.matcher(text);
    if (!packageName.find()) {
      throw new IllegalStateException(file + ": no package");
    }
    for (Precision precision : Precision.values()) {
      String className = precision.of(fileName.replace(".java", ""));
      output.put(packageName.group(1), className, precision.of(text));
    }
  }

  /// The template with each loop as it is compiled.
  static String spelledOut(String template) {
    String java = LOOP.matcher(template).replaceAll(loop -> Matcher.quoteReplacement(spelledOut(loop)));
    if (java.contains(": vectors(")) {
      throw new IllegalStateException("not a loop that is known: " + java.substring(java.indexOf(": vectors(")));
    }
    return java;
  }

  private static String spelledOut(MatchResult loop) {
    String statements = loop.group(3);
    String masked = statements.replaceAll("\\bi\\b", "at").replaceAll("(\\.intoArray\\([^;]*)\\);", "$1, tail);");
    String loops = """
        int body = SPECIES.loopBound(n);
        for (int i = 0; i < body; i += LENGTH) {
        %s}
        if (body < n) {
          int at = %s;
          VectorMask<Double> tail = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, body, n));
        %s}
        """;
    String last = loop.group(2) == null ? "n - LENGTH" : "Math.min(body, last)";
    String indent = loop.group(1);
    return loops.formatted(statements.indent(-indent.length()), last, masked.indent(-indent.length()))
        .indent(indent.length());
  }
}
