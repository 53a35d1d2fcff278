import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Derives the plain Java of recurrent cells, `DoublePortableLstm` and `DoublePortableGru`, from their loops on the
/// Vector API: the same methods, statement by statement, for the units of each row from a given one on.
///
/// | on vectors                                      | in plain Java                        |
/// |-------------------------------------------------|--------------------------------------|
/// | `TYPE.cast(DoubleVector.fromArray(…, x, i))`    | `x[i]`                               |
/// | `a.intoArray(x, i)`                             | `x[i] = a`                           |
/// | `a.fma(b, c)`                                   | `MultiplyAdd.fast(a, b, c)`          |
/// | `a.neg().fma(a, one)`                           | `MultiplyAdd.oneLessSquare(a)`       |
/// | `a.neg().add(1.0)`                              | `1 - a`                              |
/// | other methods                                   | operators                            |
final class PlainGates {

  private static final String NOTICE =
      Output.GENERATED + "PlainGates.java from %s.java: edit that file, not this one.";
  private static final Path ROOM = Path.of("dev/lanewise/kernel/recurrent");
  private static final String HEAD = """
      /// [Double%1$s] in plain Java, for the units of each row from a given one on.
      final class DoublePortable%1$s {

        private DoublePortable%1$s() {}
      """;
  private static final Pattern METHODS = Pattern.compile("\\(\\) \\{}\n(.*)}", Pattern.DOTALL);
  private static final Pattern DECLARED = Pattern.compile("DoubleVector (\\w+) = ([^;]+);");
  private static final Pattern STORED = Pattern.compile("([^;{}]+)\\.intoArray\\((\\w+), ([^;]+)\\);");
  private static final Pattern LOADED =
      Pattern.compile("TYPE\\.cast\\(DoubleVector\\.fromArray\\(SPECIES, (\\w+), ([^)]+)\\)\\)");

  private PlainGates() {}

  static void generate(Path sources, Output output) throws IOException {
    for (String cell : List.of("Gru", "Lstm")) {
      Path file = sources.resolve(ROOM).resolve("DoubleVector" + cell + ".java");
      if (Files.exists(file)) {
        for (Precision precision : Precision.values()) {
          source(cell, Files.readString(file)).closeIn(precision, output);
        }
      }
    }
  }

  private static Source source(String cell, String vectors) {
    Source source = new Source(NOTICE.formatted("DoubleVector" + cell), Rooms.KERNEL + ".recurrent",
        "DoublePortable" + cell, List.of(Rooms.LANES + ".MultiplyAdd"));
    source.add(HEAD, cell);
    Matcher methods = METHODS.matcher(vectors);
    if (!methods.find()) {
      throw new IllegalStateException("DoubleVector" + cell + ": no methods");
    }
    source.add(plain(methods.group(1)));
    return source;
  }

  private static String plain(String methods) {
    String plain = statements(heads(inOneLine(methods)));
    if (plain.contains("SPECIES")) {
      throw new IllegalStateException("not known in plain Java: " + plain);
    }
    return plain;
  }

  private static String inOneLine(String statements) {
    return statements.replaceAll("\n {10,}(?=[.+])", " ");
  }

  /// Replaces the heads of methods and loops by those of plain Java, and removes the constants.
  private static String heads(String methods) {
    return methods
        .replaceAll("(static void \\w+\\(\\s*int rows,( int period,)?)", "$1 int from,")
        .replace("int u = 0; u < body; u += LENGTH", "int u = from; u < n; u++")
        .replaceAll(" *(int body|DoubleVector one) = .*\n", "")
        .replaceAll("\\b(one|1\\.0)\\b", "1");
  }

  private static String statements(String vectors) {
    String numbers = LOADED.matcher(vectors).replaceAll("$1[$2]");
    numbers = DECLARED.matcher(numbers).replaceAll(found -> declared(found.group(1), Expression.of(found.group(2))));
    return STORED.matcher(numbers).replaceAll(found ->
        "\n        " + stored(found.group(2), found.group(3), Expression.of(found.group(1).strip())));
  }

  private static String declared(String name, Expression value) {
    return "double " + name + " = " + value.text + ";";
  }

  private static String stored(String array, String place, Expression value) {
    return array + "[" + place + "] = " + value.text + ";";
  }

  /// An expression in plain Java.
  ///
  /// @param operator the one that is applied last: `+`, `-`, `*`, `n` for a negation, or a blank
  private record Expression(String text, char operator) {

    /// From an expression of vectors: a value, then methods that are called on it one after another.
    static Expression of(String vectors) {
      int at = end(vectors, 0, ".");
      Expression value = new Expression(vectors.substring(0, at), ' ');
      while (at < vectors.length()) {
        int open = vectors.indexOf('(', at);
        int close = end(vectors, open + 1, ")");
        value = value.applied(vectors.substring(at + 1, open), vectors.substring(open + 1, close));
        at = close + 1;
      }
      return value;
    }

    /// The position of the first of these characters outside parentheses, or the end of the text.
    private static int end(String text, int from, String characters) {
      int depth = 0;
      for (int at = from; at < text.length(); at++) {
        char c = text.charAt(at);
        if (depth == 0 && characters.indexOf(c) >= 0) {
          return at;
        }
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
      return text.length();
    }

    private Expression applied(String method, String arguments) {
      if (method.equals("neg")) {
        return new Expression("-" + atom(), 'n');
      }
      int comma = end(arguments, 0, ",");
      Expression a = of(arguments.substring(0, comma));
      return switch (method) {
        case "mul" -> new Expression(factor() + " * " + a.atom(), '*');
        case "add" -> operator == 'n' && a.text.equals("1")
            ? new Expression("1 " + text.replaceFirst("-", "- "), '-')
            : new Expression(text + " + " + a.factor(), '+');
        case "sub" -> new Expression(text + " - " + a.factor(), '-');
        case "fma" -> fused(a, of(arguments.substring(comma + 2)));
        default -> throw new IllegalStateException("not known in plain Java: " + method);
      };
    }

    private Expression fused(Expression a, Expression b) {
      boolean isSquare = text.equals("-" + a.text) && b.text.equals("1");
      return new Expression(isSquare
          ? "MultiplyAdd.oneLessSquare(" + a.text + ")"
          : "MultiplyAdd.fast(" + text + ", " + a.text + ", " + b.text + ")", ' ');
    }

    private String factor() {
      return operator == ' ' || operator == '*' ? text : "(" + text + ")";
    }

    private String atom() {
      return operator == ' ' ? text : "(" + text + ")";
    }
  }
}
