import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes the classes that choose between a `Double*` class on tensors and its `Float*` twin, call by call. There is
/// one for each `Double*` class in the package of `Tensor` and in those of further operations.
///
/// `TensorKernels` has each static method of `DoubleTensorKernels` that is not private, with the same parameters. The
/// precision of the first tensor among them decides which of the two is called. A method without a tensor takes the
/// precision as an extra first parameter.
///
/// All methods are static, so that C2 compiles the choice to a branch, never to a call that it cannot resolve.
final class ByPrecision {

  private static final String CONTRACT = "dev.lanewise";
  private static final List<String> PACKAGES = List.of(CONTRACT, CONTRACT + ".ops", CONTRACT + ".ops.expression");
  private static final String NOTICE =
      Output.GENERATED + "ByPrecision.java from %s.java: edit that file, not this one.\n";

  /// The comment, type, name and parameters of a method that is not private.
  private static final Pattern METHOD =
      Pattern.compile("((?:  ///.*\\n)*)  static (\\w+) (\\w+)\\(([^)]*)\\) \\{");
  private static final Pattern IMPORT = Pattern.compile("import (dev\\.lanewise\\.[\\w.]+);");

  private ByPrecision() {}

  static void generate(Path sources, Output output) throws IOException {
    for (String packageName : PACKAGES) {
      Path folder = sources.resolve(packageName.replace('.', '/'));
      if (Files.isDirectory(folder)) {
        generate(packageName, folder, output);
      }
    }
  }

  private static void generate(String packageName, Path folder, Output output) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("Double\\w+\\.java")) {
          generate(packageName, name.replace(".java", ""), Files.readString(file), output);
        }
      }
    }
  }

  private static void generate(String packageName, String template, String text, Output output) {
    String choice = template.replace("Double", "");
    List<String> imports = Stream.concat(Stream.of(CONTRACT + ".Precision"),
        IMPORT.matcher(text).results().map(found -> found.group(1))).toList();
    Source source = new Source(NOTICE.formatted(template), packageName, choice, imports);
    source.add("""
        /// [%2$s] or `%3$s`: the precision of the tensors decides which of the two computes.
        final class %1$s {

          private %1$s() {}
        """, choice, template, Precision.FLOAT.of(template));
    for (Matcher method = METHOD.matcher(text); method.find(); ) {
      addChoice(template, method, source);
    }
    source.closeIn(Precision.DOUBLE, output);
  }

  private static List<String> parameters(String list) {
    return Stream.of(list.replaceAll("//.*", "").split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  private static void addChoice(String template, Matcher method, Source source) {
    String type = method.group(2);
    String name = method.group(3);
    List<String> parameters = parameters(method.group(4));
    String tensor = parameters.stream()
        .filter(one -> one.startsWith("Tensor ")).findFirst().map(ByPrecision::name).orElse("");
    Stream<String> told = tensor.isEmpty() ? Stream.of("Precision precision") : Stream.empty();
    String call = (type.equals("void") ? "" : "return ") + "%s." + name
        + parameters.stream().map(ByPrecision::name).collect(Collectors.joining(", ", "(", ");"));
    source.add("\n" + method.group(1) + "  static " + type + " " + name
        + Stream.concat(told, parameters.stream()).collect(Collectors.joining(", ", "(", ") {")));
    source.add("if (%s == Precision.FLOAT) {", tensor.isEmpty() ? "precision" : tensor + ".precision()");
    source.add(call, Precision.FLOAT.of(template));
    source.add("} else {");
    source.add(call, template);
    source.add("}");
    source.add("}");
  }

  private static String name(String parameter) {
    return parameter.substring(parameter.lastIndexOf(' ') + 1);
  }
}
