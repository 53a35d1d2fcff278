import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the loops of functions made of eˣ for arguments near 0. For these no result or intermediate value is ∞, or
/// subnormal where that could be seen: 2^k is one normal number, and no value has to be replaced at the ends.
///
/// Each class of formulas has one such class, `FloatNearMath` for `FloatMath`. The loops for arguments of any size, see
/// [FunctionKernels], give the same bits. They take the remainder and each turn with an argument beyond the bound. The
/// sum of squares is the cheapest test for such an argument. A NaN fails the test, so it cannot hide a large argument
/// beside it.
///
/// The number of instructions decides the speed: a core shared by two threads takes in 3 instructions of each in a
/// cycle. In a template
///
/// | written | becomes                                                                                         |
/// |---------|-------------------------------------------------------------------------------------------------|
/// | `{E6}`  | a vector of that number; with few registers read from an array by the instruction that needs it |
/// | `[E4]`  | a vector of that number in a register: the addend of a product, which the sum overwrites        |
///
/// A turn takes two vectors. An instruction that waits for its operands occupies the processor's queues; if one vector
/// follows the other, the ends of a few chains fill these. A turn takes one vector where C2 would box the vectors of
/// two, or where ten tables occupy the registers.
///
/// Constants are read from an array: once registers run out, C2 loads a literal by an extra instruction for each use,
/// 37 instructions a vector for sigmoid instead of 34. C2 folds a load only if it has one use, so each use by each
/// vector has its own copy.
final class NearKernels extends FunctionLoops {

  private static final String NOTICE =
      Output.GENERATED + "NearKernels.java: edit the templates in src/build/functions, not this one.";

  private static final Pattern FOLDED = Pattern.compile("\\{([^}]+)}");
  private static final Pattern BROADCAST = Pattern.compile("\\[([-\\w.]+)]");

  private final List<FunctionTemplate> templates;
  /// The number of constants used so far.
  private int used;

  /// Writes the class for those functions of an owner that have such a loop, if there are any.
  static void generate(String owner, List<FunctionTemplate> templates, Precision precision, Output output) {
    List<FunctionTemplate> near = templates.stream().filter(template -> template.bound() != null).toList();
    if (!near.isEmpty()) {
      NearKernels kernels = new NearKernels(owner, near, precision);
      kernels.write();
      kernels.close(output);
    }
  }

  private NearKernels(String owner, List<FunctionTemplate> templates, Precision precision) {
    super(NOTICE, "Near", owner, precision);
    this.templates = templates;
  }

  private void write() {
    add("""
        /// [Double%1$s] over whole vectors. Each method returns how many elements it has done.
        final class DoubleNear%1$s {

          /// Each in all lanes of a vector, see [DoubleLanes#FOLDED].
          private static final double[] CONSTANTS = inAllLanes(
              %2$s);

          private DoubleNear%1$s() {}
        """, owner, String.join(", ", constants()).replaceAll("(.{80,100}?,) ", "$1\n      "));
    templates.forEach(this::method);
  }

  /// The constants that `{…}` stands for, in the order of use: each use by each vector has its own.
  private List<String> constants() {
    List<String> constants = new ArrayList<>();
    for (FunctionTemplate template : templates) {
      for (String statement : template.statements(Loop.NEAR)) {
        for (int v = 0; v < template.turns(statement); v++) {
          FOLDED.matcher(statement).results().forEach(constant -> constants.add(constant.group(1)));
        }
      }
    }
    return constants;
  }

  private void method(FunctionTemplate template) {
    int vectors = template.vectors();
    add("""

        static int %1$s(int n, %2$s) {
          int whole = n & -%3$d * LENGTH;
          for (int i = 0; i < whole; i += %3$d * LENGTH) {
        """, template.name(), parameters(template), vectors);
    for (int v = 0; v < vectors; v++) {
      addFor(v, ARGUMENT);
    }
    otherwise(template);
    List<String> statements = template.statements(Loop.NEAR);
    tables(statements);
    for (String statement : statements) {
      for (int v = 0; v < template.turns(statement); v++) {
        addFor(v, spelledOut(statement));
      }
    }
    add("}");
    add("return whole;");
    add("}");
  }

  /// Leaves a turn with an argument beyond the bound to the loop for any argument.
  private void otherwise(FunctionTemplate template) {
    int vectors = template.vectors();
    String squares = vectors == 2 ? "x1.fma(x1, x0.mul(x0))" : "x0.mul(x0)";
    String last = vectors == 2 ? "i + LENGTH" : "i";
    add("if (!%s.compare(LE, %s * %s).allTrue()) {", squares, template.bound(), template.bound());
    add("DoubleVector%s.%sOfAny(i, i + %d * LENGTH, %s, %s%s);", owner, template.name(), vectors, last,
        arguments(parameters(template)), template.withoutArgument());
    add("continue;");
    add("}");
  }

  private String spelledOut(String statement) {
    String written = FOLDED.matcher(statement).replaceAll(constant -> Matcher.quoteReplacement("""
        TYPE.cast(FOLDED ? DoubleVector.fromArray(SPECIES, CONSTANTS, %d * LENGTH) \
        : DoubleVector.broadcast(SPECIES, %s))\
        """.formatted(used++, constant.group(1))));
    return BROADCAST.matcher(written).replaceAll("TYPE.cast(DoubleVector.broadcast(SPECIES, $1))");
  }
}
