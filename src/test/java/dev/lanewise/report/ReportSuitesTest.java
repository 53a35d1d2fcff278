package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Suite;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Pages of each suite that the report knows.
class ReportSuitesTest {

  @TempDir
  Path folder;

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private String run(int exit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = Report.run(new PrintStream(out, true, StandardCharsets.UTF_8),
        "--from", folder.resolve("recorded.json").toString(), "--output", folder.resolve("report").toString());
    assertEquals(exit, code, out.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private String page(String results) throws IOException {
    Files.writeString(folder.resolve("recorded.json"), results);
    run(0);
    return Files.readString(folder.resolve("report").resolve("index.html"));
  }

  static JsonNode everySuite() throws IOException {
    try (InputStream in = ReportSuitesTest.class.getResourceAsStream("every-suite.json")) {
      return JsonMapper.builder().build().readTree(in);
    }
  }

  /// A file of one suite only, as JMH writes it where one benchmark was run by itself.
  @Test
  void eachSuiteAloneGivesAPage() throws IOException {
    for (JsonNode entry : everySuite()) {
      String page = page("[" + entry + "]");
      assertTrue(page.contains("<h2>"), entry.get("benchmark").asString());
      assertFalse(page.contains(">NaN<"), entry.get("benchmark").asString());
    }
  }

  @Test
  void allSuitesTogetherGiveOnePage() throws IOException {
    String page = page(everySuite().toString());
    for (String section : List.of("where", "fit", "own", "predicted", "layered", "networks", "gemm", "roofline",
        "jacobians", "graph", "bottleneck", "memory", "convolutions", "recurrence", "attention",
        "layer-peers", "accuracy", "activations")) {
      assertTrue(page.contains("<section id=\"" + section + "\""), section);
    }
  }

  /// What an older or a younger suite wrote.
  @Test
  void aSuiteWithoutItsCountersIsRefused() throws IOException {
    for (JsonNode entry : everySuite()) {
      Suite suite = Suite.of(entry.get("benchmark").asString().substring("dev.lanewise.".length())).orElseThrow();
      ((ObjectNode) entry).set("secondaryMetrics", JsonMapper.builder().build().createObjectNode());
      Path recorded = Files.writeString(folder.resolve("recorded.json"), "[" + entry + "]");
      if (suite != Suite.ACTIVATIONS && suite != Suite.ACCURACY) {
        String message = run(2);
        assertTrue(message.startsWith(recorded + ": " + suite.benchmark + " has no counter "), message);
      }
    }
  }
}
