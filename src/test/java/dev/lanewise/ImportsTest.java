package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/// Imports are a star on a stem: {nn, autodiff, train, testkit} → dev.lanewise → kernel, and the points of the star do not
/// import each other; model stands on them. A point's rooms are entered by it, and by who stands on it. Who reads or
/// writes files may use file.
/// Read off the class files by the JDK's own jdeps.
class ImportsTest {

  private static final Pattern EDGE = Pattern.compile("\\s+(dev\\.lanewise\\S*)\\s+->\\s+(\\S+)\\s+.*");
  private static final String STEM = "dev.lanewise";
  private static final String KERNEL = "dev.lanewise.kernel";
  private static final String FILE = "dev.lanewise.file";

  private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
      Map.entry(KERNEL, Set.of()),
      Map.entry(FILE, Set.of()),
      Map.entry(STEM, Set.of(KERNEL)),
      Map.entry("dev.lanewise.nn", Set.of(STEM)),
      Map.entry("dev.lanewise.autodiff.chain", Set.of(STEM)),
      Map.entry("dev.lanewise.autodiff.cost", Set.of(STEM, FILE)),
      Map.entry("dev.lanewise.autodiff", Set.of(STEM, "dev.lanewise.autodiff.chain", "dev.lanewise.autodiff.cost")),
      Map.entry("dev.lanewise.train.data", Set.of(STEM)),
      Map.entry("dev.lanewise.train.loss", Set.of(STEM)),
      Map.entry("dev.lanewise.train.optimizer", Set.of(STEM)),
      Map.entry("dev.lanewise.train",
          Set.of(STEM, "dev.lanewise.train.data", "dev.lanewise.train.loss", "dev.lanewise.train.optimizer")),
      Map.entry("dev.lanewise.train.validation", Set.of(STEM, "dev.lanewise.train", "dev.lanewise.train.data")),
      Map.entry("dev.lanewise.testkit", Set.of(STEM)),
      Map.entry("dev.lanewise.io", Set.of(STEM, FILE)),
      Map.entry("dev.lanewise.model", Set.of(STEM, FILE, "dev.lanewise.nn", "dev.lanewise.io", "dev.lanewise.train",
          "dev.lanewise.train.data", "dev.lanewise.train.loss", "dev.lanewise.train.optimizer",
          "dev.lanewise.train.validation")));

  @Test
  void packagesImportAlongTheStarOnly() {
    Map<String, Set<String>> imports = imports();
    assertTrue(imports.keySet().containsAll(Set.of(KERNEL, STEM, "dev.lanewise.nn", "dev.lanewise.autodiff")), imports.toString());
    imports.forEach((from, targets) -> targets.forEach(to -> {
      if (to.startsWith(STEM)) {
        assertTrue(ALLOWED.getOrDefault(from, Set.of()).contains(to), from + " imports " + to);
      } else if (to.startsWith("jdk.incubator")) {
        assertEquals(KERNEL, from, "who imports " + to);
      } else {
        assertTrue(to.startsWith("java."), from + " imports " + to + ", which is not the JDK's");
      }
    }));
  }

  private static Map<String, Set<String>> imports() {
    StringWriter out = new StringWriter();
    Path classes = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    int exit = ToolProvider.findFirst("jdeps").orElseThrow()
        .run(new PrintWriter(out), new PrintWriter(out), "--multi-release", "base", "-verbose:package", "--ignore-missing-deps",
            "--add-modules", "jdk.incubator.vector", classes.toString());
    assertEquals(0, exit, out.toString());
    Map<String, Set<String>> imports = new TreeMap<>();
    out.toString().lines().forEach(line -> {
      Matcher edge = EDGE.matcher(line);
      if (edge.matches() && !edge.group(1).equals(edge.group(2))) {
        imports.computeIfAbsent(edge.group(1), _ -> new TreeSet<>()).add(edge.group(2));
      }
    });
    return imports;
  }
}
