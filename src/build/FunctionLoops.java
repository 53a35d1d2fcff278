import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A class of loops over arrays that apply the statements of a [FunctionTemplate] to one vector, or to several side by
/// side.
abstract class FunctionLoops extends Source {

  private static final Pattern LOOKUP = Pattern.compile("\\bpick\\((\\w+)\\)");
  private static final String KEPT = ", double[] slope, int so";

  static final String ARGUMENT = "DoubleVector x$ = TYPE.cast(DoubleVector.fromArray(SPECIES, z, zo + at$));";

  /// The class that has the formulas, without its precision.
  final String owner;
  private final Precision precision;

  FunctionLoops(String notice, String prefix, String owner, Precision precision) {
    super(notice, room(owner), "Double" + prefix + owner, imports(owner));
    this.owner = owner;
    this.precision = precision;
  }

  private static String room(String owner) {
    return owner.equals("Power") || owner.equals("Trigonometry") ? Rooms.ELEMENTARY : Rooms.MATH;
  }

  /// Imports for the constants of eˣ, those of the class and, for erf, those of G.
  private static List<String> imports(String owner) {
    return List.of(
        "static " + Rooms.LANES + ".DoubleLanes.*",
        "static " + room(owner) + ".Double" + owner + ".*",
        "static " + room(owner) + ".Double" + owner.replace("Erf", "Normal") + ".*",
        "static " + Rooms.MATH + ".DoubleMath.*",
        "static jdk.incubator.vector.VectorOperators.*",
        Rooms.LANES + ".DoubleLanes",
        Rooms.LANES + ".DoubleTail",
        room(owner) + ".Double" + owner,
        "jdk.incubator.vector.*");
  }

  /// The parameters of a loop after its range.
  static String parameters(FunctionTemplate template) {
    return "double[] z, int zo, double[] y, int yo" + (template.keepsSlope() ? KEPT : "");
  }

  final void close(Output output) {
    closeIn(precision, output);
  }

  /// A statement for one vector: the names of its variables end with `$`, and it begins at `at$`.
  final void addFor(String vector, String at, String statement) {
    String picked = LOOKUP.matcher(statement).replaceAll(lookup -> Matcher.quoteReplacement(pick(lookup.group(1))));
    add(picked.replace("at$", at).replace("$", vector));
  }

  /// A statement for one vector of a group.
  final void addFor(int vector, String statement) {
    addFor(Integer.toString(vector), vector == 0 ? "i" : "i + LENGTH", statement);
  }

  /// The tables that the statements pick from: eight numbers in a register, or four in each of two. Their loads are
  /// written inside the loop, and C2 hoists them. Before a loop that has never been entered, C2 would keep the vectors
  /// as objects, allocated on each call.
  final void tables(List<String> statements) {
    String bits = precision == Precision.DOUBLE ? "Long" : "Int";
    LOOKUP.matcher(String.join("\n", statements)).results().map(lookup -> lookup.group(1)).distinct().forEach(table -> {
      for (String half : List.of("", "Upper")) {
        add("%1$sVector %2$s = %1$sVector.fromArray(%3$sS, Double%4$s.%5$s, %6$s);", bits, register(table) + half,
            bits.toUpperCase(Locale.ROOT), owner, table, half.isEmpty() ? "0" : "UPPER");
      }
    });
  }

  private static String register(String table) {
    return table.toLowerCase(Locale.ROOT) + "Table";
  }

  /// A lookup, spelled out: a method that returns a vector boxes it where C2 does not inline the method.
  private static String pick(String table) {
    return """
        TYPE.cast((IN_ONE ? lane$.selectFrom(%1$s) \
        : lane$.selectFrom(%1$s).blend(lane$.selectFrom(%1$sUpper), upper$)).viewAsFloatingLanes())\
        """.formatted(register(table));
  }
}
