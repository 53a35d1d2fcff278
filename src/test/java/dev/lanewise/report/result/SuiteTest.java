package dev.lanewise.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What the report knows of the benchmarks.
class SuiteTest {

  /// A class, and behind its generated twin the method: lengths stand before texts.
  private static final Pattern LISTED =
      Pattern.compile("^JMH S \\d+ dev\\.lanewise\\.(\\S+) S \\d+ \\S+ S \\d+ (\\w+) ", Pattern.MULTILINE);

  /// Has a table and a command of its own: `mvn -Pfootprint verify`.
  private static final Set<String> APART = Set.of("onnx.InferenceBenchmark.round");

  @Test
  void everyBenchmarkIsKnown() throws IOException {
    try (InputStream in = SuiteTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      Set<String> listed = LISTED.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8)).results()
          .map((MatchResult each) -> each.group(1) + "." + each.group(2)).collect(Collectors.toSet());
      assertTrue(listed.size() > 10, listed.toString());
      assertEquals(APART, listed.stream().filter(each -> Suite.of(each).isEmpty()).collect(Collectors.toSet()));
    }
  }

  private static Optional<String> roundless(double... torch) {
    return Suite.NETWORK_PEERS.roundless(new Measurement(Suite.NETWORK_PEERS.benchmark, Map.of(),
        new double[][] {{1, 1}},
        Map.of("lanewise", new double[][] {{5, 5}}, "torch", new double[][] {torch})));
  }

  @Test
  void whoIsNotThereIsNotMissedAndWhoHadNoRoundIs() {
    assertEquals(Optional.empty(), roundless(-1, -1));
    assertEquals(Optional.empty(), roundless(7, 8));
    assertEquals(Optional.of("torch"), roundless(0, 0));
    assertEquals(Optional.of("torch"), roundless(-1, 0));
  }
}
