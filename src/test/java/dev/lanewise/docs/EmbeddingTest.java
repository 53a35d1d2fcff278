package dev.lanewise.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.warmup.Kernels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every piece of code in `docs/embedding.md` compiles and runs as it stands there, and every flag is one that there
/// is.
class EmbeddingTest {

  private static final String BEFORE = """
      Sequential net = Sequential.of(new Dense(4, 8, Activation.TANH), new Dense(8, 2));
      Sequential energy = Sequential.of(new Dense(4, 8, Activation.TANH), new Dense(8, 1));
      Parameters theta = Parameters.initialize(net.parameters(), Precision.FLOAT, 42);
      Parameters energyTheta = Parameters.initialize(energy.parameters(), Precision.FLOAT, 42);
      Parameters retrained = Parameters.initialize(net.parameters(), Precision.FLOAT, 43);
      Tensor x = Tensor.row(0.1f, -0.2f, 0.3f, 0.4f);
      Tensor y = Tensor.zeros(Precision.FLOAT, 1, 2);
      Tensor jacobian = Tensor.zeros(Precision.FLOAT, 2, 4);
      Path pytorch = Path.of("src/test/resources/networks/diabetes-mlp.safetensors");
      Path flax = Path.of("src/test/resources/frameworks/flax-cnn.safetensors");
      Sequential mlp = Sequential.of(new Dense(10, 24, Activation.TANH), new Dense(24, 12, Activation.TANH),
          new Dense(12, 1));
      Sequential cnn = Sequential.of(new Conv2d(2, 4, Window.of(3)), new BatchNorm(4),
          new Elementwise(Activation.RELU), new Flatten(), new Dense(24, 5, Activation.TANH), new Dense(5, 3));
      """;

  private static String page;

  @BeforeAll
  static void read() throws Exception {
    page = Files.readString(Path.of("docs/embedding.md"));
  }

  private static String run(int snippet, String last, Path folder) throws Exception {
    List<Snippet> all = Snippet.all(page, "dev.lanewise", "dev.lanewise.autodiff", "dev.lanewise.nn",
        "dev.lanewise.testkit", "dev.lanewise.io", "dev.lanewise.ops", "java.nio.file", "java.time", "thirdparty");
    assertEquals(6, all.size(), "a snippet that no test runs");
    return all.get(snippet).after(BEFORE).run(folder, last);
  }

  @Test
  void theKernelsAreDescribed(@TempDir Path folder) throws Exception {
    assertTrue(run(0, "", folder).contains("kernels: vectors"));
  }

  @Test
  void warmUpIsWaitedFor(@TempDir Path folder) throws Exception {
    assertEquals("true, waiting for []", run(1, "", folder).strip());
  }

  @Test
  void thePoolComputesWithWhatWasPublished(@TempDir Path folder) throws Exception {
    assertEquals("true", run(2, """
        Tensor before = jacobian.copy();
        pool.at(x, y, jacobian);
        Tensor expected = Jacobians.jacobian(net, retrained, x);
        System.out.println(java.util.Arrays.equals(expected.toDoubles(), jacobian.toDoubles())
            && !java.util.Arrays.equals(before.toDoubles(), jacobian.toDoubles()));
        """, folder).strip());
  }

  @Test
  void ordersAreTimedWithinTheBudget(@TempDir Path folder) throws Exception {
    String explained = run(3, "", folder);
    assertTrue(explained.startsWith("Jacobian 2 × 4 by AUTO: ")
        && explained.matches("(?s).*(by the clock|not timed: ).*"), explained);
  }

  @Test
  void whatOthersTrainedIsLoaded(@TempDir Path folder) throws Exception {
    assertEquals("6 and 10 parameters", run(4, "", folder).strip());
  }

  @Test
  void theLayerKeepsItsLaws(@TempDir Path folder) throws Exception {
    assertEquals("checked", run(5, "System.out.println(\"checked\");", folder).strip());
  }

  @Test
  void flagsAndEventsAreThoseThatThereAre() throws Exception {
    assertEquals(Set.of("kernels", "warmup"), matches("-Dlanewise\\.(\\w+)=", page));
    assertEquals(matches("@Name\\(\"dev\\.lanewise\\.(\\w+)\"\\)", events()), matches("`dev\\.lanewise\\.([A-Z]\\w+)`",
        page));
    assertEquals(Set.of("jdk.incubator.vector"), matches("--add-modules[ =]([\\w.]+)", page));
    Set<String> kernels = Arrays.stream(Kernels.values())
        .map(one -> one.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    kernels.remove("switching");     // the default
    assertEquals(kernels, matches("-Dlanewise\\.kernels=(\\w+)", page));
    assertEquals(Set.of("off"), matches("-Dlanewise\\.warmup=(\\w+)", page));
  }

  @Test
  void theFlagIsTheOneOfReadmeAndServices() throws Exception {
    for (String file : List.of("README.md", "examples/services/README.md", "examples/services/spring/pom.xml",
        "examples/services/spring/start.sh")) {
      assertEquals(Set.of("jdk.incubator.vector"), matches("--add-modules[ =]([\\w.]+)",
          Files.readString(Path.of(file))), file);
    }
    String launch = "<optimizedLaunch>false</optimizedLaunch>";
    assertTrue(Files.readString(Path.of("examples/services/spring/pom.xml")).contains(launch) && page.contains(launch));
  }

  @Test
  void picturesAreThere() {
    Set<String> pictures = matches("src(?:set)?=\"([^\"]+)\"", page);
    assertEquals(2, pictures.size(), pictures.toString());
    for (String picture : pictures) {
      assertTrue(Files.exists(Path.of("docs").resolve(picture)), picture);
    }
  }

  @Test
  void linksLeadSomewhere() throws Exception {
    Set<String> links = matches("\\]\\((?!http)([^)]+)\\)", page);
    assertTrue(links.size() >= 2, links.toString());
    for (String link : links) {
      String[] parts = link.split("#");
      Path target = Path.of("docs").resolve(parts[0]);
      assertTrue(Files.exists(target), link);
      assertTrue(parts.length == 1 || headings(Files.readString(target)).contains(parts[1]), link);
    }
  }

  private static Set<String> headings(String text) {
    return matches("(?m)^#+ (.+)$",
        text).stream().map(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String events() throws Exception {
    try (var files = Files.list(Path.of("src/main/java/dev/lanewise/flight"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    }
  }

  private static Set<String> matches(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results()
        .map((MatchResult found) -> found.group(1)).collect(Collectors.toSet());
  }
}
