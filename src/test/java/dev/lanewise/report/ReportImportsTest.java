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

/// The report's rooms import each other along the arrows of `report/README.md`, each of which is used; no class takes part in a cycle.
/// Read off the class files by the JDK's own jdeps, which sees constants as well, though their values are copied.
class ReportImportsTest {

  private static final String ROOT = "dev.lanewise.report";
  private static final Path SOURCES = Path.of("report");
  private static final Pattern EDGE = Pattern.compile("\\s+(dev\\.lanewise\\.\\S+)\\s+->\\s+(dev\\.lanewise\\.\\S+)\\s.*");

  private static final Map<String, Set<String>> ARROWS = Map.of(
      ROOT, rooms("page", "run", "section", "verdict", "result"),
      ROOT + ".run", rooms("result"),
      ROOT + ".page", rooms("section", "verdict", "result", "chart"),
      ROOT + ".section", rooms("verdict", "result", "chart"),
      ROOT + ".verdict", rooms("result"));

  /// Class by class, nested ones counted as their outermost, without the tests in the same packages.
  private static Map<String, Set<String>> imports;

  /// Classes elsewhere that import the report.
  private static Map<String, Set<String>> users;

  private static Set<String> rooms(String... names) {
    return Stream.of(names).map(name -> ROOT + "." + name).collect(Collectors.toSet());
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
          .map(file -> file.substring(0, file.length() - ".java".length()).replaceAll("[/\\\\]", ".")).collect(Collectors.toSet());
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
    imports.forEach((from, targets) -> targets.stream().map(ReportImportsTest::room).filter(to -> !to.equals(room(from)))
        .forEach(to -> arrows.computeIfAbsent(room(from), _ -> new TreeSet<>()).add(to)));
    assertEquals(new TreeMap<>(ARROWS), arrows, () -> "class by class: " + imports);
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

  /// What is left when everything has gone that imports nothing but what has gone: cycles, and what imports them.
  private static Map<String, Set<String>> cycles(Map<String, Set<String>> edges) {
    Map<String, Set<String>> left = new TreeMap<>(edges);
    while (left.values().removeIf(targets -> targets.stream().noneMatch(left::containsKey))) {
      // Another round: what has just gone may have been the last that someone imported.
    }
    return left;
  }

  /// No benchmark among them: a benchmark is known by its name, and knows nothing of who runs it.
  @Test
  void outsideTheReportOnlyAnExampleDrawsAPicture() {
    assertEquals(Map.of("dev.lanewise.examples.LossCurves", Set.of(ROOT + ".chart.EpochLines")), users);
  }
}
