package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The report's rooms import each other along the arrows of `report/README.md`, each of which is used; no class takes
/// part in a cycle. Read off the class files by the JDK's own jdeps, which sees constants as well, though their values
/// are copied.
class ReportImportsTest {

  private static final String ROOT = "dev.lanewise.report";
  private static final Path SOURCES = Path.of("report");
  private static final Pattern EDGE =
      Pattern.compile("\\s+(dev\\.lanewise\\.\\S+)\\s+->\\s+(dev\\.lanewise\\.\\S+)\\s.*");

  private static final Map<String, Set<String>> ARROWS = Map.of(
      ROOT, with(rooms("page", "run", "section", "verdict", "result"), "dev.lanewise.file"),
      ROOT + ".run", rooms("result"),
      ROOT + ".page", rooms("section", "section.claim", "content", "verdict", "result", "chart"),
      ROOT + ".section", rooms("section.claim", "content", "verdict", "result", "chart"),
      ROOT + ".section.claim", rooms("content", "verdict", "result", "chart"),
      ROOT + ".content", rooms("chart"),
      ROOT + ".verdict", rooms("result"));

  /// Class by class, nested ones counted as their outermost, without the tests in the same packages.
  private static Map<String, Set<String>> imports;

  /// Classes elsewhere that import the report.
  private static Map<String, Set<String>> users;

  private static Set<String> rooms(String... names) {
    return Stream.of(names).map(name -> ROOT + "." + name).collect(Collectors.toSet());
  }

  private static Set<String> with(Set<String> rooms, String other) {
    return Stream.concat(rooms.stream(), Stream.of(other)).collect(Collectors.toSet());
  }

  @BeforeAll
  static void read() throws IOException {
    Set<String> ours = classes(SOURCES);
    Set<String> tests = classes(Path.of("src/test/java"));
    imports = new TreeMap<>();
    users = new TreeMap<>();
    jdeps().lines().map(EDGE::matcher).filter(Matcher::matches).forEach(edge -> {
      String from = outermost(edge.group(1));
      String to = outermost(edge.group(2));
      if (ours.contains(from) && !from.equals(to)) {
        imports.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
      } else if (!ours.contains(from) && !tests.contains(from) && ours.contains(to)) {
        users.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
      }
    });
  }

  private static Set<String> classes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.map(file -> root.relativize(file).toString()).filter(file -> file.endsWith(".java"))
          .map(file -> file.replaceFirst("\\.java$", "").replaceAll("[/\\\\]", ".")).collect(Collectors.toSet());
    }
  }

  private static String jdeps() {
    StringWriter out = new StringWriter();
    Path classes = Path.of(ReportImportsTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    int exit = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out), new PrintWriter(out),
        "--multi-release", "base", "-verbose:class", "-filter:none", "--ignore-missing-deps", classes.toString());
    assertEquals(0, exit, out.toString());
    return out.toString();
  }

  private static String outermost(String type) {
    return type.replaceFirst("\\$.*", "");
  }

  private static String room(String type) {
    return type.substring(0, type.lastIndexOf('.'));
  }

  @Test
  void roomsImportEachOtherAlongTheArrowsAndEachArrowIsUsed() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    Set<String> strays = new TreeSet<>();
    imports.forEach((from, targets) -> targets.stream().filter(to -> !room(to).equals(room(from))).forEach(to -> {
      arrows.computeIfAbsent(room(from), _ -> new TreeSet<>()).add(room(to));
      if (!ARROWS.getOrDefault(room(from), Set.of()).contains(room(to))) {
        strays.add(from + " imports " + to);
      }
    }));
    assertEquals(Set.of(), strays);
    assertEquals(new TreeMap<>(ARROWS), arrows, "an arrow that nobody uses");
  }

  @Test
  void noCycleGoesThroughRooms() {
    assertEquals(Map.of(), cycles(ARROWS));
  }

  @Test
  void noCycleGoesThroughClasses() {
    assertTrue(imports.size() > 30, imports.toString());
    assertEquals(Map.of(), cycles(imports));
  }

  /// What is left when all has gone that imports only what has gone, or that only what has gone imports: cycles, and
  /// what lies between them.
  private static Map<String, Set<String>> cycles(Map<String, Set<String>> edges) {
    Map<String, Set<String>> left = new TreeMap<>(edges);
    boolean gone = true;
    while (gone) {
      Set<String> imported = left.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
      gone = left.values().removeIf(targets -> targets.stream().noneMatch(left::containsKey))
          | left.keySet().removeIf(each -> !imported.contains(each));
    }
    left.replaceAll((_, targets) -> targets.stream().filter(left::containsKey).collect(Collectors.toSet()));
    return left;
  }

  /// No benchmark among them: a benchmark is known by its name, and knows nothing of who runs it.
  @Test
  void outsideTheReportAnExampleAndTheFirstSecondsAreDrawn() {
    assertEquals(Map.of(
        "dev.lanewise.examples.LossCurves", Set.of(ROOT + ".chart.EpochLines", ROOT + ".chart.Chart"),
        "dev.lanewise.startup.WarmUpCurve",
        Set.of(ROOT + ".chart.Curves", ROOT + ".chart.Chart", ROOT + ".chart.Picture")), users);
  }
}
