import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the functions over arrays, `DoubleVectorMath` for `DoubleMath`, from the templates in `functions`.
///
/// Each function is one loop that spells everything out, because a vector that crosses a call which C2 does not inline
/// is boxed. C2 does not inline a method of ours in two cases: its caller has already taken in 8,000 bytecodes, some 17
/// operations of the Vector API (`DesiredMethodLimit`), or the method has been compiled on its own into more than 2,500
/// bytes (`InlineSmallCode`).
///
/// [NearKernels] writes the loops for whole vectors of arguments near 0. Methods named `…OfAny` take all other vectors
/// and the remainder. Their mask is full except in the last turn. The lanes that it switches off are computed like the
/// others.
final class FunctionKernels extends FunctionLoops {

  private static final String NOTICE =
      Output.GENERATED + "FunctionKernels.java: edit the templates in src/build/functions, not this one.";

  private static final Pattern CONSTANT = Pattern.compile("(?<![\\w)])[{\\[]([-\\w. /]+)[}\\]]([.;])?");
  private static final String SUM = ".fma(";

  static void generate(Path folder, Output output) throws IOException {
    for (Precision precision : Precision.values()) {
      Map<String, List<FunctionTemplate>> owners = FunctionTemplate.read(folder, precision);
      for (Map.Entry<String, List<FunctionTemplate>> owner : owners.entrySet()) {
        FunctionKernels kernels = new FunctionKernels(owner.getKey(), precision);
        kernels.write(owner.getValue());
        kernels.close(output);
        NearKernels.generate(owner.getKey(), owner.getValue(), precision, output);
      }
    }
  }

  private FunctionKernels(String owner, Precision precision) {
    super(NOTICE, "Vector", owner, precision);
  }

  private void write(List<FunctionTemplate> templates) {
    add("""
        /// [Double%1$s] over arrays: on every lane the same steps in the same order, so the same bits, whatever the
        /// width. Formulas, accuracy and the source of the coefficients stand there.
        public final class DoubleVector%1$s {

          private DoubleVector%1$s() {}
        """, owner);
    for (FunctionTemplate template : templates) {
      if (template.isMethods()) {
        addBlank();
        template.statements(Loop.ANY).forEach(line -> addFor("", "at", plain(line)));
      } else if (template.isOneLoop()) {
        add("\n/// y = %s(z).", template.name());
        add("public static void %s(int n, int last, %s) {", template.name(), parameters(template));
        ofAny(template, "0");
      } else {
        whole(template);
        boolean takesMore = template.argument() != null;
        add("\n%sstatic void %sOfAny(int from, int n, int last, %s%s) {", takesMore ? "public " : "", template.name(),
            parameters(template), takesMore ? ", double " + template.argument() : "");
        ofAny(template, "from");
        if (template.bound() == null) {
          ofGroups(template);
        }
      }
    }
  }

  /// The method that calls the loop over whole groups of vectors, then the loop over the rest.
  private void whole(FunctionTemplate template) {
    String name = template.name();
    String parameters = parameters(template);
    String arguments = arguments(parameters);
    add("\n/// y = %s(z)%s.", name,
        template.keepsSlope() ? ", and slope = " + name + "′(z) where `slope` is not null" : "");
    add("public static void %s(int n, int last, %s) {", name, parameters);
    String groups = template.bound() == null ? name + "OfGroups" : "DoubleNear" + owner + "." + name;
    add("%sOfAny(%s(n, %s), n, last, %s%s);", name, groups, arguments, arguments, template.withoutArgument());
    add("}");
  }

  private void ofAny(FunctionTemplate template, String from) {
    add("for (int i = %s; i < n; i += LENGTH) {", from);
    add("""
        int at = Math.min(i, last);
        VectorMask<Double> lanes = VectorMask.fromLong(SPECIES, DoubleTail.lanes(at, i, n));
        """);
    List<String> statements = template.statements(Loop.ANY);
    tables(statements);
    addFor("", "at", ARGUMENT);
    for (String statement : statements) {
      addFor("", "at", plain(statement).replaceAll("(intoArray\\(.*at\\$)\\)", "$1, lanes)"));
    }
    add("}");
    add("}");
  }

  private void ofGroups(FunctionTemplate template) {
    add("""

        private static int %1$sOfGroups(int n, %2$s) {
          int whole = n & -%3$d * LENGTH;
          for (int i = 0; i < whole; i += %3$d * LENGTH) {
        """, template.name(), parameters(template), template.vectors());
    List<String> statements = template.statements(Loop.ANY);
    tables(statements);
    for (int v = 0; v < template.vectors(); v++) {
      addFor(v, ARGUMENT);
    }
    for (String statement : statements) {
      for (int v = 0; v < template.turns(statement); v++) {
        addFor(v, plain(statement));
      }
    }
    add("}");
    add("return whole;");
    add("}");
  }

  /// A statement whose constants are numbers where the operation takes a number, and vectors elsewhere.
  private static String plain(String statement) {
    if (statement.startsWith("//")) {
      return statement;
    }
    return CONSTANT.matcher(withMixedSums(statement)).replaceAll(constant -> Matcher.quoteReplacement(
        constant.group(2) == null ? constant.group(1)
            : "TYPE.cast(DoubleVector.broadcast(SPECIES, " + constant.group(1) + "))" + constant.group(2)));
  }

  /// A statement in which `lanewise` replaces `fma` where the arguments are a vector and a number: `fma` takes two
  /// vectors or two numbers.
  private static String withMixedSums(String statement) {
    StringBuilder mixed = new StringBuilder(statement);
    for (int at = mixed.indexOf(SUM); at >= 0; at = mixed.indexOf(SUM, at + 1)) {
      int begin = at + SUM.length();
      int comma = end(mixed, begin);
      if (isConstant(mixed.substring(begin, comma)) != isConstant(mixed.substring(comma + 2, end(mixed, comma + 1)))) {
        mixed.replace(at, begin, ".lanewise(FMA, ");
      }
    }
    return mixed.toString();
  }

  private static boolean isConstant(String argument) {
    return CONSTANT.matcher(argument).matches();
  }

  /// Where an argument ends: before a comma or the closing parenthesis.
  private static int end(CharSequence text, int begin) {
    int depth = 0;
    int at = begin;
    for (; depth > 0 || ",)".indexOf(text.charAt(at)) < 0; at++) {
      depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
    }
    return at;
  }
}
