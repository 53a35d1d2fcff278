package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.onnx.operator.Operators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The list of ONNX's own tests in the docs, and what the docs say of it.
class ConformanceListTest {

  private static final Pattern LINE = Pattern.compile("([\\w-]+/\\w+),(passed|refused),(?:\"([^\"]*)\")?,(\".+\")?");
  private static final Pattern FIGURES = Pattern.compile("(\\d+) of the ([\\d,]+) cases of ONNX's own tests pass");

  private static List<Matcher> lines() throws IOException {
    return Files.readAllLines(Path.of("docs/onnx-conformance.csv")).stream().skip(1).map(line -> {
      Matcher matcher = LINE.matcher(line);
      assertTrue(matcher.matches(), line);
      return matcher;
    }).toList();
  }

  @Test
  void eachPassedOrWasRefusedForAReason() throws IOException {
    List<String> names = lines().stream().map(line -> line.group(1)).toList();
    assertEquals(List.copyOf(new TreeSet<>(names)), names);
    for (Matcher line : lines()) {
      assertEquals(line.group(2).equals("passed"), line.group(4) == null, line.group());
    }
  }

  @Test
  void whatPassesIsInTheTable() throws IOException {
    Set<String> known = Operators.names();
    for (Matcher line : lines()) {
      if (line.group(2).equals("passed")) {
        List<String> operators = Arrays.asList(line.group(3).split(" "));
        assertTrue(known.containsAll(operators), line.group());
        assertFalse(operators.isEmpty(), line.group());
      }
    }
  }

  @Test
  void theDocsCountThem() throws IOException {
    Matcher figures = FIGURES.matcher(Files.readString(Path.of("docs/onnx.md")));
    assertTrue(figures.find(), FIGURES.toString());
    long passed = lines().stream().filter(line -> line.group(2).equals("passed")).count();
    assertEquals(passed, Long.parseLong(figures.group(1)));
    assertEquals(lines().size(), Integer.parseInt(figures.group(2).replace(",", "")));
    assertTrue(passed >= 450, passed + " pass");
  }
}
