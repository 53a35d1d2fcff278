package dev.lanewise.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.onnx.ConformanceCase.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// ONNX's own backend tests, of a folder that has them: what passes, what is refused and why goes to a list.
@Tag("conformance")
class ConformanceTest {

  private static final String FOLDER = "lanewise.onnx.conformance";
  private static final Path LIST = Path.of("docs/onnx-conformance.csv");

  @Test
  void noneOfThemFails() throws IOException {
    Path folder = Path.of(System.getProperty(FOLDER, ""));
    assertTrue(System.getProperty(FOLDER) != null && Files.isDirectory(folder), "-D" + FOLDER + "=… is "
        + System.getProperty(FOLDER) + ", expected the folder of ONNX's backend tests: node, simple, …");
    List<String> lines = new ArrayList<>(List.of("case,outcome,operators,reason"));
    List<String> failed = new ArrayList<>();
    for (Path each : cases(folder)) {
      ConformanceCase test = new ConformanceCase(each);
      Outcome outcome = test.run();
      lines.add(String.join(",", test.name(), outcome.verdict(), quoted(String.join(" ", test.operators())),
          quoted(outcome.reason())));
      if (outcome.verdict().equals("failed")) {
        failed.add(lines.getLast());
      }
    }
    Files.write(LIST, lines);
    assertEquals(List.of(), failed);
  }

  private static List<Path> cases(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, 3)) {
      return files.filter(file -> file.endsWith("model.onnx") || file.endsWith("data.json")).map(Path::getParent)
          .distinct().sorted().toList();
    }
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : '"' + text.replace("\"", "\"\"").replaceAll("\\s+", " ") + '"';
  }
}
