package dev.lanewise.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.report.result.Machine;
import dev.lanewise.report.result.ResultsTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The report as its user runs it, on a recorded result.
class ReportTest {

  /// What a browser would fetch by itself: everything but what stands inside the page, and links that a reader clicks.
  private static final Pattern LOADED =
      Pattern.compile("(?i)(?:src|srcset|data|poster|action)\\s*=|<link|<script|<iframe|@import|"
          + "url\\(\\s*['\"]?(?!#)|xlink:href\\s*=\\s*['\"](?!#)");

  @TempDir
  Path folder;

  private Path recorded;
  private Path output;

  @BeforeAll
  static void withoutDisplay() {
    System.setProperty("java.awt.headless", "true");
  }

  @BeforeEach
  void record() throws IOException {
    recorded = Files.write(folder.resolve("recorded.json"), ResultsTest.recorded());
    Files.writeString(folder.resolve(Machine.FILE), "{\"cpu\": \"a <quick> CPU\", \"profile\": \"smoke\"}");
    output = folder.resolve("report");
  }

  private String run(int exit, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(exit, Report.run(new PrintStream(out, true, StandardCharsets.UTF_8), arguments),
        out.toString(StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private String redraw() throws IOException {
    run(0, "--from", recorded.toString(), "--output", output.toString());
    return Files.readString(output.resolve("index.html"));
  }

  @Test
  void theVerdictFitsInSixLines() {
    List<String> lines = run(0, "--from", recorded.toString(), "--output", output.toString()).lines().toList();
    assertTrue(lines.size() <= 6, lines.toString());
    assertTrue(lines.getFirst().startsWith("Forward mode is cheaper iff D < M: "), lines.getFirst());
    assertTrue(lines.getLast().endsWith("index.html"), lines.getLast());
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    Matcher loaded = LOADED.matcher(redraw());
    assertFalse(loaded.find(), () -> loaded.group());
  }

  @Test
  void everyFigureOfTheSummaryStandsOnThePage() throws IOException {
    String page = redraw();
    JsonNode summary = JsonMapper.builder().build().readTree(Files.readString(output.resolve("summary.json")));
    assertTrue(summary.size() > 40, "figures: " + summary.size());
    summary.propertyStream().forEach(figure -> {
      Matcher cell = Pattern.compile(">" + Pattern.quote(figure.getKey()) + "</th><td>([^<]*)</td>").matcher(page);
      assertTrue(cell.find(), figure.getKey());
      String shown = cell.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&#x3D;", "=");
      if (figure.getValue().isNumber()) {
        assertEquals(0, figure.getValue().decimalValue().compareTo(new BigDecimal(shown)),
            figure + " is shown as " + shown);
      } else {
        assertEquals(figure.getValue().asString(), shown);
      }
    });
    for (String key : List.of("crossover", "ci_low", "ci_high", "slope", "verdict")) {
      assertTrue(summary.has("claim.float." + key), key);
    }
    assertTrue(summary.has("gemm.float.peak_share_256"));
  }

  @Test
  void everyPictureIsThereWithItsTwinAndItsData() throws IOException {
    String page = redraw();
    try (Stream<Path> files = Files.list(output)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      List<String> pictures = names.stream().filter(name -> name.endsWith(".csv")).map(name -> name.replace(".csv", ""))
          .toList();
      assertTrue(pictures.size() >= 4, pictures.toString());
      for (String picture : pictures) {
        assertTrue(names.contains(picture + ".svg") && names.contains(picture + "-dark.svg"), picture);
        assertTrue(page.contains("<svg id='" + picture + "-picture'"), picture);
        assertTrue(page.contains("<svg id='" + picture + "-narrow-picture'"), picture);
      }
    }
  }

  /// The recorded run measured one square product and one activation.
  @Test
  void oneNumberIsSaidNotDrawn() throws IOException {
    String page = redraw();
    assertTrue(page.contains("Only n &#x3D; 256 in float was measured."), page.substring(page.indexOf("id=\"gemm\"")));
    assertTrue(page.contains("<section id=\"activations\""));
    for (String picture : List.of("gemm", "activations-float-n1024")) {
      assertFalse(Files.exists(output.resolve(picture + ".svg")), picture);
      assertFalse(page.contains("href=\"" + picture), picture);
    }
  }

  @Test
  void aRunOfPlannedJacobiansOnlySaysWhatCameOutOfThem() throws IOException {
    Files.writeString(recorded, """
        [{"benchmark": "dev.lanewise.autodiff.TinyBenchmark.round", "vmName": "VM", "vmVersion": "25", "jvmArgs": [],
          "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[9, 9]]},
          "secondaryMetrics": {"prepared": {"rawData": [[300, 300]]}, "unrolled": {"rawData": [[400, 400]]},
            "preparedBytes": {"rawData": [[0, 0]]}, "unrolledBytes": {"rawData": [[0, 0]]}}}]""");
    List<String> lines = run(0, "--from", recorded.toString(), "--output", output.toString()).lines().toList();
    assertTrue(lines.getFirst().startsWith("4-8-6-4-2: 0.75 × the time"), lines.getFirst());
    String page = Files.readString(output.resolve("index.html"));
    assertTrue(page.contains("<h1>Planned Jacobians</h1>"));
    assertFalse(page.contains("cannot be judged"));
  }

  @Test
  void textFromOutsideIsEscaped() throws IOException {
    String page = redraw();
    assertTrue(page.contains("a &lt;quick&gt; CPU"));
    assertFalse(page.contains("a <quick> CPU"));
  }

  @Test
  void aReportIsDrawnAgainFromItsOwnFiles() throws IOException {
    String first = redraw();
    run(0, "--from", output.resolve("jmh-result.json").toString(), "--output", output.toString());
    assertEquals(first, Files.readString(output.resolve("index.html")));
  }

  @Test
  void anUnreadableResultIsOneLineAndLeavesTheOldReport() throws IOException {
    redraw();
    for (String text : List.of("", "[", "{\"a\": 1}")) {
      Path bad = Files.writeString(folder.resolve("bad.json"), text);
      String message = run(2, "--from", bad.toString(), "--output", output.toString());
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.startsWith(bad.toString()), message);
    }
    assertTrue(run(2, "--from", folder.resolve("none.json").toString(), "--output", output.toString())
        .contains("no such file"));
    assertTrue(Files.exists(output.resolve("index.html")));
  }

  @Test
  void countsThatAreNotTheFormulasFailTheReport() throws IOException {
    String whole = Files.readString(recorded);
    Files.writeString(recorded, whole.replace("42240.0", "42241.0"));
    String message = run(2, "--from", recorded.toString(), "--output", output.toString());
    assertTrue(message.startsWith(
        "float, one direction at a time: multiply-adds counted as the formula has them in 2 of 4 cells"), message);
    assertFalse(Files.exists(output));
  }

  /// Hours of measuring may end in a refusal: the last report is then still there.
  @Test
  void aRunThatFailsLeavesTheLastReport() throws IOException {
    String last = redraw();
    Files.writeString(recorded, Files.readString(recorded).replace("42240.0", "42241.0"));
    run(2, "--from", recorded.toString(), "--output", output.toString());
    assertEquals(last, Files.readString(output.resolve("index.html")));
    assertFalse(Files.exists(folder.resolve("report.draft")));
  }

  @Test
  void aDirectoryThatIsNoReportIsLeftAlone() throws IOException {
    Files.createDirectories(output);
    Path mine = Files.writeString(output.resolve("mine.txt"), "mine");
    run(2, "--from", recorded.toString(), "--output", output.toString());
    assertEquals("mine", Files.readString(mine));
  }

  /// Half a file of facts is not taken for none.
  @Test
  void factsThatAreNoneAreRefused() throws IOException {
    for (String text : List.of("", "{\"cpu\": \"a", "[1]", "{\"cpu\": {}}")) {
      Path facts = Files.writeString(folder.resolve(Machine.FILE), text);
      String message = run(2, "--from", recorded.toString(), "--output", output.toString());
      assertTrue(message.startsWith(facts + ": truncated or not a report's"), message);
    }
    Files.delete(folder.resolve(Machine.FILE));
    redraw();
  }

  @Test
  void aReportsFolderIsDrawnAgain() throws IOException {
    String first = redraw();
    run(0, "--from", output.toString(), "--output", folder.resolve("again").toString());
    assertEquals(first, Files.readString(folder.resolve("again").resolve("index.html")));
    assertTrue(run(2, "--from", folder.toString(), "--output", output.toString())
        .startsWith(folder + ": holds neither"));
  }

  /// What other libraries took was measured another day: the page has both, each with its date, and the claim's keys
  /// stay.
  @Test
  void aReportOfTwoPartsIsDrawnWithBoth() throws IOException {
    redraw();
    JsonNode alone = JsonMapper.builder().build().readTree(Files.readString(output.resolve("summary.json")));
    Path part = Files.createDirectories(output.resolve("part-2"));
    for (JsonNode entry : ReportSuitesTest.everySuite()) {
      if (entry.get("benchmark").asString().endsWith("ConvolutionPeersBenchmark.round")) {
        Files.writeString(part.resolve("jmh-result.json"), "[" + entry + "]");
      }
    }
    Files.writeString(part.resolve(Machine.FILE),
        "{\"cpu\": \"a <quick> CPU\", \"profile\": \"peers\", \"date\": \"2026-11-30\"}");
    Path again = folder.resolve("again");
    run(0, "--from", output.toString(), "--output", again.toString());
    JsonNode both = JsonMapper.builder().build().readTree(Files.readString(again.resolve("summary.json")));
    alone.propertyStream().filter(figure -> figure.getKey().startsWith("claim.") || figure.getKey().startsWith("cell."))
        .forEach(figure -> assertEquals(figure.getValue(), both.get(figure.getKey()), figure.getKey()));
    assertEquals("2026-11-30", both.get("machine.part2_date").asString());
    String page = Files.readString(again.resolve("index.html"));
    assertTrue(page.contains("Other libraries were measured in a run of its own: profile peers, 2026-11-30"));
    assertTrue(page.contains("<section id=\"layer-peers\">") && page.contains("<section id=\"fit\">"));
    assertEquals(Files.readString(part.resolve("jmh-result.json")),
        Files.readString(again.resolve("part-2").resolve("jmh-result.json")));
    assertEquals(Files.readString(output.resolve("jmh-result.json")),
        Files.readString(again.resolve("jmh-result.json")));
  }

  @Test
  void aPlantedFaultIsSaidWhereverTheVerdictIs() throws IOException {
    assertFalse(redraw().contains("on purpose"));
    Files.writeString(recorded,
        Files.readString(recorded).replace("\"chunk\" : \"1\",", "\"chunk\" : \"1\", \"slowForward\" : \"1.6\","));
    String verdict = run(0, "--from", recorded.toString(), "--output", output.toString()).lines().findFirst()
        .orElseThrow();
    assertTrue(verdict.endsWith("forward mode made 1.60 times slower on purpose)"), verdict);
    assertTrue(Files.readString(output.resolve("index.html"))
        .contains("forward mode was made 1.60 times slower on purpose"));
    assertTrue(Files.readString(output.resolve("summary.json")).contains("\"planted.slow_forward\""));
  }

  @Test
  void badArgumentsAreExitCodeTwo() {
    for (String factor : List.of("0.5", "-1", "NaN", "1000", "fast")) {
      run(2, "--slow-forward", factor, "--output", output.toString());
    }
    assertTrue(run(2, "--slow-forward", "1.6", "--profile", "jacobians", "--output", output.toString())
        .contains("with the profile jacobians"));
    assertTrue(run(2, "--suite", "gems", "--output", output.toString())
        .startsWith("--suite: has \"gems\", expected all or some of"));
    assertFalse(Files.exists(folder.resolve("report.draft")));
    assertTrue(run(2, "--network", "none.onnx", "--suite", "gemm", "--output", output.toString())
        .startsWith("--network: with"));
    assertTrue(run(2, "--network", "nowhere.onnx", "--output", output.toString())
        .contains("nowhere.onnx is not a file"));
    run(2, "--profile", "gigantic", "--output", output.toString());
    run(2);
  }
}
