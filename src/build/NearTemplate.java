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

/// A function of a class, e.g. `exp` of `FloatMath`, as [NearKernels] reads it: vectors a turn, the bound of the
/// arguments near 0, and the statements for each vector.
record NearTemplate(String name, int vectors, String bound, List<String> statements) {

  private static final Pattern HEAD =
      Pattern.compile("== (?:Float|Double)(?<owner>\\w+)\\.(?<name>\\w+), (?<vectors>\\d) vectors?, (?<bound>\\w+)");
  private static final Pattern FRAGMENT_HEAD = Pattern.compile("== (?<name>\\w+): .*");

  boolean keepsSlope() {
    return statements.stream().anyMatch(statement -> statement.contains("slope"));
  }

  /// How often a statement is written.
  int turns(String statement) {
    return statement.contains("$") ? vectors : 1;
  }

  /// The functions of a file by the class that has their formulas, named without its precision.
  static Map<String, List<NearTemplate>> read(Path file) throws IOException {
    Map<String, List<NearTemplate>> owners = new TreeMap<>();
    Map<String, List<String>> fragments = new HashMap<>();
    List<String> statements = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher head = HEAD.matcher(line);
      Matcher fragmentHead = FRAGMENT_HEAD.matcher(line);
      if (head.matches()) {
        statements = new ArrayList<>();
        owners.computeIfAbsent(head.group("owner"), owner -> new ArrayList<>()).add(new NearTemplate(
            head.group("name"), Integer.parseInt(head.group("vectors")), head.group("bound"), statements));
      } else if (fragmentHead.matches()) {
        statements = new ArrayList<>();
        fragments.put(fragmentHead.group("name"), statements);
      } else if (line.startsWith("== ")) {
        throw new IllegalStateException(file + ": not a head: " + line);
      } else if (line.startsWith("+ ")) {
        statements.addAll(fragment(fragments, line, file));
      } else if (line.startsWith("    ")) {
        statements.add(statements.removeLast() + line.substring(4));
      } else if (!line.isBlank()) {
        statements.add(line);
      }
    }
    return owners;
  }

  private static List<String> fragment(Map<String, List<String>> fragments, String line, Path file) {
    List<String> fragment = fragments.get(line.substring(2));
    if (fragment == null) {
      throw new IllegalStateException(file + ": no such head above: " + line);
    }
    return fragment;
  }
}
