import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes the loops of functions made of eˣ for arguments near 0. There no result or intermediate value is ∞, or
/// subnormal where that could be seen: 2^k is one normal number, and no value has to be replaced at the ends.
///
/// Each class of formulas has one such class, `FloatNearMath` for `FloatMath`, written from the templates in `near`.
/// The loops for arguments of any size, in `FloatVectorMath` and its like, give the same bits. They take the remainder
/// and each turn with an argument beyond the bound. The sum of squares is the cheapest test for that; a NaN fails it,
/// so it cannot hide a large argument beside it.
///
/// The number of instructions decides the speed: a core shared by two threads takes in 3 a cycle of each. A template's
/// head is `== FloatMath.exp, 2 vectors, EXP_NEAR`: class of the formula, function, vectors a turn, bound. In it
///
/// | written       | becomes                                                                                         |
/// |---------------|-------------------------------------------------------------------------------------------------|
/// | `{E6}`        | a vector of that number; with few registers read from an array by the instruction that needs it |
/// | `[E4]`        | a vector of that number in a register: the addend of a product, which the sum overwrites        |
/// | `pick(G8)`    | picked by lane$ and upper$ from that table of eight numbers, as in `LookupKernels`              |
/// | `x$`          | `x0` and `x1`, statement by statement                                                           |
/// | `+ logistic`  | the statements under that head                                                                  |
/// | four spaces   | the line continues the one above                                                                |
///
/// A turn takes two vectors: an instruction that waits for its operands occupies the processor's queues, which the ends
/// of a few chains fill if one vector follows the other. It takes one where C2 would box the vectors of two, or where
/// ten tables occupy the registers.
///
/// Constants are read from an array: once registers run out, C2 loads a literal by an extra instruction for each use,
/// 37 instructions a vector for sigmoid instead of 34. C2 folds a load only if it has one use, so each use by each
/// vector has its own copy.
final class NearKernels extends FunctionLoops {

  private static final String NOTICE =
      Output.GENERATED + "NearKernels.java: edit the templates in src/build/near, not this one.";

  private static final Pattern FOLDED = Pattern.compile("\\{([^}]+)}");
  private static final Pattern BROADCAST = Pattern.compile("\\[([-\\w.]+)]");
  private static final Pattern LOOKUP = Pattern.compile("\\bpick\\((\\w+)\\)");

  /// The name of the class that has the formulas, without its precision.
  private final String owner;
  private final List<NearTemplate> templates;
  /// The number of constants used so far.
  private int used;

  static void generate(Path folder, Output output) throws IOException {
    for (Precision precision : Precision.values()) {
      Map<String, List<NearTemplate>> owners = NearTemplate.read(folder.resolve(precision.type() + ".txt"));
      for (Map.Entry<String, List<NearTemplate>> owner : owners.entrySet()) {
        NearKernels kernels = new NearKernels(owner.getKey(), owner.getValue());
        kernels.write();
        kernels.closeIn(precision, output);
      }
    }
  }

  private NearKernels(String owner, List<NearTemplate> templates) {
    super(NOTICE, Rooms.MATH, "DoubleNear" + owner, imports(owner));
    this.owner = owner;
    this.templates = templates;
  }

  /// The constants of eˣ, those of the class and, for erf, those of G.
  private static List<String> imports(String owner) {
    return List.of(
        "static " + Rooms.LANES + ".DoubleLanes.*",
        "static " + Rooms.MATH + ".Double" + owner + ".*",
        "static " + Rooms.MATH + ".Double" + owner.replace("Erf", "Normal") + ".*",
        "static " + Rooms.MATH + ".DoubleMath.*",
        "static jdk.incubator.vector.VectorOperators.*",
        Rooms.LANES + ".DoubleLanes",
        Rooms.MATH + ".Double" + owner,
        "jdk.incubator.vector.*");
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
    for (NearTemplate template : templates) {
      for (String statement : template.statements()) {
        for (int v = 0; v < template.turns(statement); v++) {
          FOLDED.matcher(statement).results().forEach(constant -> constants.add(constant.group(1)));
        }
      }
    }
    return constants;
  }

  private void method(NearTemplate template) {
    int vectors = template.vectors();
    add("""

        static int %1$s(int n, double[] z, int zo, double[] y, int yo%2$s) {
          int whole = n & -%3$d * LENGTH;
          for (int i = 0; i < whole; i += %3$d * LENGTH) {
        """, template.name(), template.keepsSlope() ? ", double[] slope, int so" : "", vectors);
    for (int v = 0; v < vectors; v++) {
      addFor(v, "DoubleVector x$ = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at$));");
    }
    add("""
        if (!%1$s.compare(LE, %2$s * %2$s).allTrue()) {
          DoubleVector%3$s.%4$sOfAny(i, i + %5$d * LENGTH, i + %6$s, z, zo, y, yo%7$s);
          continue;
        }
        """, vectors == 2 ? "x1.fma(x1, x0.mul(x0))" : "x0.mul(x0)", template.bound(), owner, template.name(),
        vectors, vectors == 2 ? "LENGTH" : "0", template.keepsSlope() ? ", slope, so" : "");
    tables(template);
    for (String statement : template.statements()) {
      for (int v = 0; v < template.turns(statement); v++) {
        addFor(v, spelledOut(statement));
      }
    }
    add("}");
    add("return whole;");
    add("}");
  }

  private void tables(NearTemplate template) {
    LOOKUP.matcher(String.join("\n", template.statements())).results()
        .map(lookup -> lookup.group(1))
        .distinct()
        .forEach(table -> table(name(table) + "Table", name(table) + "Upper", table));
  }

  private static String name(String table) {
    return table.toLowerCase(Locale.ROOT);
  }

  private void addFor(int vector, String statement) {
    addFor(Integer.toString(vector), vector == 0 ? "i" : "i + LENGTH", statement);
  }

  private String spelledOut(String statement) {
    String written = FOLDED.matcher(statement).replaceAll(constant -> Matcher.quoteReplacement("""
        TYPE.cast(FOLDED ? DoubleVector.fromArray(SPECIES, CONSTANTS, %d * LENGTH) \
        : DoubleVector.broadcast(SPECIES, %s))\
        """.formatted(used++, constant.group(1))));
    written = BROADCAST.matcher(written).replaceAll("TYPE.cast(DoubleVector.broadcast(SPECIES, $1))");
    return LOOKUP.matcher(written).replaceAll(lookup -> {
      String name = name(lookup.group(1));
      return Matcher.quoteReplacement(pick(name + "Table", name + "Upper"));
    });
  }
}
