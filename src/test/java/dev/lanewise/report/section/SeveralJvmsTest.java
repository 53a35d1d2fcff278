package dev.lanewise.report.section;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.page.Page;
import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.Refusal;
import dev.lanewise.report.result.Results;
import dev.lanewise.report.result.ResultsTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// A run whose claim was measured on several virtual machines, and one from when there was only the serial collector.
class SeveralJvmsTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final String SERIAL = "-XX:+UseSerialGC";
  private static final String G1 = "-XX:+UseG1GC";

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  private static String recorded() throws IOException {
    return new String(ResultsTest.recorded(), StandardCharsets.UTF_8);
  }

  /// The recorded run on G1, and behind it those of its entries whose benchmark has `again` in its name with other
  /// arguments.
  private static byte[] and(String again, String... arguments) throws IOException {
    ArrayNode all = (ArrayNode) MAPPER.readTree(recorded().replace(SERIAL, G1));
    for (String argument : arguments) {
      for (JsonNode entry : MAPPER.readTree(recorded().replace(SERIAL, argument))) {
        if (entry.path("benchmark").asString().contains(again)) {
          all.insert(0, entry);
        }
      }
    }
    return MAPPER.writeValueAsBytes(all);
  }

  private static Findings findings(byte[] json) throws Refusal {
    Machine machine = new Machine(Map.of("collector", "G1, regions of 1 MiB"));
    return Findings.of(Results.parse("given.json", json), machine, List.of());
  }

  @Test
  void theMainFiguresAreG1sAndTheOthersSayWhatTheyAreOf() throws IOException {
    Findings findings = findings(and("JacobianBenchmark", SERIAL, G1 + "\", \"-XX:+UseCompactObjectHeaders"));
    Map<String, Object> figures = findings.summary().figures();
    for (String key : List.of("claim.float.", "claim.float.serial.", "claim.float.compact.")) {
      assertTrue(figures.containsKey(key + "verdict") && figures.containsKey(key + "crossover"), key);
    }
    assertTrue(findings.summary().text("machine.jvm").contains(G1), findings.summary().text("machine.jvm"));
    assertEquals("float, one direction at a time, G1", findings.title(findings.headline().orElseThrow()));
    List<String> lines = findings.verdict();
    assertTrue(lines.size() <= 5, lines.toString());
    assertTrue(lines.stream()
            .anyMatch(line -> line.contains("(float; float, serial collector; float, compact object headers)")),
        lines.toString());
    String page = Page.html(findings);
    assertTrue(page.contains("serial collector</th>") && page.contains("compact object headers</th>"));
    assertTrue(page.contains("<dt>collector</dt><dd>G1, regions of 1 MiB</dd>"));
    findings.requireCounts();
  }

  /// Published figures keep their keys and their words.
  @Test
  void aRunOfTheSerialCollectorAloneIsAsItWas() throws IOException {
    Findings findings = findings(ResultsTest.recorded());
    assertEquals("float, one direction at a time", findings.title(findings.headline().orElseThrow()));
    assertTrue(findings.summary().has("claim.float.crossover"));
    assertTrue(findings.summary().figures().keySet().stream()
        .noneMatch(key -> key.contains("serial") || key.equals("jvm")));
    Findings unsaid = findings(recorded().replace(", \"" + SERIAL + "\"", "").replace("\"" + SERIAL + "\",", "")
        .getBytes(StandardCharsets.UTF_8));
    assertFalse(unsaid.summary().text("machine.jvm").contains("GC"), unsaid.summary().text("machine.jvm"));
    assertEquals(findings.summary().figures().get("claim.float.crossover"),
        unsaid.summary().figures().get("claim.float.crossover"));
    assertEquals(List.of(), findings.besides());
  }

  @Test
  void onlyTheClaimIsMeasuredOnSeveral() throws IOException {
    byte[] gemm = and("GemmBenchmark", SERIAL);
    String message = assertThrows(Refusal.class, () -> findings(gemm)).getMessage();
    assertTrue(message.contains("kernel.GemmBenchmark.gemm ran with serial collector in a run of G1"), message);
    byte[] twice = and("JacobianBenchmark", G1);
    assertTrue(assertThrows(Refusal.class, () -> findings(twice)).getMessage().contains("has two results of "));
  }
}
