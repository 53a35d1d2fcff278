import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Source written for `double` becomes source for `float` by substitution of words:
///
/// | in the source        | becomes             |
/// |----------------------|---------------------|
/// | `double`, `doubles`  | `float`, `floats`   |
/// | `Double…` in a name  | `Float…`            |
/// | `DOUBLE` in a name   | `FLOAT`             |
/// | `1.5`, `1e-3`        | `1.5f`, `1e-3f`     |
///
/// Text in comments is substituted like names, but numbers there stay as they are. A line that ends with
/// `// both precisions` stays as it is, in double in both.
enum Precision {
  DOUBLE(Double.SIZE), FLOAT(Float.SIZE);

  private static final String BOTH = "// both precisions";
  private static final Pattern LITERAL =
      Pattern.compile("(?<![\\w.])(\\d+\\.\\d*([eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)(?![\\w.])");

  /// Bits of a number.
  final int size;

  Precision(int size) {
    this.size = size;
  }

  /// The primitive type.
  String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// A source, or a name, that is written for `double`, in this precision.
  String of(String source) {
    if (this == DOUBLE) {
      return source;
    }
    StringBuilder twin = new StringBuilder();
    for (String line : source.lines().toList()) {
      twin.append(twin.isEmpty() ? "" : "\n").append(line(line));
    }
    return twin.append(source.endsWith("\n") ? "\n" : "").toString();
  }

  private static String line(String line) {
    if (line.endsWith(BOTH)) {
      return line;
    }
    int comment = line.indexOf("//");
    String code = comment < 0 ? line : line.substring(0, comment);
    String remark = comment < 0 ? "" : line.substring(comment);
    Matcher literals = LITERAL.matcher(code);
    return words(literals.replaceAll("$1f")) + words(remark);
  }

  private static String words(String text) {
    return text.replaceAll("\\bdouble(s?)\\b", "float$1").replace("Double", "Float").replace("DOUBLE", "FLOAT");
  }
}
