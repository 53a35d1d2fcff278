package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Sources fit a reader's screen: lines of at most 120 columns, files of at most 300 lines.
class SourcesTest {

  private static final int MOST_COLUMNS = 120;
  private static final int MOST_LINES = 300;
  private static final List<String> ROOTS = List.of("src", "jmh", "report", "examples");

  @Test
  void linesAndFilesAreShort() throws IOException {
    int files = 0;
    List<String> tooLong = new ArrayList<>();
    for (String root : ROOTS) {
      for (Path file : sources(Path.of(root))) {
        files++;
        tooLong.addAll(tooLong(file, Files.readAllLines(file)));
      }
    }
    assertTrue(files > 1000, files + " sources");
    assertEquals(List.of(), tooLong);
  }

  @Test
  void longLinesAndFilesAreFound() {
    Path file = Path.of("Sample.java");
    String full = "x".repeat(MOST_COLUMNS);
    // A dot above its letter takes no column.
    assertEquals(List.of(), tooLong(file, List.of(full, "x\u0307".repeat(MOST_COLUMNS))));
    assertEquals(List.of("Sample.java:2: 121 columns"), tooLong(file, List.of(full, full + "x")));
    assertEquals(List.of(), tooLong(file, List.of("x".repeat(MOST_LINES).split(""))));
    assertEquals(List.of("Sample.java: 301 lines"), tooLong(file, List.of("x".repeat(MOST_LINES + 1).split(""))));
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java") && !file.toString().contains("target")).toList();
    }
  }

  private static List<String> tooLong(Path file, List<String> lines) {
    List<String> found = new ArrayList<>();
    if (lines.size() > MOST_LINES) {
      found.add(file + ": " + lines.size() + " lines");
    }
    for (int i = 0; i < lines.size(); i++) {
      long columns = columns(lines.get(i));
      if (columns > MOST_COLUMNS) {
        found.add(file + ":" + (i + 1) + ": " + columns + " columns");
      }
    }
    return found;
  }

  /// Characters less those that are drawn above others.
  private static long columns(String line) {
    return line.codePoints().filter(c -> Character.getType(c) != Character.NON_SPACING_MARK).count();
  }
}
