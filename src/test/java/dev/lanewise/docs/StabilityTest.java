package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a user may build on: said by each exported package, listed in CONTRIBUTING.md, and compared with the last
/// release by the profile release. All three agree.
class StabilityTest {

  private static final Pattern LINE = Pattern.compile(
      "^/// Stability: (stable from \\d+\\.\\d+|incubating, may change in any minor version)\\.$", Pattern.MULTILINE);
  private static final Pattern ROW =
      Pattern.compile("^\\| `(dev\\.lanewise[\\w.]*)` \\| (stable from \\d+\\.\\d+|incubating) \\|", Pattern.MULTILINE);
  private static final Pattern LEFT_OUT = Pattern.compile("<exclude>(dev\\.lanewise[\\w.]*)</exclude>");

  @Test
  void contributingListsWhatThePackagesSay() throws Exception {
    SortedMap<String, String> listed = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(Path.of("CONTRIBUTING.md")));
    while (rows.find()) {
      listed.put(rows.group(1), rows.group(2));
    }
    assertEquals(said(), listed);
  }

  @Test
  void releasesAreComparedInWhatIsStable() throws Exception {
    Set<String> left = new TreeSet<>();
    PublicApi.exportsAndOthers().get(false).stream().map(StabilityTest::outermostThatIsNotExported).forEach(left::add);
    said().forEach((name, stability) -> {
      if (stability.equals("incubating")) {
        left.add(name);
      }
    });
    assertEquals(left,
        new TreeSet<>(LEFT_OUT.matcher(Files.readString(Path.of("pom.xml"))).results()
            .map(match -> match.group(1)).toList()));
  }

  /// A package that is left out of the comparison takes its rooms along.
  private static String outermostThatIsNotExported(String name) {
    return Stream.of("dev.lanewise.kernel", "dev.lanewise.graph.primitive", "dev.lanewise.onnx.operator")
        .filter(name::startsWith).findFirst().orElse(name);
  }

  private static SortedMap<String, String> said() throws Exception {
    SortedMap<String, String> said = new TreeMap<>();
    for (String name : PublicApi.packages()) {
      List<String> lines = LINE.matcher(Files.readString(PublicApi.folder(name).resolve("package-info.java"))).results()
          .map(match -> match.group(1)).toList();
      assertTrue(lines.size() == 1, name + " says its stability " + lines.size() + " times");
      said.put(name, lines.getFirst().replaceAll(",.*", ""));
    }
    return said;
  }
}
