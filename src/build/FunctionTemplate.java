import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function of a class, e.g. `exp` of `DoubleMath`, written once in the folder `functions`: the statements for one
/// vector, from which [FunctionKernels] writes the loop for any argument and [NearKernels] that for arguments near 0.
///
/// The head is `== DoubleMath.exp(less), 2 vectors, EXP_NEAR`: class of the formula, function, an extra parameter that
/// only the loop for any argument has, vectors a turn, bound of the arguments near 0. Without a bound there is no loop
/// near 0: one loop takes all arguments. If a turn takes two vectors, a loop over whole groups comes before it. Under
/// `== DoubleMath` stand methods that are taken as they are. `both.txt` is written for `double` and translated, see
/// [Precision].
///
/// | written              | becomes                                                                              |
/// |----------------------|--------------------------------------------------------------------------------------|
/// | `x$`                 | the variable of one vector: `x0` and `x1` of two, else `x`                           |
/// | `at$`                | where the vector begins                                                              |
/// | `{E6}`, `[E4]`       | a constant; near 0 the form says how it comes into a register, see [NearKernels]     |
/// | `pick(G8)`           | picked by lane$ and upper$ from that table of eight numbers                          |
/// | `near: …`, `any: …`  | a line of that loop only                                                             |
/// | `«…»`                | a part of the loop for any argument only: replaced ends, the other half of 2^k       |
/// | `+ reduced(x, r, -)` | the lines under the head `== reduced(x, t, ±): …`, with these names and signs        |
///
/// A statement goes on until a line ends with `;` or a brace.
record FunctionTemplate(
    String owner, String name, String argument, int vectors, String bound, List<String> lines,
    Map<String, Fragment> fragments) {

  /// Lines that several functions share.
  record Fragment(List<String> parameters, List<String> lines) {}

  private static final Pattern HEAD = Pattern.compile("== (?:Double|Float)(?<owner>\\w+)"
      + "(?:\\.(?<name>\\w+)(?:\\((?<argument>\\w+)\\))?, (?<vectors>\\d) vectors?(?:, (?<bound>\\w+))?)?");
  private static final Pattern FRAGMENT_HEAD = Pattern.compile("== (?<name>\\w+)(?:\\((?<parameters>.*?)\\))?: .*");
  private static final Pattern CALL = Pattern.compile("\\+ (?<name>\\w+)(?:\\((?<arguments>.*)\\))?");
  private static final Pattern LABEL = Pattern.compile("(?<loop>near|any): (?<line>.*)");
  private static final Pattern NAME = Pattern.compile("\\w+|[±∓]");

  /// Whether the lines are whole methods.
  boolean isMethods() {
    return name == null;
  }

  /// Whether one loop, one vector a turn, takes all elements.
  boolean isOneLoop() {
    return bound == null && vectors == 1;
  }

  boolean keepsSlope() {
    return lines.stream().anyMatch(line -> line.contains("slope"));
  }

  /// The last argument of a call that passes [#argument] the value with which it has no effect.
  String withoutArgument() {
    return argument == null ? "" : ", 0.0";
  }

  /// How often a statement is written: for each vector, or once.
  int turns(String statement) {
    return statement.contains("$") ? vectors : 1;
  }

  List<String> statements(Loop loop) {
    List<String> statements = new ArrayList<>();
    expand(lines, loop, statements);
    return statements;
  }

  private void expand(List<String> lines, Loop loop, List<String> statements) {
    for (String line : lines) {
      Matcher label = LABEL.matcher(line);
      boolean isLabelled = label.matches();
      if (isLabelled && !label.group("loop").equalsIgnoreCase(loop.name())) {
        continue;
      }
      String statement = isLabelled ? label.group("line") : line;
      if (statement.startsWith("+ ")) {
        expand(called(statement), loop, statements);
      } else {
        statements.add(loop == Loop.ANY ? statement.replaceAll("[«»]", "") : statement.replaceAll("«.*?»", ""));
      }
    }
  }

  private List<String> called(String line) {
    Matcher call = CALL.matcher(line);
    Fragment fragment = call.matches() ? fragments.get(call.group("name")) : null;
    List<String> arguments = fragment == null ? List.of() : list(call.group("arguments"));
    if (fragment == null || arguments.size() != fragment.parameters.size()) {
      throw new IllegalStateException(owner + "." + name + ": no head with so many names: " + line);
    }
    Map<String, String> names = new HashMap<>();
    for (int k = 0; k < arguments.size(); k++) {
      names.put(fragment.parameters.get(k), arguments.get(k));
    }
    if (names.containsKey("±")) {
      boolean isMinus = names.get("±").equals("-");
      names.put("±", isMinus ? "-" : "");
      names.put("∓", isMinus ? "" : "-");
    }
    return fragment.lines.stream()
        .map(one -> NAME.matcher(one).replaceAll(found -> names.getOrDefault(found.group(), found.group())))
        .toList();
  }

  private static List<String> list(String names) {
    return names == null ? List.of() : List.of(names.split(", *", -1));
  }

  /// The functions of a precision by the class that has their formulas, named without the precision.
  static Map<String, List<FunctionTemplate>> read(Path folder, Precision precision) throws IOException {
    Map<String, List<FunctionTemplate>> owners = new TreeMap<>();
    Map<String, Fragment> fragments = new HashMap<>();
    read(folder.resolve(precision.type() + ".txt"), false, owners, fragments);
    read(folder.resolve("both.txt"), precision == Precision.FLOAT, owners, fragments);
    return owners;
  }

  /// @param isShort whether the bits of numbers are `int`, not `long` as in the file
  private static void read(
      Path file, boolean isShort, Map<String, List<FunctionTemplate>> owners, Map<String, Fragment> fragments)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      String line = isShort ? inInts(text) : text;
      Matcher head = HEAD.matcher(line);
      Matcher fragmentHead = FRAGMENT_HEAD.matcher(line);
      if (head.matches()) {
        lines = new ArrayList<>();
        String vectors = head.group("vectors");
        owners.computeIfAbsent(head.group("owner"), owner -> new ArrayList<>()).add(new FunctionTemplate(
            head.group("owner"), head.group("name"), head.group("argument"),
            vectors == null ? 1 : Integer.parseInt(vectors), head.group("bound"), lines, fragments));
      } else if (fragmentHead.matches()) {
        lines = new ArrayList<>();
        fragments.put(fragmentHead.group("name"), new Fragment(list(fragmentHead.group("parameters")), lines));
      } else if (line.startsWith("== ")) {
        throw new IllegalStateException(file + ": not a head: " + line);
      } else if (!line.isBlank()) {
        addTo(lines, line.strip());
      }
    }
  }

  private static String inInts(String text) {
    return text.replace("LongVector", "IntVector").replace("Long.", "Integer.")
        .replaceAll("\\blong (?=\\w+(,| =))", "int ");
  }

  private static void addTo(List<String> lines, String line) {
    if (lines.isEmpty() || isWhole(lines.getLast())) {
      lines.add(line);
    } else {
      String begun = lines.removeLast();
      lines.add(begun + (begun.endsWith("(") || line.matches("[.«].*") ? "" : " ") + line);
    }
  }

  private static boolean isWhole(String line) {
    return line.matches("//.*|(near: |any: )?\\+ .*|.*[;{}]");
  }
}
