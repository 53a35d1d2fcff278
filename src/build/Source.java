import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The source of one class, put together from pieces of text and indented by the braces that are open before each.
class Source {

  private final String notice;
  private final String packageName;
  private final String className;
  private final List<String> imports;
  private final StringBuilder body = new StringBuilder();
  private int depth;

  /// @param imports as after `import`, in order; those that the class does not name are left out
  Source(String notice, String packageName, String className, List<String> imports) {
    this.notice = notice;
    this.packageName = packageName;
    this.className = className;
    this.imports = imports;
  }

  /// Adds lines. The first is indented to the depth of the braces that are open before it, and the others are shifted
  /// with it. Without arguments the lines are not formatted.
  final void add(String lines, Object... arguments) {
    String text = arguments.length == 0 ? lines : lines.formatted(arguments);
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElseThrow();
    int shift = 2 * (first.strip().startsWith("}") ? depth - 1 : depth) - indentOf(first);
    for (String line : text.lines().toList()) {
      body.append(line.isBlank() ? "" : " ".repeat(indentOf(line) + shift) + line.strip()).append('\n');
      depth += count(line, '{') - count(line, '}');
    }
  }

  final void addBlank() {
    body.append('\n');
  }

  private static int indentOf(String line) {
    return line.length() - line.stripLeading().length();
  }

  private static int count(String line, char brace) {
    return (int) line.chars().filter(c -> c == brace).count();
  }

  /// From here on lines are indented as if that many braces were open.
  final void indent(int depth) {
    this.depth = depth;
  }

  /// Opens the class, with the species of its vectors.
  final void openFor(Registers registers) {
    add("""
        final class %1$s {

          private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_%2$d;
          private static final Class<? extends DoubleVector> TYPE = SPECIES.vectorType().asSubclass(DoubleVector.class);

          private %1$s() {}
        """, className, registers.bits());
  }

  /// Closes the class and gives it to the output.
  final void closeIn(Precision precision, Output output) {
    add("}");
    if (depth != 0) {
      throw new IllegalStateException(className + ": " + depth + " braces are open at its end");
    }
    String text = precision.of(body.toString());
    List<String> needed = imports.stream().map(precision::of).filter(name -> isNeeded(name, text)).distinct().toList();
    String head = notice + "\npackage " + packageName + ";\n\n";
    output.put(packageName, precision.of(className), head + imports(needed, true) + imports(needed, false) + text);
  }

  private boolean isNeeded(String name, String text) {
    String simpleName = name.substring(name.lastIndexOf('.') + 1);
    return !name.equals(packageName + "." + simpleName)
        && (simpleName.equals("*") || Pattern.compile("\\b" + simpleName + "\\b").matcher(text).find());
  }

  private static String imports(List<String> names, boolean ofMembers) {
    String lines = names.stream()
        .filter(name -> name.startsWith("static ") == ofMembers)
        .map(name -> "import " + name + ";\n")
        .collect(Collectors.joining());
    return lines.isEmpty() ? "" : lines + "\n";
  }

  /// The place that is so many elements after another.
  static String plus(String place, int elements) {
    return elements == 0 ? place : place + " + " + elements;
  }

  /// The place that is so many strides after another.
  static String plus(String place, int times, String stride) {
    return times == 0 ? place : place + " + " + times + " * " + stride;
  }

  static String cast(String vector) {
    return "TYPE.cast(" + vector + ")";
  }

  static String load(String array, String place) {
    return "DoubleVector.fromArray(SPECIES, " + array + ", " + place + ")";
  }

  /// The names of parameters, as arguments of a call.
  static String arguments(String parameters) {
    return parameters.replaceAll("(boolean|int(\\[\\])?|(double|float)\\[\\]) ", "");
  }
}
